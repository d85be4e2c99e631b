"""What belongs to the installation: programmes, people, organisations, municipalities."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samloft.accounts.actions import activation, organisations
from samloft.accounts.actions.organisations import OrganisationValues
from samloft.accounts.models import Organisation, OrganisationKind, User
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.places.models import County, Municipality
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.actions import municipalities, programmes
from samloft.programmes.actions.municipalities import MunicipalityValues
from samloft.programmes.actions.programmes import ProgrammeValues
from samloft.programmes.models import Basis, Programme, Role, Seat
from tests.cast import Cast
from tests.programmes.filled import PDF, queries_do_not_grow

SignIn = Callable[[User], Client]
PNG = b"\x89PNG\r\n\x1a\n0000"


def url(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=args)


def addresses(cast: Cast) -> list[str]:
    municipality = cast.programme.municipality_id
    return [
        url("operator_programmes"),
        url("programme_new"),
        url("programme_leader_new", cast.programme.pk),
        url("organisations"),
        url("organisation_new"),
        url("organisation_edit", Organisation.objects.earliest("pk").pk),
        url("municipalities"),
        url("municipality_new"),
        url("municipality_edit", municipality),
        url("municipality_logo", municipality),
        url("municipality_logo_remove", municipality),
        url("users"),
        url("user_close", cast.resident.pk),
        url("user_open", cast.resident.pk),
    ]


def test_operators_open_them_and_for_everyone_else_they_do_not_exist(
    cast: Cast, client: Client, sign_in: SignIn
) -> None:
    for address in addresses(cast):
        client.logout()
        assert client.get(address).status_code == 302
        assert sign_in(cast.operator).get(address).status_code == 200, address
        for person in (cast.programme_leader, cast.municipal_director, cast.resident):
            assert sign_in(person).get(address).status_code == 404, address
            assert sign_in(person).post(address).status_code == 404, address


def test_a_county_owns_a_programme_and_signs_its_documents(cast: Cast, sign_in: SignIn) -> None:
    """A6: the effort of a whole county belongs to the county authority."""
    client, county = sign_in(cast.operator), County.objects.get(code="90")
    form = {
        "name": "Samarbeid i fylket",
        "slug": "fylket",
        "county": county.pk,
        "basis": Basis.ASSIGNMENT_LETTER,
        "leader_email": cast.coordinator.email,
    }
    both = client.post(url("programme_new"), {**form, "municipality": cast.programme.municipality_id})
    assert both.status_code == 200
    assert not Programme.objects.filter(slug="fylket").exists()
    assert client.post(url("programme_new"), form).status_code == 302
    made = Programme.objects.get(slug="fylket")
    assert made.owner == county
    assert made.owner.authority == "Prøvefylket fylkeskommune"
    authority = Organisation.objects.create(
        name="Fylkeskommunen", kind=OrganisationKind.COUNTY_AUTHORITY, county=county
    )
    assert made.is_run_by(authority)
    assert not made.is_run_by(cast.county_governor.organisation)
    assert made.covers(Municipality.objects.get(code="9002"))
    assert client.get(url("operator_programmes")).status_code == 200


def test_the_operator_sets_a_countys_language_form_and_logo(cast: Cast, sign_in: SignIn) -> None:
    client, county = sign_in(cast.operator), County.objects.get(code="90")
    address = url("county_edit", county.pk)
    assert sign_in(cast.programme_leader).get(address).status_code == 404
    client = sign_in(cast.operator)
    assert client.get(address).status_code == 200
    logo = SimpleUploadedFile("logo.png", PNG)
    assert client.post(address, {"language_form": "nn", "logo": logo}).status_code == 302
    county.refresh_from_db()
    assert county.language_form == "nn"
    assert county.logo
    refused = client.post(address, {"language_form": "nb", "logo": SimpleUploadedFile("logo.txt", b"x")})
    assert refused.status_code == 200
    county.refresh_from_db()
    assert county.language_form == "nn"


def test_the_operator_starts_a_programme_and_sees_nothing_in_it(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.operator)
    form = {
        "name": "Områdeløft Nord",
        "slug": "nord",
        "municipality": cast.programme.municipality_id,
        "basis": Basis.COUNCIL_STRATEGY,
        "areas": "Nord",
        "leader_email": cast.coordinator.email,
    }
    assert client.post(url("programme_new"), form).status_code == 302
    made = Programme.objects.get(slug="nord")
    assert access.can(cast.coordinator, Permission.PROGRAMME_STAFF, made)
    assert client.get(made.get_absolute_url()).status_code == 404
    again = client.post(url("programme_new"), form)
    assert "is taken" in again.content.decode()


@pytest.mark.parametrize("slug", ["elvestad", "new"])
def test_a_short_name_is_used_once_and_not_in_place_of_a_page(cast: Cast, slug: str) -> None:
    with pytest.raises(RuleBroken, match="is taken"):
        programmes.start(
            slug=slug,
            owner=cast.programme.municipality,
            values=ProgrammeValues("X", Basis.AGREEMENT),
            leader=cast.coordinator,
            by=cast.operator,
        )


def test_only_operators_start_programmes_and_give_leaders(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        programmes.start(
            slug="x",
            owner=cast.programme.municipality,
            values=ProgrammeValues("X", Basis.AGREEMENT),
            leader=cast.coordinator,
            by=cast.programme_leader,
        )
    with pytest.raises(RuleBroken):
        programmes.give_leader(programme=cast.programme, leader=cast.coordinator, by=cast.programme_leader)


def test_a_programme_that_nobody_leads_gets_a_leader(cast: Cast, sign_in: SignIn) -> None:
    Seat.objects.filter(role=Role.PROGRAMME_LEADER).update(ends_on=date(2025, 1, 1))
    client = sign_in(cast.operator)
    assert "Nobody" in client.get(url("operator_programmes")).content.decode()
    client.post(url("programme_leader_new", cast.programme.pk), {"email": cast.coordinator.email})
    assert access.can(cast.coordinator, Permission.PROGRAMME_STAFF, cast.programme)
    again = client.post(url("programme_leader_new", cast.programme.pk), {"email": cast.coordinator.email})
    assert "leads this programme already" in again.content.decode()


def test_accounts_are_closed_and_opened(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.operator)
    client.post(url("user_close", cast.coordinator.pk))
    cast.coordinator.refresh_from_db()
    assert not cast.coordinator.is_active
    client.post(url("user_open", cast.coordinator.pk))
    cast.coordinator.refresh_from_db()
    assert cast.coordinator.is_active
    assert [row.action for row in AuditRow.objects.order_by("number")] == ["user.closed", "user.opened"]


def test_nobody_closes_the_account_they_work_from_and_only_operators_close_any(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="your own"):
        activation.close_account(user=cast.operator, by=cast.operator)
    with pytest.raises(RuleBroken):
        activation.close_account(user=cast.resident, by=cast.programme_leader)


def test_people_are_found_by_part_of_name_or_address(cast: Cast, sign_in: SignIn) -> None:
    text = sign_in(cast.operator).get(url("users") + "?q=koordi").content.decode()
    assert cast.coordinator.email in text
    assert cast.evaluator.email not in text


def test_organisations_are_added_and_changed_once_by_name(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.operator)
    form = {"name": "Frivilligsentralen", "kind": OrganisationKind.VOLUNTARY}
    client.post(url("organisation_new"), form)
    made = Organisation.objects.get(name="Frivilligsentralen")
    again = client.post(url("organisation_new"), {**form, "name": "FRIVILLIGSENTRALEN"})
    assert "already an organisation" in again.content.decode()
    client.post(url("organisation_edit", made.pk), {**form, "name": "Frivilligsentralen i Elvestad"})
    made.refresh_from_db()
    assert made.name == "Frivilligsentralen i Elvestad"
    wrong = client.post(url("organisation_new"), {"name": "K", "kind": OrganisationKind.MUNICIPALITY})
    assert "which municipality" in wrong.content.decode()


def test_only_operators_keep_organisations_and_municipalities(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        organisations.add(values=OrganisationValues("X", OrganisationKind.OTHER), by=cast.programme_leader)
    with pytest.raises(RuleBroken):
        municipalities.add(values=MunicipalityValues("9003", "X"), by=cast.programme_leader)


def test_a_municipality_belongs_to_the_county_of_its_code(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.operator)
    client.post(url("municipality_new"), {"code": "9003", "name": "Nyby", "language_form": "nn"})
    assert Municipality.objects.get(code="9003").county == cast.programme.municipality.county
    first = {"code": "8001", "name": "Fjern", "language_form": "nb"}
    assert "first municipality of county 80" in client.post(url("municipality_new"), first).content.decode()
    client.post(url("municipality_new"), {**first, "county_name": "Fjernfylket"})
    assert Municipality.objects.get(code="8001").county.name == "Fjernfylket"


@pytest.mark.parametrize("code", ["9001", "90", "abcd"])
def test_a_code_has_four_digits_and_is_used_once(cast: Cast, code: str) -> None:
    with pytest.raises(RuleBroken):
        municipalities.add(values=MunicipalityValues(code, "X", county_name="Y"), by=cast.operator)


def test_the_language_form_is_changed(cast: Cast, sign_in: SignIn) -> None:
    place = cast.programme.municipality
    sign_in(cast.operator).post(url("municipality_edit", place.pk), {"name": "Elvestad", "language_form": "nn"})
    place.refresh_from_db()
    assert place.language_form == "nn"
    assert AuditRow.objects.get(action="municipality.changed").data["fields"] == ["language_form"]


def test_a_logo_is_kept_shown_and_removed(cast: Cast, sign_in: SignIn) -> None:
    client, place = sign_in(cast.operator), cast.programme.municipality
    assert client.get(url("municipality_logo_file", place.pk)).status_code == 404
    logo = SimpleUploadedFile("logo.png", PNG)
    assert client.post(url("municipality_logo", place.pk), {"logo": logo}).status_code == 302
    answer = client.get(url("municipality_logo_file", place.pk))
    assert b"".join(answer.streaming_content) == PNG  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment")
    client.post(url("municipality_logo_remove", place.pk))
    place.refresh_from_db()
    assert not place.logo


@pytest.mark.parametrize(
    ("name", "content"), [("logo.pdf", PDF), ("logo.svg", b"<svg/>"), ("logo.png", PNG + b"0" * 1024 * 1024)]
)
def test_what_is_no_small_picture_is_no_logo(cast: Cast, name: str, content: bytes) -> None:
    with pytest.raises(RuleBroken):
        municipalities.set_logo(
            municipality=cast.programme.municipality,
            upload=SimpleUploadedFile(name, content),
            by=cast.operator,
        )


def test_queries_do_not_grow(cast: Cast, sign_in: SignIn) -> None:
    client, place = sign_in(cast.operator), cast.programme.municipality

    def add(number: int) -> None:
        organisation = Organisation.objects.create(
            name=f"Org {number}", kind=OrganisationKind.OTHER, municipality=place
        )
        user = User.objects.create_user(f"p{number}@example.no", name=f"P {number}", organisation=organisation)
        made = Programme.objects.create(
            slug=f"p{number}", name=f"P {number}", municipality=place, basis=Basis.AGREEMENT
        )
        Seat.objects.create(programme=made, user=user, role=Role.PROGRAMME_LEADER)
        Municipality.objects.create(code=f"91{number:02}", name=f"K {number}", county=place.county)

    for start, name in enumerate(("operator_programmes", "organisations", "municipalities", "users")):
        queries_do_not_grow(client, url(name), lambda number, start=start: add(number + start * 20))  # type: ignore[misc]
