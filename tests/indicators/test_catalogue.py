"""F1: the catalogue comes with the installation, and a new meaning is a new version."""

from dataclasses import replace

import pytest
import yaml

from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.indicators.actions import catalogue
from samloft.indicators.actions.catalogue import DefinitionValues, IndicatorValues
from samloft.indicators.models import Aggregation, Direction, Indicator, IndicatorDefinition, Level
from tests.cast import Cast
from tests.indicators.east import East, deliver, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

VALUES = IndicatorValues("%", 1, Direction.HIGHER_IS_WORSE, [Level.ZONE], Aggregation.RATIO_OF_SUMS)
MEANING = DefinitionValues("Navn", "Namn", "Name", numerator="Noen", denominator="Alle")


def _add(cast: Cast) -> Indicator:
    return catalogue.add(key="own", values=VALUES, definition=MEANING, by=cast.operator)


def test_the_catalogue_is_entered_once_and_what_was_changed_is_kept(cast: Cast) -> None:
    assert catalogue.enter_missing() == 70
    IndicatorDefinition.objects.filter(indicator__key="bullied").update(name_nb="Vårt navn")
    Indicator.objects.get(key="unemployment_rate").definitions.all().delete()
    Indicator.objects.get(key="unemployment_rate").delete()
    assert catalogue.enter_missing() == 1
    assert catalogue.enter_missing() == 0
    assert IndicatorDefinition.objects.get(indicator__key="bullied").name_nb == "Vårt navn"


def test_every_indicator_of_the_file_is_whole() -> None:
    entries = yaml.safe_load(catalogue.FILE.read_text(encoding="utf-8"))
    assert len({entry["key"] for entry in entries}) == len(entries) == 70
    for entry in entries:
        Direction(entry["direction"])
        rule = Aggregation(entry["aggregation"])
        assert [Level(level) for level in entry["levels"]], entry["key"]
        assert all(entry[name] for name in ("name_nb", "name_nn", "name_en", "description", "source", "unit"))
        if rule == Aggregation.RATIO_OF_SUMS:
            assert entry["numerator"], entry["key"]
            assert entry["denominator"], entry["key"]


def test_the_catalogue_says_what_counts_people(cast: Cast) -> None:
    """F7: small numbers of people are hidden whatever their unit is called."""
    catalogue.enter_missing()
    counting = Indicator.objects.filter(counts_people=True).values_list("key", flat=True)
    assert set(counting) == {
        "population_total",
        "housing_investment",
        "meeting_place_visits",
        "unique_participants",
        "youth_jobs",
        "small_grants_awarded",
        "mainstreamed_measures",
        "settled_refugees",
    }


def test_a_share_is_no_number_of_people(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="unit of a share"):
        catalogue.add(key="own", values=replace(VALUES, counts_people=True), definition=MEANING, by=cast.operator)


def test_nobody_is_scored_by_origin() -> None:
    entries = {entry["key"]: entry for entry in yaml.safe_load(catalogue.FILE.read_text(encoding="utf-8"))}
    for key in ("share_immigrant_background", "share_refugee_background", "share_children_0_17"):
        assert entries[key]["direction"] == Direction.NEUTRAL


def test_an_operator_adds_an_indicator(cast: Cast) -> None:
    made = _add(cast)
    assert made.definitions.get().name_nn == "Namn"
    assert AuditRow.objects.get(action="indicator.added").data == {"key": "own"}
    with pytest.raises(RuleBroken, match="already an indicator"):
        _add(cast)


def test_only_operators_keep_the_catalogue(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="operate this installation"):
        catalogue.add(key="own", values=VALUES, definition=MEANING, by=cast.programme_leader)


def test_an_indicator_exists_somewhere(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="at least one level"):
        catalogue.add(key="own", values=replace(VALUES, levels=[]), definition=MEANING, by=cast.operator)


def test_a_new_meaning_is_a_new_version_and_the_old_is_kept(cast: Cast) -> None:
    made = _add(cast)
    meaning = replace(MEANING, denominator="Alle over 18", change_note="Bare voksne.")
    changed = catalogue.change(indicator=made, values=VALUES, definition=meaning, version=1, by=cast.operator)
    assert changed.version == 2
    assert [(one.number, one.denominator) for one in made.definitions.all()] == [(2, "Alle over 18"), (1, "Alle")]
    assert AuditRow.objects.get(action="indicator.changed").data == {"fields": ["denominator"], "definition": 2}


def test_a_new_version_says_what_is_new(cast: Cast) -> None:
    meaning = replace(MEANING, denominator="Alle over 18")
    with pytest.raises(RuleBroken, match="what is new"):
        catalogue.change(indicator=_add(cast), values=VALUES, definition=meaning, version=1, by=cast.operator)


def test_decimals_change_in_place(cast: Cast) -> None:
    values = replace(VALUES, decimals=2)
    made = catalogue.change(indicator=_add(cast), values=values, definition=MEANING, version=1, by=cast.operator)
    assert (made.decimals, made.definitions.count()) == (2, 1)


def test_saving_without_a_change_leaves_no_trace(cast: Cast) -> None:
    catalogue.change(indicator=_add(cast), values=VALUES, definition=MEANING, version=1, by=cast.operator)
    assert not AuditRow.objects.filter(action="indicator.changed").exists()


def test_the_unit_stays_once_there_are_figures(cast: Cast) -> None:
    made = _add(cast)
    deliver(cast.operator, [row(made, East().country, 2024, 5.0)])
    with pytest.raises(RuleBroken, match="old unit"):
        catalogue.change(
            indicator=made, values=replace(VALUES, unit="kr"), definition=MEANING, version=1, by=cast.operator
        )


def test_two_who_edit_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    made = _add(cast)
    first = replace(MEANING, name_nb="Første", change_note="Nytt navn.")
    second = replace(MEANING, name_nb="Andre", change_note="Et annet navn.")
    catalogue.change(indicator=made, values=VALUES, definition=first, version=1, by=cast.operator)
    with pytest.raises(StaleEdit) as stale:
        catalogue.change(indicator=made, values=VALUES, definition=second, version=1, by=cast.operator)
    assert stale.value.current["name_nb"] == "Første"
