"""Everything the product can show: the demo's three programmes, and beside them what the demo does not have."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from samloft.accounts.models import Organisation, User
from samloft.indicators import demo
from samloft.indicators.actions import baselines, deliveries, import_storing, releases, statistics_banks
from samloft.indicators.actions import imports as statistics
from samloft.indicators.actions.area_register import add_succession
from samloft.indicators.actions.baselines import BaselineValues
from samloft.indicators.actions.outlines import hold as hold_outlines
from samloft.indicators.actions.statistics_banks import BankValues
from samloft.indicators.models import FetchState, StatisticsFetch, StatisticsImport
from samloft.indicators.pxweb.tables import Dimension, Table
from samloft.indicators.queries.releases import prepare
from samloft.indicators.queries.statistics_fetches import to_data
from samloft.indicators.reading.mapping import StatisticsMapping
from samloft.places.models import Area, AreaKind, SuccessionKind
from samloft.plans.actions import gate, imports, measures, overrides
from samloft.plans.actions.gate import AcceptanceValues
from samloft.plans.demo.entry import enter_all
from samloft.plans.models import Measure
from samloft.plans.queries.gate import gate as measure_gate
from samloft.plans.queries.gate import missing
from samloft.plans.queries.plan_check import check
from samloft.programmes.actions import (
    agreement_parties,
    agreement_terms,
    description_chapters,
    files,
    obligations,
    programme_descriptions,
    proofs,
    steps,
)
from samloft.programmes.actions.agreement_parties import PartyValues
from samloft.programmes.actions.agreement_terms import EndReviewValues, ExtensionValues
from samloft.programmes.actions.obligations import ObligationValues, OwedBy
from samloft.programmes.actions.proofs import DeviationValues
from samloft.programmes.models import (
    Agreement,
    BodyKind,
    ChapterKey,
    DecisionRight,
    EndChoice,
    Goal,
    GoalLevel,
    NationalGoal,
    ObligationKind,
    Occurrence,
    Programme,
    Rhythm,
    Step,
)
from tests.cast import Cast, assemble
from tests.indicators.elvestad import Elvestad
from tests.indicators.figures import aim_at, deliver, make_indicator, make_zone
from tests.plans import drafting, elvestad
from tests.programmes import describing
from tests.programmes.filled import fill

Arguments = Callable[[], tuple[Any, ...]]
LEADERS = {
    "mysen": "programleder.mysen@demo.samloft.invalid",
    "fredrikstad": "programleder.fredrikstad@demo.samloft.invalid",
    "elvestad": "leder@example.no",
}
ZONES = Path(demo.__file__).parent / "zones.geojson"
# Three lines whose total is wrong, one amount that can be read in two ways, and a remark.
ODD_PLAN = """Handlingsplan 2026

| Tiltak | Beløp |
|---|---|
| Ungdomsklubben | 400 000 |
| Lesevenner | 1.250 |
| Åpen barnehage | 300 000 |
| Sum | 900 000 |

