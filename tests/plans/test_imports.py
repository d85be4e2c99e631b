"""From a file to measures and budget lines, through what the user sees and accepts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samloft.accounts.models import User
from samloft.config.cli import main
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.plans.actions import imports, steps
from samloft.plans.actions.imports import ImportLineValues
from samloft.plans.actions.steps import StepDecision
from samloft.plans.models import (
    ActionPlan,
    ImportState,
    LinePurpose,
    Mapping,
    Measure,
    PlanImport,
)
from samloft.programmes.actions import files
from samloft.programmes.models import DocumentState
from tests.cast import Cast

PLAN = """# Handlingsplan 2026 for Elvestad

## Innledning

Vi bygger videre på fjoråret.

## Tiltak

### Oppvekst og utdanning

**Åpen barnehage** holder åpent tre dager i uka for de minste.

### Arbeid

**Sommerjobb for unge** gir femti unge lønnet arbeid.

## Budsjett 2026

| Tiltak | Tilskudd fra KDD |
|---|---|
| Åpen barnehage | 1 300 000 |
| Sommerjobb for unge | 800 000,- |
| Åpen post | kr 200.000,00 |
| Totalt | 2 300 000 |
"""


def put(cast: Cast, text: str = PLAN, *, year: int = 2026, name: str = "plan.md") -> PlanImport:
    file = files.store(
        programme=cast.programme,
        upload=SimpleUploadedFile(name, text.encode()),
        by=cast.programme_leader,
    )
    plan_import = imports.start(programme=cast.programme, year=year, file=file, by=cast.programme_leader)
    return imports.read(plan_import=plan_import)


def accepted(cast: Cast, text: str = PLAN, **more: Any) -> ActionPlan:
    return imports.accept(plan_import=put(cast, text), by=cast.programme_leader, **more)


def amounts(plan: ActionPlan) -> dict[str, int]:
    return {line.name: line.amount // 100 for line in plan.lines.all()}


def test_an_accepted_file_becomes_measures_lines_and_texts(cast: Cast) -> None:
    plan = accepted(cast)
    assert amounts(plan) == {"Åpen barnehage": 1_300_000, "Sommerjobb for unge": 800_000, "Åpen post": 200_000}
    assert {line.source for line in plan.lines.all()} == {"programme_grant"}
    assert sorted(cast.programme.measures.values_list("name", flat=True)) == [
        "Sommerjobb for unge",
        "Åpen barnehage",
    ]
    assert plan.lines.get(name="Åpen post").purpose == LinePurpose.OPEN_POT
    nursery = Measure.objects.get(name="Åpen barnehage")
    assert nursery.focus_area == cast.focus_areas[0]
    assert nursery.first_plan_year == 2026
    assert "tre dager i uka" in plan.plan_measures.get(measure=nursery).text
    assert plan.sections.get(key="introduction").text == "Vi bygger videre på fjoråret."
    assert AuditRow.objects.filter(action="import.accepted").count() == 1


def test_nothing_is_in_the_plan_before_the_file_is_accepted(cast: Cast) -> None:
    plan_import = put(cast)
    assert plan_import.state == ImportState.READ
    assert plan_import.lines.count() == 3
    assert not Measure.objects.exists()
    assert not ActionPlan.objects.exists()


def test_reading_the_same_file_again_changes_nothing(cast: Cast) -> None:
    first = accepted(cast)
    again = accepted(cast)
    assert again == first
    assert amounts(again)["Åpen barnehage"] == 1_300_000
    assert (again.lines.count(), Measure.objects.count()) == (3, 2)


def test_a_name_that_changed_a_little_is_the_same_measure_and_remembered(cast: Cast) -> None:
    accepted(cast)
    nursery = Measure.objects.get(name="Åpen barnehage")
    plan = accepted(
        cast,
        PLAN.replace("| Åpen barnehage | 1 300 000", "| Åpen  barnehagen | 1 400 000").replace("2 300", "2 400"),
    )
    assert Measure.objects.count() == 2
    assert plan.plan_measures.get(measure=nursery).lines.get().amount == 1_400_000_00
    assert list(nursery.names.values_list("name", flat=True)) == ["Åpen barnehagen"]


def test_an_unsure_name_waits_for_the_user(cast: Cast) -> None:
    accepted(cast)
    plan_import = put(cast, PLAN.replace("| Åpen barnehage |", "| Åpen barnehage i Elvestad |"))
    line = plan_import.lines.get(name="Åpen barnehage i Elvestad")
    assert (line.mapping, line.measure) == (Mapping.UNDECIDED, Measure.objects.get(name="Åpen barnehage"))
    with pytest.raises(RuleBroken, match="Åpen barnehage i Elvestad"):
        imports.accept(plan_import=plan_import, by=cast.programme_leader)
    assert Measure.objects.count() == 2


def test_lines_that_are_not_in_the_file_are_taken_out_only_when_asked(cast: Cast) -> None:
    accepted(cast)
    shorter = PLAN.replace("| Åpen post | kr 200.000,00 |\n", "").replace("2 300 000", "2 100 000")
    assert "Åpen post" in amounts(accepted(cast, shorter, remove_missing=False))
    assert "Åpen post" not in amounts(accepted(cast, shorter, remove_missing=True))


def test_a_wrong_total_needs_a_reason(cast: Cast) -> None:
    plan_import = put(cast, PLAN.replace("2 300 000", "2 400 000"))
    with pytest.raises(RuleBroken):
        imports.accept(plan_import=plan_import, by=cast.programme_leader, problems_seen=True)
    plan = imports.accept(
        plan_import=plan_import,
        by=cast.programme_leader,
        problems_seen=True,
        total_reason="Totalen i dokumentet er feil.",
    )
    assert sum(amounts(plan).values()) == 2_300_000


def test_what_is_written_in_the_plan_is_not_overwritten(cast: Cast) -> None:
    plan = accepted(cast)
    introduction = plan.sections.get(key="introduction")
    introduction.text = "Min egen innledning."
    introduction.save()
    accepted(cast)
    introduction.refresh_from_db()
    assert introduction.text == "Min egen innledning."


def test_accepting_on_an_adopted_plan_makes_a_draft_revision_and_leaves_the_edition(cast: Cast) -> None:
    plan = accepted(cast)
    steps.recommend(plan=plan, decision=StepDecision(body=cast.board), by=cast.board_member)
    steps.adopt(plan=plan, decision=StepDecision(body=cast.council), by=cast.secretary)
    plan = accepted(cast, PLAN.replace("1 300 000", "1 500 000").replace("2 300 000", "2 500 000"))
    assert (plan.state, plan.revision) == (DocumentState.DRAFT, 2)
    edition = cast.programme.editions.get()
    assert sum(figure.amount for figure in edition.figures.all()) == 2_300_000_00


def test_a_file_is_accepted_once(cast: Cast) -> None:
    plan_import = put(cast)
    imports.accept(plan_import=plan_import, by=cast.programme_leader)
    with pytest.raises(RuleBroken):
        imports.accept(plan_import=plan_import, by=cast.programme_leader)


def test_a_discarded_file_is_kept_but_can_no_longer_be_accepted(cast: Cast) -> None:
    plan_import = put(cast)
    imports.discard(plan_import=plan_import, by=cast.programme_leader)
    plan_import.refresh_from_db()
    assert (plan_import.state, plan_import.lines.count()) == (ImportState.DISCARDED, 3)
    with pytest.raises(RuleBroken):
        imports.accept(plan_import=plan_import, by=cast.programme_leader)


def test_a_refused_file_keeps_its_reason(cast: Cast) -> None:
    file = files.store(
        programme=cast.programme,
        upload=SimpleUploadedFile("plan.pdf", b"%PDF-1.7\nnot really a pdf"),
        by=cast.programme_leader,
    )
    plan_import = imports.start(programme=cast.programme, year=2026, file=file, by=cast.programme_leader)
    plan_import = imports.read(plan_import=plan_import)
    assert plan_import.state == ImportState.REFUSED
    assert plan_import.refusal


def test_a_correction_changes_the_line_and_not_the_file(cast: Cast) -> None:
    plan_import = put(cast)
    line = plan_import.lines.get(name="Sommerjobb for unge")
    values = ImportLineValues(name="Sommerjobb", amount=900_000_00, source="municipality", mapping=Mapping.NEW)
    imports.correct(plan_import=plan_import, lines=[(line, values)], version=1, by=cast.programme_leader)
    line.refresh_from_db()
    assert (line.name, line.amount, line.source) == ("Sommerjobb", 900_000_00, "municipality")


def test_two_who_correct_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    plan_import = put(cast)
    line = plan_import.lines.first()
    assert line is not None
    values = ImportLineValues(name="En", amount=1_00, mapping=Mapping.NEW)
    imports.correct(plan_import=plan_import, lines=[(line, values)], version=1, by=cast.programme_leader)
    with pytest.raises(RuleBroken):
        imports.correct(plan_import=plan_import, lines=[(line, values)], version=1, by=cast.coordinator)


class TestPages:
    """Upload, look, correct and accept in the browser."""

    def upload(self, client: Client, cast: Cast, text: str = PLAN) -> PlanImport:
        url = reverse("plans:plan_imports", args=[cast.programme.slug])
        response = client.post(url, {"year": 2026, "file": SimpleUploadedFile("plan.md", text.encode())})
        plan_import = PlanImport.objects.get()
        assert response.status_code == 302
        assert response["Location"].endswith(f"/imports/{plan_import.pk}/")
        return plan_import

    def post(self, client: Client, cast: Cast, plan_import: PlanImport, **changes: str) -> Any:
        url = reverse("plans:plan_import", args=[cast.programme.slug, plan_import.pk])
        page = client.get(url)
        formset = page.context["formset"]
        data = {"form-TOTAL_FORMS": str(len(formset.forms)), "form-INITIAL_FORMS": str(len(formset.forms))}
        for form in formset.forms:
            data[f"{form.prefix}-id"] = str(form.instance.pk)
            for name in ("name", "amount", "source", "focus_area", "becomes"):
                data[f"{form.prefix}-{name}"] = str(form[name].value() or "")
        return client.post(url, {**data, "version": str(page.context["plan_import"].version), **changes})

    def test_the_whole_way_from_upload_to_plan(self, sign_in: Callable[[User], Client], cast: Cast) -> None:
        client = sign_in(cast.programme_leader)
        plan_import = self.upload(client, cast)
        response = self.post(client, cast, plan_import, accept="1", remove_missing="on")
        plan = ActionPlan.objects.get()
        assert response.status_code == 302
        assert response["Location"] == plan.get_absolute_url()
        assert sum(amounts(plan).values()) == 2_300_000

    def test_corrections_are_kept_without_accepting(self, sign_in: Callable[[User], Client], cast: Cast) -> None:
        client = sign_in(cast.programme_leader)
        plan_import = self.upload(client, cast)
        self.post(client, cast, plan_import, **{"form-0-amount": "1,4 mill.", "form-1-becomes": "left_out"})
        first, second, _third = plan_import.lines.all()
        assert (first.amount, second.mapping) == (1_400_000_00, Mapping.LEFT_OUT)
        assert not ActionPlan.objects.exists()

    def test_an_amount_with_two_meanings_is_asked_about_and_what_was_typed_stays(
        self, sign_in: Callable[[User], Client], cast: Cast
    ) -> None:
        client = sign_in(cast.programme_leader)
        plan_import = self.upload(client, cast)
        response = self.post(client, cast, plan_import, **{"form-0-amount": "1.250", "form-1-name": "Nytt navn"})
        assert response.status_code == 200
        html = response.content.decode()
        assert 'value="1.250"' in html
        assert 'value="Nytt navn"' in html
        assert response.context["formset"].forms[0].errors["amount"]

    @pytest.mark.parametrize(
        ("person", "status"),
        [("programme_leader", 200), ("coordinator", 403), ("ministry_adviser", 403), ("outsider", 404)],
    )
    def test_only_those_who_may_read_plans_from_files_see_the_pages(
        self, sign_in: Callable[[User], Client], cast: Cast, person: str, status: int
    ) -> None:
        plan_import = put(cast)
        client = sign_in(getattr(cast, person))
        for url in (
            reverse("plans:plan_imports", args=[cast.programme.slug]),
            reverse("plans:plan_import", args=[cast.programme.slug, plan_import.pk]),
        ):
            assert client.get(url).status_code == status
        if status != 200:
            discard = reverse("plans:plan_import_discard", args=[cast.programme.slug, plan_import.pk])
            assert client.post(discard).status_code == status

    def test_a_file_of_another_programme_is_not_found(self, sign_in: Callable[[User], Client], cast: Cast) -> None:
        plan_import = put(cast)
        client = sign_in(cast.outsider)
        url = reverse("plans:plan_import", args=[cast.other_programme.slug, plan_import.pk])
        assert client.get(url).status_code == 404

    def test_the_number_of_queries_does_not_follow_the_number_of_lines(
        self, sign_in: Callable[[User], Client], cast: Cast
    ) -> None:
        client = sign_in(cast.programme_leader)
        counts = []
        for lines in (2, 12):
            rows = "".join(f"| Tiltak {chr(65 + n)} | {n + 1}00 000 |\n" for n in range(lines))
            plan_import = put(cast, f"| Tiltak | Budsjett 2026 (kr) |\n|---|---|\n{rows}")
            url = reverse("plans:plan_import", args=[cast.programme.slug, plan_import.pk])
            client.get(url)
            with CaptureQueriesContext(connection) as counted:
                client.get(url)
            counts.append(len(counted))
        assert counts[0] == counts[1]


class TestCommand:
    """`samloft import-plan`, the door for scripts."""

    def run(self, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
        status = main(["import-plan", *map(str, words), "--json"])
        return status, json.loads(capsys.readouterr().out)

    @pytest.fixture
    def plan_file(self, tmp_path: Path) -> Path:
        path = tmp_path / "plan.md"
        path.write_text(PLAN, encoding="utf-8")
        return path

    def test_it_shows_what_it_reads_and_stores_nothing(
        self, cast: Cast, plan_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        status, read = self.run(capsys, plan_file, "--programme", "elvestad", "--year", "2026")
        assert status == 0
        assert [line["amount"] for line in read["lines"]] == ["1300000.00", "800000.00", "200000.00"]
        assert set(read) == {"lines", "sum", "stated_total", "problems", "notes"}
        assert set(read["lines"][0]) == {"name", "amount", "focus_area", "source", "row"}
        assert read["sum"] == read["stated_total"] == "2300000.00"
        assert not Measure.objects.exists()

    def test_accepting_stores_once_and_twice_the_same(
        self, cast: Cast, plan_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for _time in range(2):
            status, _read = self.run(capsys, plan_file, "--programme", "elvestad", "--year", "2026", "--accept")
            assert status == 0
            assert amounts(ActionPlan.objects.get())["Åpen barnehage"] == 1_300_000
        assert Measure.objects.count() == 2

    def test_a_problem_stores_nothing_and_exits_1(
        self, cast: Cast, plan_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        plan_file.write_text(PLAN.replace("800 000,-", "1.250"), encoding="utf-8")
        status, read = self.run(capsys, plan_file, "--programme", "elvestad", "--year", "2026", "--accept")
        assert status == 1
        assert read["problems"]
        assert not ActionPlan.objects.exists()
        assert not PlanImport.objects.exists()

    def test_an_unsure_name_is_a_problem_only_when_accepting(
        self, cast: Cast, plan_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        accepted(cast)
        plan_file.write_text(PLAN.replace("| Åpen barnehage |", "| Åpen barnehage i Elvestad |"), encoding="utf-8")
        words = (plan_file, "--programme", "elvestad", "--year", "2026")
        assert self.run(capsys, *words)[0] == 0
        status, read = self.run(capsys, *words, "--accept")
        assert status == 1
        assert "Åpen barnehage i Elvestad" in read["problems"][0]["message"]

    @pytest.mark.parametrize(
        ("words", "status"),
        [
            (("FILE", "--programme", "finnes-ikke", "--year", "2026"), 64),
            (("FILE", "--programme", "elvestad", "--year", "i år"), 64),
            (("finnes-ikke.md", "--programme", "elvestad", "--year", "2026"), 2),
        ],
    )
    def test_what_cannot_be_found_has_its_own_status(
        self,
        cast: Cast,
        plan_file: Path,
        capsys: pytest.CaptureFixture[str],
        words: tuple[str, ...],
        status: int,
    ) -> None:
        given = [str(plan_file) if word == "FILE" else word for word in words]
        assert main(["import-plan", *given]) == status
        assert capsys.readouterr().err


def test_an_amount_that_cannot_be_read_is_a_line_that_waits_for_its_amount(cast: Cast) -> None:
    plan_import = put(cast, PLAN.replace("800 000,-", "ca. 800 000"))
    line = plan_import.lines.get(name="Sommerjobb for unge")
    assert (line.amount, line.read_amount) == (None, "ca. 800 000")
    with pytest.raises(RuleBroken, match="Sommerjobb for unge"):
        imports.accept(plan_import=plan_import, by=cast.programme_leader, problems_seen=True)
    values = ImportLineValues(name=line.name, amount=800_000_00, source=line.source, mapping=Mapping.NEW)
    imports.correct(plan_import=plan_import, lines=[(line, values)], version=1, by=cast.programme_leader)
    plan = imports.accept(plan_import=plan_import, by=cast.programme_leader, problems_seen=True)
    assert sum(amounts(plan).values()) == 2_300_000
