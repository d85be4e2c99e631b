"""Statistics banks: where they are, how they want to be asked, and on which terms (F3, L9)."""

from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.indicators.models import Interface, StatisticsBank

# What every installation begins with.
FILE = Path(__file__).resolve().parent.parent / "banks.yaml"


@dataclass(frozen=True)
class BankValues:
    """Limits as the bank states them; see the model."""

    name: str
    address: str
    interface: str = Interface.V2
    language: str = "no"
    licence: str = ""
    most_cells: int = 800_000
    most_calls: int = 30
    seconds: int = 60


@transaction.atomic
def enter_first() -> int:
    """Enter the banks of the file in an installation that has none, and return how many."""
    if StatisticsBank.objects.exists():
        return 0
    made = [StatisticsBank(**asdict(BankValues(**entry))) for entry in yaml.safe_load(FILE.read_text("utf-8"))]
    for bank in made:
        bank.save()
        audit.record("statistics_bank.added", bank, by=None)
    return len(made)


@transaction.atomic
def add(*, values: BankValues, by: User) -> StatisticsBank:
    _require_sound(values)
    bank = StatisticsBank.objects.create(**_fields(values))
    audit.record("statistics_bank.added", bank, by=by)
    return bank


@transaction.atomic
def change(*, bank: StatisticsBank, values: BankValues, version: int | None, by: User) -> StatisticsBank:
    """Raises StaleEdit."""
    _require_sound(values, besides=bank)
    stored, changed = editing.change(bank, _fields(values), version=version)
    if changed:
        audit.record("statistics_bank.changed", stored, by=by, data={"fields": sorted(changed)})
    return stored


def _fields(values: BankValues) -> dict[str, object]:
    return {**asdict(values), "address": values.address.rstrip("/")}


def _require_sound(values: BankValues, besides: StatisticsBank | None = None) -> None:
    if urlsplit(values.address).scheme not in ("http", "https"):
        raise RuleBroken(_("The address must begin with https:// or http://."))
    others = StatisticsBank.objects.filter(name__iexact=values.name)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise RuleBroken(_("There is a statistics bank with this name already. Change the one that is there."))