Alle beløp er foreløpige.
"""


def enter_everything() -> None:
    """About ten seconds of work."""
    enter_all()
    cast = assemble()
    fill(cast)
    _sent_plan(cast)
    _recommended_plan(cast)
    _measure_with_a_past(cast)
    _imports(cast)
    _sent_description(cast)
    _unfinished_description()
    _owed(cast)
    _next_years_goals()
    _figures(cast)
    _statistics_files()


def _sent_plan(cast: Cast) -> None:
    """2025 is at the ministry: it waits for the answer."""
    elvestad.dispatch(elvestad.make(cast, year=2025))


def _recommended_plan(cast: Cast) -> None:
    """2026 waits to be adopted, and one of its findings is set aside. 2027 is an empty draft."""
    plan = drafting.whole(cast)
    finding = next(found for found in check(plan) if not found.overridden)
    overrides.set_aside(
        plan=plan, code=finding.code, subject=finding.subject, reason="Avtalt.", by=cast.programme_leader
    )
    drafting.close(plan)
    drafting.start(cast, 2027)


def _measure_with_a_past(cast: Cast) -> None:
    """A measure with a former name, and a gap that the board has accepted."""
    measure = Measure.objects.filter(programme=cast.programme).order_by("pk")[0]
    measures.remember_name(measure=measure, name="Åpen barnehage (gammel)", by=cast.programme_leader)
    lacking = missing(measure_gate(measure))
    gate.accept(
        measure=measure,
        gaps=[lacking[0].gap],
        values=AcceptanceValues(body=cast.board, reason="Avklares i juni.", decided_on=date(2026, 1, 20)),
        by=cast.board_member,
    )


def _imports(cast: Cast) -> None:
    """One file of each fate: read, refused, accepted and set aside. The one that was read needs decisions."""
    by = cast.programme_leader

    def read(name: str, content: bytes) -> Any:
        stored = files.store(programme=cast.programme, upload=SimpleUploadedFile(name, content), by=by)
        return imports.read(plan_import=imports.start(programme=cast.programme, year=2027, file=stored, by=by))

    read("plan.md", ODD_PLAN.encode())
    read("brev.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
    imports.discard(plan_import=read("feil.csv", b"Tiltak;Kroner\nLesevenner;1000\n"), by=by)
    imports.accept(plan_import=read("plan.csv", b"Tiltak;Kroner\nLesevenner;1000\n"), by=by)


def _figures(cast: Cast) -> None:
    """A goal of Mysen's with indicators: half-way, without a figure, and with nothing set."""
    goal = Goal.objects.filter(programme__slug="mysen", level=GoalLevel.SUB)[0]
    area, indicator = goal.programme.areas.all()[0], make_indicator()
    deliver(cast.operator, {(indicator, area, "2022"): 14.3, (indicator, area, "2024"): 12.4})
    half = {
        "baseline_value": 14.3,
        "baseline_period": "2022",
        "target_value": 10.0,
        "target_on": date(2028, 12, 31),
    }
    aim_at(goal, indicator, area, cast.operator, **half)
    aim_at(goal, make_indicator("no_figure"), area, cast.operator, target_value=10.0)
    chosen = BaselineValues("Nullpunkt", [area], [indicator, make_indicator("no_figure")], last_year=2022)
    place = Elvestad(cast.operator)
    before = Area.objects.create(kind=AreaKind.MUNICIPALITY, code="9003", name="Gamle Elvestad")
    became = {"successor": place.municipality, "kind": SuccessionKind.RENUMBERED, "on": date(2020, 1, 1)}
    add_succession(predecessor=before, by=cast.operator, **became)
    outlines = SimpleUploadedFile("soner.geojson", ZONES.read_bytes())
    leader, municipality = cast.programme_leader, cast.programme.municipality
    hold_outlines(upload=outlines, territory=municipality, programme=cast.programme, by=leader)
    hold_outlines(upload=outlines, territory=municipality, programme=None, by=cast.operator)
    made = [baselines.draft(programme=goal.programme, values=chosen, by=cast.operator) for _number in range(2)]
    _published_figures(goal.programme, cast)
    _fetches(goal.programme, cast)
    baselines.freeze(baseline=made[0], on=date(2023, 5, 2), decision=None, version=None, by=cast.operator)


