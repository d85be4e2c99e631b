"""One agreement as one readable file: what may stand in it. See docs/how-to/write-an-agreement-file.md."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from samloft.accounts.models import OrganisationKind
from samloft.core import days
from samloft.programmes.models import (
    BodyKind,
    ConditionKind,
    FulfillingEvent,
    ObligationKind,
    OverarchingPlanKind,
    RelatedAgreementKind,
    Rhythm,
    UptakeState,
)
from samloft.programmes.models.agreements import MOST_YEARS
from samloft.programmes.models.editions import EditionKind
from samloft.programmes.models.obligations import MOST_TIMES


def _words(value: object) -> object:
    """Yes and no as people write them."""
    return {"ja": True, "nei": False, "yes": True, "no": False}.get(str(value).lower(), value)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
YesNo = Annotated[bool, BeforeValidator(_words)]
Year = Annotated[int, Field(ge=1900, le=2200)]
Times = Annotated[int, Field(ge=1, le=MOST_TIMES)]
Day = Annotated[date, Field(ge=days.EARLIEST, le=days.LATEST)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartyPart(Part):
    organisation: Text
    kind: OrganisationKind | None = None  # only for an organisation that Samløft does not know yet
    role: str = ""
    responsibility: str = ""


class FollowUpPart(Part):
    text: Text
    due: Day | None = None


class DecisionPart(Part):
    title: Text
    body: str = ""
    body_kind: BodyKind = BodyKind.OTHER
    on: Day | None = Field(None, alias="date")
    case_number: str = ""
    wording: str = ""
    unanimous: YesNo | None = None
    assumed: YesNo = False
    follow_up: list[FollowUpPart] = []


class OwedByPart(Part):
    party: Text
    share: str = ""
    max_times: Times | None = None


class ProofPart(Part):
    """`period` names the time it counts for (`2026`, `2026-03`); needed when there are several."""

    event: FulfillingEvent
    on: Day = Field(alias="date")
    period: str = ""
    decision: str = ""
    meeting: str = ""
    note: str = ""
    party: str = ""


class DeviationPart(Part):
    on: Day = Field(alias="date")
    agreed_with: Text
    reason: Text
    period: str = ""


class TimesPart(Part):
    min: Times | None = None
    max: Times | None = None


class ObligationPart(Part):
    text: Text
    kind: ObligationKind
    owed_by: list[str | OwedByPart] = Field(min_length=1)
    rhythm: Rhythm
    clause: str = ""
    due: Day | None = None
    starts: Day | None = Field(None, alias="from")
    ends: Day | None = Field(None, alias="to")
    times: TimesPart | None = None
    fulfilled_when: FulfillingEvent | None = None
    document: EditionKind | None = None
    responsible: str = ""
    reminders: list[Annotated[int, Field(ge=0, le=730)]] | None = None
    proof: list[ProofPart] = []
    deviations: list[DeviationPart] = []


class ConditionPart(Part):
    kind: ConditionKind
    text: Text
    needs_proof: YesNo = True
    proof: str = ""
    proved_on: Day | None = None


class ReservationPart(Part):
    text: Text
    clause: str = ""


class RelatedPart(Part):
    kind: RelatedAgreementKind
    title: Text
    first_year: Year | None = None
    last_year: Year | None = None


class ExtensionPart(Part):
    signed: Day
    valid_to: Day
    text: str = ""


class UptakePart(Part):
    state: UptakeState
    on: Day | None = Field(None, alias="date")
    place: str = ""


class PlanPart(Part):
    title: Text
    kind: OverarchingPlanKind
    municipality: str = ""  # its code; the programme's owner when neither is given
    county: str = ""
    adopted: Day | None = None
    first_year: Year | None = None
    last_year: Year | None = None
    goals: list[Text] = []
    uptake: list[UptakePart] = []


class AgreementFile(Part):
    """The whole file. Its programme is there already; the agreement is known by its title."""

    programme: Text
    title: Text
    purpose: str = ""
    signed: Day | None = None
    first_year: Year | None = None
    duration_years: Annotated[int, Field(ge=1, le=MOST_YEARS)] | None = None
    valid_to: Day | None = None
    may_be_extended: YesNo | None = None
    extension_text: str = ""
    areas: list[Text] = []
    focus_areas: list[Text] = []
    parties: list[PartyPart] = []
    decisions: list[DecisionPart] = []
    obligations: list[ObligationPart] = []
    conditions: list[ConditionPart] = []
    reservations: list[ReservationPart] = []
    related: list[RelatedPart] = []
    extensions: list[ExtensionPart] = []
    plans: list[PlanPart] = []
