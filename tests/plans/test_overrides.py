"""Findings that somebody sets aside, with a reason that is kept (C8)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.plans.actions import budget_lines, overrides
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.models import FindingOverride
from samloft.plans.queries.plan_check import Code, Finding, check
from tests.cast import Cast
from tests.plans import elvestad as making
from tests.plans.elvestad import Elvestad

SignIn = Callable[[User], Client]


@pytest.fixture
def elvestad(cast: Cast) -> Elvestad:
    return making.make(cast)


def mandate(elvestad: Elvestad) -> Finding:
    return next(found for found in check(elvestad.fresh()) if found.code == Code.MISSING_MANDATE)


def set_aside(elvestad: Elvestad, reason: str = "Kommer i mars") -> FindingOverride:
    finding = mandate(elvestad)
    return overrides.set_aside(
        plan=elvestad.plan,
        code=finding.code,
        subject=finding.subject,
        reason=reason,
        by=elvestad.cast.programme_leader,
    )


def test_a_finding_set_aside_carries_its_reason_and_by_whom(elvestad: Elvestad) -> None:
    assert not mandate(elvestad).overridden
    set_aside(elvestad)
    finding = mandate(elvestad)
    assert finding.overridden
    assert (finding.override_reason, finding.override_by) == ("Kommer i mars", "Programleder")
    row = AuditRow.objects.get(action="finding.overridden")
    assert row.subject == f"plans.actionplan:{elvestad.plan.pk}"
    assert row.data == {"code": "missing_mandate", "subject": finding.subject}
    assert "mars" not in str(row.data)


def test_it_can_be_taken_back_and_counts_again(elvestad: Elvestad) -> None:
    override = set_aside(elvestad)
    overrides.take_back(override=override, by=elvestad.cast.programme_leader)
    assert not mandate(elvestad).overridden
    assert AuditRow.objects.filter(action="finding.override_taken_back").exists()
    with pytest.raises(RuleBroken):
        overrides.take_back(override=override, by=elvestad.cast.programme_leader)


def test_setting_aside_needs_a_reason(elvestad: Elvestad) -> None:
    with pytest.raises(RuleBroken):
        set_aside(elvestad, "  ")


def test_a_finding_cannot_be_set_aside_twice(elvestad: Elvestad) -> None:
    set_aside(elvestad)
    with pytest.raises(RuleBroken):
        set_aside(elvestad)


def test_what_the_check_does_not_find_cannot_be_set_aside(elvestad: Elvestad) -> None:
    with pytest.raises(RuleBroken):
        overrides.set_aside(
            plan=elvestad.plan,
            code="missing_mandate",
            subject="plans.measure:999999",
            reason="x",
            by=elvestad.cast.programme_leader,
        )


def test_an_override_holds_for_its_subject_only(elvestad: Elvestad) -> None:
    by = elvestad.cast.programme_leader
    for name in ("Første", "Andre"):
        budget_lines.add(plan=elvestad.plan, values=LineValues(name=name, amount=1), by=by)
    first, second = (found for found in check(elvestad.plan) if found.code == Code.LINE_WITHOUT_MEASURE)
    overrides.set_aside(plan=elvestad.plan, code=first.code, subject=first.subject, reason="x", by=by)
    states = {found.subject: found.overridden for found in check(elvestad.plan) if found.code == first.code}
    assert states[first.subject]
    assert not states[second.subject]


def address(elvestad: Elvestad, name: str = "finding_override", *more: object) -> str:
    return reverse(f"plans:{name}", args=[elvestad.cast.programme.slug, elvestad.plan.year, *more])


def test_the_leader_sets_aside_in_the_margin_and_comes_back_to_it(elvestad: Elvestad, sign_in: SignIn) -> None:
    finding = mandate(elvestad)
    client = sign_in(elvestad.cast.programme_leader)
    answer = client.post(
        address(elvestad), {"code": finding.code, "subject": finding.subject, "reason": "Kommer i mars"}
    )
    assert answer.status_code == 302
    assert answer["Location"].endswith("#plan-check")
    page = client.get(elvestad.plan.get_absolute_url())
    assert page.status_code == 200
    assert mandate(elvestad).overridden


def test_without_a_reason_the_page_asks_for_it_and_keeps_the_finding(elvestad: Elvestad, sign_in: SignIn) -> None:
    finding = mandate(elvestad)
    client = sign_in(elvestad.cast.programme_leader)
    data = {"code": finding.code, "subject": finding.subject, "reason": ""}
    answer = client.post(address(elvestad), data)
    assert answer.status_code == 200
    assert finding.subject_label in answer.text
    assert 'role="alert"' in answer.text
    told = client.post(address(elvestad), data, headers={"HX-Request": "true"})
    assert (told.status_code, told["Content-Type"]) == (422, "text/plain; charset=utf-8")


def test_the_page_of_a_finding_that_is_gone_says_so(elvestad: Elvestad, sign_in: SignIn) -> None:
    client = sign_in(elvestad.cast.programme_leader)
    answer = client.get(address(elvestad), {"code": "missing_mandate", "subject": "plans.measure:0"})
    assert answer.status_code == 200
    assert "<textarea" not in answer.text


@pytest.mark.parametrize(
    ("who", "status"), [("coordinator", 403), ("board_member", 403), ("ministry_adviser", 403), ("outsider", 404)]
)
def test_only_the_leader_sets_findings_aside(elvestad: Elvestad, sign_in: SignIn, who: str, status: int) -> None:
    client = sign_in(getattr(elvestad.cast, who))
    assert client.get(address(elvestad)).status_code == status
    override = set_aside(elvestad)
    assert client.post(address(elvestad, "finding_restore", override.pk)).status_code == status
    assert FindingOverride.objects.exists()


def test_the_leader_lets_a_finding_count_again(elvestad: Elvestad, sign_in: SignIn) -> None:
    override = set_aside(elvestad)
    answer = sign_in(elvestad.cast.programme_leader).post(address(elvestad, "finding_restore", override.pk))
    assert answer.status_code == 302
    assert not FindingOverride.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("programme_leader", 200),
        ("coordinator", 200),
        ("board_member", 200),
        ("ministry_adviser", 403),
        ("county_governor", 403),
        ("evaluator", 403),
        ("resident", 404),
        ("outsider", 404),
    ],
)
def test_the_whole_check_is_for_those_who_see_drafts(
    elvestad: Elvestad, sign_in: SignIn, who: str, status: int
) -> None:
    set_aside(elvestad)
    answer = sign_in(getattr(elvestad.cast, who)).get(address(elvestad, "plan_check"))
    assert answer.status_code == status
    assert ("Kommer i mars" in answer.text) == (status == 200)