def _owed(cast: Cast) -> None:
    """An agreement near its end, with obligations of one and of both: late, overdue, suggested, agreed
    otherwise, and often.
    """
    by, today = cast.programme_leader, timezone.localdate()
    agreement = cast.programme.agreements.get()
    Agreement.objects.filter(pk=agreement.pk).update(valid_to=today + timedelta(days=600))
    agreement.refresh_from_db()
    state = agreement_parties.add(
        agreement=agreement, values=PartyValues(Organisation.objects.get(name="Prøvedepartementet")), by=by
    )
    home = agreement.parties.exclude(pk=state.pk)[0]
    for text, rhythm, owing, more in (
        ("Legge fram en beskrivelse", Rhythm.ONCE, [OwedBy(home)], {"document_kind": "programme_description"}),
        ("Levere rapport", Rhythm.YEARLY, [OwedBy(home)], {"due_on": date(2025, 2, 1)}),
        ("Møtes", Rhythm.TIMES_A_YEAR, [OwedBy(home), OwedBy(state, "leder", 2)], {"max_times": 6}),
        ("Dele erfaringer", Rhythm.CONTINUOUS, [OwedBy(state)], {}),
        ("Skrive til hverandre", Rhythm.WEEKLY, [OwedBy(state)], {"due_on": date(2025, 1, 6)}),
    ):
        values = ObligationValues(text, ObligationKind.DOCUMENT, rhythm, owing, **more)  # type: ignore[arg-type]
        obligations.add(agreement=agreement, values=values, by=by)
    otherwise = DeviationValues(date(2025, 1, 20), "Prøvedepartementet", "Leveres sammen med planen.")
    occurrence = Occurrence.objects.get(obligation__text="Levere rapport", key="2025")
    proofs.agree_deviation(occurrence=occurrence, values=otherwise, by=by)
    mysens = Agreement.objects.get(programme__slug="mysen")
    chosen = EndReviewValues(24, EndChoice.EXTEND, date(2026, 1, 10))
    agreement_terms.review_end(agreement=mysens, values=chosen, by=by)
    longer = ExtensionValues(date(2026, 1, 12), date(2030, 12, 31))
    agreement_terms.extend(agreement=mysens, values=longer, by=by)


def _statistics_files() -> None:
    """Files of figures in every state that stays, at Mysen's desk and at the operator's."""
    mysen = Programme.objects.get(slug="mysen")
    leader = mysen.seats.filter(role="programme_leader")[0].user
    make_zone(mysen.municipality, "3118-browser")

    def read(name: str, content: str, owner: statistics.Owner) -> StatisticsImport:
        upload = SimpleUploadedFile(name, content.encode())
        batch = statistics.start(upload=upload, owner=owner, origin=statistics.FileOrigin(), by=leader)
        return statistics.read_file(batch=batch)

    def complete(name: str) -> StatisticsImport:
        batch = read(name, "Sone;2023;2024\n3118-browser;4,5;:\n", statistics.Owner(mysen.municipality, mysen))
        said = StatisticsMapping.model_validate(batch.mapping | {"indicator": {"key": make_indicator().key}})
        waiting = statistics.change_mapping(batch=batch, mapping=said, version=None, by=leader)
        return statistics.read_file(batch=waiting)

    for owner in (statistics.Owner(mysen.municipality, mysen), statistics.Owner()):
        read("asks.csv", "Sone;Bakgrunn;\u00c5r;Andel;Antall\nUkjent;a;2024;1.250;4\nSone 2;b;2024;x;5\n", owner)
        read("refused.csv", "nothing", owner)
    complete("ready.csv")
    done = complete("done.csv")
    import_storing.store_file(batch=import_storing.accept(batch=done, by=leader), by=leader)
    gone = complete("gone.csv")
    deliveries.withdraw(batch=gone, by=leader)
    for state in ("storing", "waiting", "failed"):
        StatisticsImport.objects.filter(pk=complete(f"{state}.csv").pk).update(state=state)
    # One whose worker is gone, and one that the rankings do not know yet.
    StatisticsImport.objects.filter(state="waiting").update(worked_at=timezone.now() - timedelta(hours=1))
    StatisticsImport.objects.filter(state="failed").update(is_settled=False)


