"""`samloft check-plan` as scripts meet it."""

import json

import pytest

from samloft.config.cli.frame import main
from samloft.plans.actions import overrides
from samloft.plans.queries.plan_check import check
from tests.cast import Cast
from tests.plans import elvestad as making

ARGUMENTS = ["check-plan", "--programme", "elvestad", "--year", "2025"]


def test_open_findings_end_with_status_1_and_are_one_json_value(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    elvestad = making.make(cast)
    assert main([*ARGUMENTS, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["findings"]
    assert {tuple(finding) for finding in told["findings"]} == {
        ("code", "severity", "subject", "message", "remedy", "overridden")
    }
    mandate = next(finding for finding in told["findings"] if finding["code"] == "missing_mandate")
    assert mandate["subject"] == f"plans.measure:{elvestad.measure.pk}"
    assert "Åpen barnehage" in mandate["message"]
    assert mandate["overridden"] is False


def test_when_all_are_set_aside_the_status_is_0(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    elvestad = making.make(cast)
    for finding in check(elvestad.plan):
        overrides.set_aside(
            plan=elvestad.plan,
            code=finding.code,
            subject=finding.subject,
            reason="Vet om det",
            by=cast.programme_leader,
        )
    assert main([*ARGUMENTS, "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert findings
    assert all(finding["overridden"] for finding in findings)


def test_for_people_each_finding_says_what_to_do(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    elvestad = making.make(cast)
    assert main(ARGUMENTS) == 1
    told = capsys.readouterr().out
    assert len(told.splitlines()) == 1 + len(check(elvestad.plan))
    assert elvestad.measure.name in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["check-plan", "--programme", "finnes-ikke", "--year", "2025"],
        ["check-plan", "--programme", "elvestad", "--year", "1999"],
        ["check-plan", "--programme", "elvestad", "--year", "i fjor"],
        ["check-plan", "--programme", "elvestad"],
    ],
)
def test_an_unknown_programme_or_year_is_wrong_usage(cast: Cast, arguments: list[str]) -> None:
    making.make(cast)
    assert main(arguments) == 64
