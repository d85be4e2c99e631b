"""What the agreement page shows."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from samloft.core.statuses import Status
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Condition,
    Decision,
    EndReview,
    Extension,
    FocusArea,
    Programme,
    Reservation,
)
from samloft.programmes.queries import agreement_terms
from samloft.programmes.queries.agreement_terms import OpenEndReview
from samloft.programmes.queries.agreement_timeline import Timeline, timeline

KEPT = Status(_("Shown"), "success", meaning=_("Something recorded here shows that the condition is kept."))
NOT_SHOWN = Status(
    _("Proof is missing"), "warning", meaning=_("Nothing recorded here shows that the condition is kept.")
)
NO_PROOF_NEEDED = Status(_("No proof needed"), "neutral", meaning=_("Nobody is asked to prove this one."))

IN_FORCE = Status(_("In force"), "success", meaning=_("Today lies in the period of the agreement."))
TO_COME = Status(_("Begins later"), "neutral", meaning=_("The first year of the agreement lies ahead."))
EXPIRED = Status(_("Expired"), "neutral", meaning=_("The last day of the agreement has passed."))
UNKNOWN = Status(
    _("Period unknown"), "warning", "question", meaning=_("Nobody has recorded the agreement's period.")
)


def agreement_status(agreement: Agreement, today: date) -> Status:
    """Where today lies in the agreement's period, extensions included, as far as it is known."""
    end = agreement_terms.ends_on(agreement, today)
    start = agreement_terms.starts_on(agreement)
    if end and end < today:
        return EXPIRED
    if start is None:
        return UNKNOWN
    return TO_COME if start > today else IN_FORCE


def condition_status(condition: Condition) -> Status:
    if condition.is_proved:
        return KEPT
    return NOT_SHOWN if condition.needs_proof else NO_PROOF_NEEDED


@dataclass(frozen=True)
class ConditionRow:
    condition: Condition
    status: Status


@dataclass(frozen=True)
class AgreementRow:
    """`ends_on` is the end in force today, with extensions."""

    agreement: Agreement
    status: Status
    ends_on: date | None
    parties: tuple[str, ...]


@dataclass(frozen=True)
class AgreementView:
    """`asked` is the question that the end of the agreement asks now, if it does."""

    status: Status
    ends_on: date | None
    extensions: tuple[Extension, ...]
    end_reviews: tuple[EndReview, ...]
    asked: OpenEndReview | None
    parties: tuple[AgreementParty, ...]
    timeline: Timeline
    conditions: tuple[ConditionRow, ...]
    reservations: tuple[Reservation, ...]
    decisions: tuple[Decision, ...]
    areas: tuple[str, ...]
    focus_areas: tuple[FocusArea, ...]


def agreement_rows(programme: Programme, today: date) -> tuple[AgreementRow, ...]:
    """The programme's agreements, latest first, with parties. Two queries."""
    return tuple(
        AgreementRow(
            agreement,
            agreement_status(agreement, today),
            agreement_terms.ends_on(agreement, today),
            tuple(str(party.organisation) for party in agreement.parties.all()),
        )
        for agreement in programme.agreements.select_related("programme").prefetch_related(
            "parties__organisation", "extensions"
        )
    )


def agreement_view(agreement: Agreement, today: date) -> AgreementView:
    """What stands in and beside the agreement, but for the obligations. Constant number of queries."""
    conditions = agreement.conditions.select_related(
        "proof_decision__programme", "proof_decision__body", "proof_file"
    )
    return AgreementView(
        status=agreement_status(agreement, today),
        ends_on=agreement_terms.ends_on(agreement, today),
        extensions=tuple(agreement_terms.extensions(agreement)),
        end_reviews=tuple(agreement.end_reviews.select_related("decision__programme")),
        asked=next(iter(agreement_terms.open_end_reviews([agreement], today)), None),
        parties=tuple(agreement.parties.select_related("organisation")),
        timeline=timeline(agreement, agreement.related.all(), today),
        conditions=tuple(ConditionRow(row, condition_status(row)) for row in conditions),
        reservations=tuple(agreement.reservations.all()),
        decisions=tuple(
            agreement.decisions.select_related("programme", "body", "letter").prefetch_related("follow_up_points")
        ),
        areas=tuple(str(area) for area in agreement.areas.all()),
        focus_areas=tuple(agreement.focus_areas.all()),
    )