def _fetches(programme: Programme, cast: Cast) -> None:
    """A table from a statistics bank in every state, at Mysen's desk and at the operator's."""
    values = BankValues("Prøvebanken", "https://example.no", licence="CC BY 4.0")
    bank = statistics_banks.add(values=values, by=cast.operator)
    region = Dimension("Region", "region", (("3118", "Indre Østfold"), ("0301", "Oslo")), is_optional=True)
    year = Dimension("Tid", "år", tuple((str(year), str(year)) for year in range(2000, 2025)), is_time=True)
    about = to_data(Table("07459", "07459: Befolkning", (region, year), "2025-02-20"))
    for owner in (programme, None):
        for state in FetchState:
            StatisticsFetch.objects.create(
                bank=bank,
                programme=owner,
                table="07459",
                about=about,
                selection={"Region": ["3118"], "Tid": ["2023", "2024"]},
                state=state,
                parts=2,
                done=1,
                message="Prøvebanken svarer ikke." if state == FetchState.STOPPED else "",
                made_by=cast.operator,
            )


def _published_figures(programme: Programme, cast: Cast) -> None:
    """A table with a hidden number and a missing one, published."""
    assert programme.municipality
    zones = [make_zone(programme.municipality, f"3118990{number}") for number in range(3)]
    indicator = make_indicator("shares")
    counted = zip(zones, ((2.0, 300.0), (40.0, 400.0), ":"), strict=True)
    deliver(cast.operator, {(indicator, zone, "2024"): known for zone, known in counted}, is_synthetic=True)
    releases.publish(
        programme=programme,
        indicator=indicator,
        areas=zones,
        years=(None, None),
        checksum=prepare(indicator, zones).checksum,
        on=date(2025, 5, 2),
        by=cast.operator,
    )


def _next_years_goals() -> None:
    """The state repeats two of its goals and changes one, so that there are links to carry over."""
    this_year = NationalGoal.objects.order_by("-year", "position")
    for goal in list(this_year)[:3]:
        text = goal.text if goal.position > 1 else f"{goal.text} Og mer."
        NationalGoal.objects.create(year=goal.year + 1, position=goal.position, text=text, source="Prop. 1 S")


def _sent_description(cast: Cast) -> None:
    """Adopted twice, and at the ministry: it waits for the answer. Mysen's is adopted and not sent."""
    described = describing.make(cast)
    describing.adopt(described)
    steps.revise(document=described.description, reason="Et nytt område er med.", by=cast.programme_leader)
    chapter = described.chapter(ChapterKey.STRATEGIES)
    description_chapters.write(chapter=chapter, text="Nye veier.", version=None, by=cast.programme_leader)
    describing.dispatch(described)


def _unfinished_description() -> None:
    """Fredrikstad's is a draft with most chapters empty, one of its own, and a commissioner who adopts it."""
    programme = Programme.objects.get(slug="fredrikstad")
    leader = User.objects.get(email=LEADERS["fredrikstad"])
    description = programme_descriptions.start(programme=programme, by=leader)
    description_chapters.add(description=description, title="Medvirkning", text="- Folkemøter", by=leader)
    commissioner = programme.bodies.get(kind=BodyKind.COMMISSIONER)
    DecisionRight.objects.create(programme=programme, step=Step.ADOPT_DESCRIPTION, body=commissioner)


def routes(patterns: list[Any] | None = None, address: str = "", app: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every address pattern: its name with the app's, the pattern, and the view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address + str(pattern.pattern), pattern.namespace or app)
        elif isinstance(pattern, URLPattern):
            yield (
                f"{app}:{pattern.name}" if app else str(pattern.name),
                address + str(pattern.pattern),
                pattern.callback,
            )


def find(model: type[Model], to_programme: str = "programme", **conditions: object) -> tuple[str, Any]:
    """The first record of the richest programme that has one, with the programme's slug."""
    for slug in LEADERS:
        record = model._default_manager.filter(**{f"{to_programme}__slug": slug}, **conditions).first()
        if record is not None:
            return slug, record
    raise LookupError(f"No programme has a {model.__name__} with {conditions}: enter one in whole_product.py.")


def the(
    model: type[Model], to_programme: str = "programme", **conditions: object
) -> Callable[[], tuple[Any, ...]]:
    """What an address `programmes/<slug>/…/<pk>/` needs."""

    def arguments() -> tuple[Any, ...]:
        slug, record = find(model, to_programme, **conditions)
        return slug, record.pk

    return arguments
