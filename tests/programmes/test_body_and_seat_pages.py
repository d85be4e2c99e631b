"""Bodies, seats, roles and the table of who decides what."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from samloft.accounts.models import Organisation, User
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.actions import bodies, decision_rights, seats
from samloft.programmes.actions.bodies import BodyValues
from samloft.programmes.actions.decision_rights import DecisionRightValues
from samloft.programmes.actions.seats import SeatValues
from samloft.programmes.models import Body, BodyKind, DecisionRight, Role, Seat, Step
from samloft.programmes.queries.bodies import body_rows, decision_table
from tests.cast import Cast
from tests.programmes.filled import queries_do_not_grow

SignIn = Callable[[User], Client]
TODAY = date(2026, 6, 1)


def page(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=["elvestad", *args])


def home(cast: Cast) -> Organisation:
    assert cast.programme_leader.organisation
    return cast.programme_leader.organisation


def add_body(cast: Cast, name: str, organisation: Organisation | None = None) -> Body:
    return bodies.add(
        programme=cast.programme,
        values=BodyValues(name, BodyKind.WORKING_GROUP, organisation or home(cast)),
        by=cast.programme_leader,
    )


def leader_seat(cast: Cast) -> Seat:
    return Seat.objects.get(user=cast.programme_leader)


def test_a_body_is_added_changed_and_removed_on_its_pages(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    form = {"name": "Endringsteamet", "kind": BodyKind.CHANGE_TEAM, "organisation": home(cast).pk}
    client.post(page("body_new"), form)
    body = Body.objects.get(name="Endringsteamet")
    assert "Endringsteamet" in client.get(page("bodies")).content.decode()
    client.post(page("body_edit", body.pk), {**form, "mandate": "Samordner tjenestene", "version": "1"})
    body.refresh_from_db()
    assert body.mandate == "Samordner tjenestene"
    client.post(page("body_remove", body.pk))
    assert not cast.programme.bodies.filter(pk=body.pk).exists()


def test_the_same_body_is_shared_and_not_made_twice(cast: Cast) -> None:
    ministry = cast.ministry.organisation
    shared = bodies.add(
        programme=cast.other_programme,
        values=BodyValues("departementet", BodyKind.MINISTRY, ministry),
        by=cast.outsider,
    )
    assert shared == cast.ministry
    with pytest.raises(RuleBroken, match="already has"):
        add_body(cast, "Departementet", ministry)


def test_a_body_of_another_municipality_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="another municipality"):
        add_body(cast, "Kommunestyret", cast.outsider.organisation)


def test_a_shared_body_is_changed_only_by_those_who_keep_the_bodies_of_all_its_programmes(cast: Cast) -> None:
    cast.ministry.programmes.add(cast.other_programme)
    values = BodyValues("Departementet", BodyKind.MINISTRY, cast.ministry.organisation, "Nytt mandat")
    with pytest.raises(RuleBroken, match="other programmes"):
        bodies.change(body=cast.ministry, values=values, version=1, by=cast.programme_leader)
    assert bodies.change(body=cast.ministry, values=values, version=1, by=cast.operator).mandate


def test_a_body_with_seats_or_rights_stays(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="stays"):
        bodies.remove(body=cast.board, programme=cast.programme, by=cast.programme_leader)


def test_open_held_and_ended_seats_are_told_apart(cast: Cast) -> None:
    body = add_body(cast, "Arbeidsgruppa")
    for user, ends_on in ((None, None), (cast.coordinator, None), (cast.coordinator, date(2025, 1, 1))):
        seats.add(
            programme=cast.programme,
            values=SeatValues(Role.MEMBER, body, user=user, ends_on=ends_on),
            by=cast.programme_leader,
        )
    row = next(row for row in body_rows(cast.programme, TODAY) if row.body == body)
    assert [str(seat.status.label) for seat in row.seats] == ["Open", "Held"]
    assert len(row.ended) == 1


def test_a_new_colleague_gets_an_account_a_seat_and_a_mail(
    cast: Cast,
    sign_in: SignIn,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    form = {
        "email": "Ny@Example.no",
        "name": "Ny kollega",
        "role": Role.COORDINATOR,
        "organisation": home(cast).pk,
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert sign_in(cast.programme_leader).post(page("seat_new"), form).status_code == 302
    user = User.objects.get(email="ny@example.no")
    assert access.can(user, Permission.PLAN_EDIT, cast.programme)
    (message,) = mail.outbox
    assert message.to == ["ny@example.no"]
    link = next(line for line in message.body.splitlines() if line.startswith("http"))
    client.logout()
    choose = client.get(link.replace("http://testserver", ""), follow=True)
    assert choose.status_code == 200
    assert "password1" in choose.content.decode()


def test_someone_known_gets_the_seat_and_no_mail(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    form = {"email": cast.resident.email, "role": Role.MEMBER}
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(cast.programme_leader).post(page("seat_new"), form)
    assert access.can(cast.resident, Permission.PROGRAMME_VIEW, cast.programme)
    assert not mail.outbox


def test_a_new_address_without_a_name_makes_nothing(cast: Cast, sign_in: SignIn) -> None:
    form = {"email": "ukjent@example.no", "role": Role.MEMBER}
    answer = sign_in(cast.programme_leader).post(page("seat_new"), form)
    assert "Write the person&#x27;s name" in answer.content.decode()
    assert not User.objects.filter(email="ukjent@example.no").exists()


def test_a_refused_seat_makes_no_account(cast: Cast, sign_in: SignIn) -> None:
    form = {"email": "ny@example.no", "name": "Ny", "role": Role.MEMBER, "may_record": "on"}
    answer = sign_in(cast.programme_leader).post(page("seat_new"), form)
    assert "Choose the body" in answer.content.decode()
    assert not User.objects.filter(email="ny@example.no").exists()


def test_someone_whose_account_is_closed_gets_no_seat(cast: Cast, sign_in: SignIn) -> None:
    User.objects.filter(pk=cast.resident.pk).update(is_active=False)
    answer = sign_in(cast.programme_leader).post(
        page("seat_new"), {"email": cast.resident.email, "role": Role.MEMBER}
    )
    assert "may not sign in" in answer.content.decode()


def test_the_last_programme_leader_cannot_be_locked_out(cast: Cast) -> None:
    seat = leader_seat(cast)
    for day in (TODAY, date(2026, 5, 31), date(2027, 1, 1)):
        with pytest.raises(RuleBroken, match="Nobody would lead"):
            seats.end(seat=seat, on=day, today=TODAY, by=cast.programme_leader)
    with pytest.raises(RuleBroken, match="Nobody would lead"):
        seats.change(
            seat=seat,
            values=SeatValues(Role.MEMBER, cast.management, user=cast.programme_leader),
            version=1,
            today=TODAY,
            by=cast.programme_leader,
        )
    seat.refresh_from_db()
    assert (seat.role, seat.ends_on) == (Role.PROGRAMME_LEADER, None)


def test_with_a_second_leader_the_first_may_leave(cast: Cast) -> None:
    seats.add(
        programme=cast.programme,
        values=SeatValues(Role.PROGRAMME_LEADER, user=cast.coordinator),
        by=cast.programme_leader,
    )
    ended = seats.end(seat=leader_seat(cast), on=TODAY, today=TODAY, by=cast.programme_leader)
    assert ended.ends_on == TODAY
    row = AuditRow.objects.get(action="seat.ended")
    assert row.data == {"on": "2026-06-01", "role": "programme_leader", "user": cast.programme_leader.pk}


def test_a_second_leader_who_may_not_sign_in_does_not_count(cast: Cast) -> None:
    User.objects.filter(pk=cast.coordinator.pk).update(is_active=False)
    cast.coordinator.refresh_from_db()
    seats.add(
        programme=cast.programme,
        values=SeatValues(Role.PROGRAMME_LEADER, user=cast.coordinator),
        by=cast.programme_leader,
    )
    with pytest.raises(RuleBroken):
        seats.end(seat=leader_seat(cast), on=TODAY, today=TODAY, by=cast.programme_leader)


def test_an_open_seat_is_given_to_someone_and_a_held_one_is_not_handed_over(cast: Cast) -> None:
    leader = cast.programme_leader
    seat = seats.add(programme=cast.programme, values=SeatValues(Role.MEMBER, cast.board), by=leader)
    given = seats.change(
        seat=seat,
        values=SeatValues(Role.MEMBER, cast.board, user=cast.coordinator),
        version=1,
        today=TODAY,
        by=leader,
    )
    assert given.user == cast.coordinator
    for other in (None, cast.resident):
        with pytest.raises(RuleBroken, match="End this seat"):
            seats.change(
                seat=given,
                values=SeatValues(Role.MEMBER, cast.board, user=other),
                version=given.version,
                today=TODAY,
                by=leader,
            )


@pytest.mark.parametrize(
    "wrong",
    [
        {"percent": 0},
        {"percent": 101},
        {"may_record": True},
        {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)},
    ],
)
def test_impossible_seats_are_refused(cast: Cast, wrong: dict[str, object]) -> None:
    with pytest.raises(RuleBroken):
        seats.add(
            programme=cast.programme,
            values=SeatValues(Role.MEMBER, **wrong),  # type: ignore[arg-type]
            by=cast.programme_leader,
        )


def test_a_seat_in_a_body_of_another_programme_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        seats.add(programme=cast.other_programme, values=SeatValues(Role.MEMBER, cast.board), by=cast.outsider)


def test_the_seat_is_ended_on_its_page(cast: Cast, sign_in: SignIn) -> None:
    seat = Seat.objects.get(user=cast.coordinator)
    client = sign_in(cast.programme_leader)
    early = client.post(page("seat_end", seat.pk), {"on": "2020-01-01"})
    assert "before it begins" in early.content.decode()
    client.post(page("seat_end", seat.pk), {"on": "2025-01-01"})
    seat.refresh_from_db()
    assert seat.ends_on == date(2025, 1, 1)


def test_the_roles_are_described_in_plain_words(cast: Cast, sign_in: SignIn) -> None:
    text = sign_in(cast.evaluator).get(page("roles")).content.decode()
    assert "Municipal director" in text
    assert "publish an issued document for everyone" in text


def test_the_table_names_every_step_and_who_handed_it_on(cast: Cast, sign_in: SignIn) -> None:
    decision_rights.add(
        programme=cast.programme,
        values=DecisionRightValues(Step.SET_FUNDING, cast.commissioner, delegated_from=cast.council),
        by=cast.programme_leader,
    )
    assert [row.step for row in decision_table(cast.programme, TODAY)] == list(Step)
    text = sign_in(cast.evaluator).get(page("decision_rights")).content.decode()
    assert "handed on by Kommunestyret" in text
    assert "No body yet" in text


def test_a_right_is_given_ended_and_removed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    form = {"step": Step.PRIORITISE, "body": cast.board.pk}
    client.post(page("decision_right_new"), form)
    right = DecisionRight.objects.get(step=Step.PRIORITISE)
    again = client.post(page("decision_right_new"), form)
    assert "in the table already" in again.content.decode()
    client.post(page("decision_right_edit", right.pk), {**form, "ends_on": "2025-12-31", "version": "1"})
    assert not access.bodies_that_decide(cast.programme, Step.PRIORITISE, on=TODAY).exists()
    client.post(page("decision_right_remove", right.pk))
    assert not DecisionRight.objects.filter(pk=right.pk).exists()


def test_rights_that_make_no_sense_are_refused(cast: Cast) -> None:
    for values in (
        DecisionRightValues(Step.PRIORITISE, cast.board, delegated_from=cast.board),
        DecisionRightValues(Step.PRIORITISE, cast.board, starts_on=date(2026, 1, 2), ends_on=date(2026, 1, 1)),
    ):
        with pytest.raises(RuleBroken):
            decision_rights.add(programme=cast.programme, values=values, by=cast.programme_leader)
    with pytest.raises(RuleBroken):
        decision_rights.add(
            programme=cast.other_programme,
            values=DecisionRightValues(Step.PRIORITISE, cast.board),
            by=cast.outsider,
        )


def test_queries_do_not_grow_with_bodies_seats_and_rights(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)

    def add(number: int) -> None:
        body = add_body(cast, f"Gruppe {number}")
        seats.add(
            programme=cast.programme,
            values=SeatValues(Role.MEMBER, body, user=cast.coordinator, focus_area=cast.focus_areas[0]),
            by=cast.programme_leader,
        )
        decision_rights.add(
            programme=cast.programme,
            values=DecisionRightValues(Step.PRIORITISE, body, delegated_from=cast.council),
            by=cast.programme_leader,
        )

    queries_do_not_grow(client, page("bodies"), add)
    queries_do_not_grow(client, page("decision_rights"), lambda number: add(number + 20))
