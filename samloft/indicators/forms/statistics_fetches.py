"""The forms of fetching from a statistics bank: which table, and what of it."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.core.forms import Form
from samloft.indicators.actions.imports import Owner
from samloft.indicators.actions.statistics_banks import BankValues
from samloft.indicators.models import StatisticsBank, StatisticsFetch
from samloft.indicators.pxweb.tables import Dimension, Table
from samloft.places.models import Municipality
from samloft.programmes.forms.rows import RowForm
from samloft.programmes.models import Programme

ALL, SOME, NEWEST, TOGETHER = "all", "some", "newest", "together"
MOST_LISTED = 300  # codes that are shown beside the field


class FetchTableForm(Form):
    bank = forms.ModelChoiceField(StatisticsBank.objects.all(), label=gettext_lazy("Statistics bank"))
    table = forms.CharField(
        label=gettext_lazy("Table"),
        max_length=120,
        help_text=gettext_lazy("The table's number, as the bank's own pages write it, such as 07459."),
    )
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Whose figures"),
        help_text=gettext_lazy("Only the programmes of this municipality, and of its county, will see its zones."),
        queryset=Municipality.objects.none(),
    )

    def __init__(self, *args: Any, programme: Programme | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._programme = programme
        if programme is not None and programme.county_id:
            field = self.fields["municipality"]
            field.queryset = Municipality.objects.filter(county=programme.county_id)  # type: ignore[attr-defined]
        else:
            del self.fields["municipality"]

    def owner(self) -> Owner:
        if self._programme is None:
            return Owner()
        return Owner(self.cleaned_data.get("municipality") or self._programme.municipality, self._programme)


class Question(NamedTuple):
    """What is asked about one dimension, with the codes that there are."""

    dimension: Dimension
    how: BoundField
    codes: BoundField
    listed: tuple[tuple[str, str], ...]


class FetchSelectionForm(Form):
    """For each dimension: all of it, the newest, some codes, or all together as one figure."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, fetch: StatisticsFetch, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.fields["version"].initial = fetch.version
        for number, dimension in enumerate(table.dimensions):
            chosen = list(fetch.selection.get(dimension.code, ()))
            how = _how(dimension, chosen)
            self.fields[f"how_{number}"] = forms.ChoiceField(
                label=_("How much of it"), choices=_choices(dimension), widget=forms.RadioSelect, initial=how
            )
            self.fields[f"codes_{number}"] = forms.CharField(
                label=_("Codes, or how many of the newest"),
                required=False,
                widget=forms.Textarea({"rows": 2}),
                initial={NEWEST: str(len(chosen)), SOME: ", ".join(chosen)}.get(how, ""),
            )

    def questions(self) -> Iterator[Question]:
        for number, dimension in enumerate(self.table.dimensions):
            listed = dimension.values[:MOST_LISTED]
            yield Question(dimension, self[f"how_{number}"], self[f"codes_{number}"], listed)

    def clean(self) -> dict[str, Any]:
        for number in range(len(self.table.dimensions)):
            how, text = self.cleaned_data.get(f"how_{number}"), self.cleaned_data.get(f"codes_{number}", "")
            if how == NEWEST and not re.fullmatch(r"\s*[1-9][0-9]{0,3}\s*", text):
                self.add_error(f"codes_{number}", _("Write how many of the newest, such as 10."))
            elif how == SOME and not _codes(text):
                self.add_error(f"codes_{number}", _("Write the codes, separated by commas."))
        return self.cleaned_data

    def selection(self) -> dict[str, list[str]]:
        found = {}
        for number, dimension in enumerate(self.table.dimensions):
            how, text = self.cleaned_data[f"how_{number}"], self.cleaned_data[f"codes_{number}"]
            every = [code for code, _label in dimension.values]
            if how != TOGETHER:
                found[dimension.code] = (
                    every if how == ALL else every[-int(text) :] if how == NEWEST else _codes(text)
                )
        return found


def _choices(dimension: Dimension) -> list[tuple[str, str]]:
    choices = [(ALL, _("All %(count)d") % {"count": len(dimension.values)}), (SOME, _("These codes"))]
    if dimension.is_time:
        choices.append((NEWEST, _("The newest")))
    if dimension.is_optional:
        choices.append((TOGETHER, _("All together, as one figure")))
    return choices


def _how(dimension: Dimension, chosen: list[str]) -> str:
    every = [code for code, _label in dimension.values]
    if not chosen:
        return TOGETHER if dimension.is_optional else ALL
    if chosen == every:
        return ALL
    return NEWEST if dimension.is_time and chosen == every[-len(chosen) :] else SOME


def _codes(text: str) -> list[str]:
    return [code for code in re.split(r"[,;\s]+", text) if code]


class StatisticsBankForm(RowForm):
    address = forms.URLField(
        label=gettext_lazy("address"),
        max_length=300,
        assume_scheme="https",
        help_text=gettext_lazy(
            "Version 2: where “/tables” begins. Version 1: the folder of the tables, language included."
        ),
    )

    class Meta:
        model = StatisticsBank
        fields = ("name", "interface", "address", "language", "licence", "most_cells", "most_calls", "seconds")
        help_texts = {
            "language": gettext_lazy("Of names in version 2, such as “no”."),
            "licence": gettext_lazy("Such as NLOD or CC BY 4.0. It follows the figures."),
            "most_calls": gettext_lazy("The bank says on its pages how many calls it takes, and in how long."),
        }

    def values(self) -> BankValues:
        return BankValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})
