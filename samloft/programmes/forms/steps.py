"""What is written down about a step: the decision that carries it, the sending, the answer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.programmes.actions.decisions import FollowUpPointValues
from samloft.programmes.actions.steps import DispatchValues, StepDecision
from samloft.programmes.models import AnswerKind, Body, Channel

YES_NO_UNKNOWN = [("", _("Unknown")), ("yes", _("Yes")), ("no", _("No"))]


class DecisionForm(Form):
    """A decision by one of the bodies that take the step and that the user may record for."""

    body = forms.ModelChoiceField(Body.objects.none(), label=_("Body"), empty_label=None)
    decided_on = forms.DateField(
        label=_("date of the decision"),
        required=False,
        help_text=_("Leave it empty when nobody knows; it then shows as unknown."),
    )
    case_number = forms.CharField(label=_("case number"), max_length=60, required=False)
    wording = forms.CharField(
        label=_("wording"),
        required=False,
        widget=forms.Textarea,
        help_text=_("What was decided, word for word if you have it."),
    )
    unanimous = forms.ChoiceField(label=_("unanimous"), choices=YES_NO_UNKNOWN, required=False)
    follow_up_points = forms.CharField(
        label=_("follow-up points"),
        required=False,
        widget=forms.Textarea,
        help_text=_("What the body asks to have followed up: one point on each line."),
    )
    is_assumed = forms.BooleanField(
        label=_("assumed"),
        required=False,
        help_text=_("No document shows this decision; it is entered so that the work can go on."),
    )

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- for the type checker
        field.queryset = bodies

    def clean_decided_on(self) -> date | None:
        day: date | None = self.cleaned_data["decided_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("The date is in the future. Record the decision when it has been made."))
        return day

    def decision(self) -> StepDecision:
        """What was written, for the action. Belongs after `is_valid()`."""
        data = self.cleaned_data
        return StepDecision(
            body=data["body"],
            decided_on=data["decided_on"],
            case_number=data.get("case_number", ""),
            wording=data.get("wording", ""),
            unanimous={"yes": True, "no": False}.get(data.get("unanimous", "")),
            is_assumed=data.get("is_assumed", False),
            follow_up_points=tuple(_points(data.get("follow_up_points", "").splitlines())),
        )


def _points(lines: Iterable[str]) -> Iterable[FollowUpPointValues]:
    return (FollowUpPointValues(line.strip(" –-•\t")) for line in lines if line.strip(" –-•\t"))


class DispatchForm(DecisionForm):
    recipient = forms.ModelChoiceField(Body.objects.none(), label=_("sent to"), empty_label=None)
    sent_on = forms.DateField(label=_("sent"))
    channel = forms.ChoiceField(label=_("how"), choices=Channel.choices)
    receipt = forms.CharField(
        label=_("receipt or journal number"),
        max_length=120,
        required=False,
        help_text=_("What shows that it arrived."),
    )
    unanimous = None  # type: ignore[assignment]
    follow_up_points = None  # type: ignore[assignment]
    field_order = ["recipient", "sent_on", "channel", "receipt", "body", "decided_on", "case_number", "wording"]

    def __init__(self, *args: Any, recipients: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("who decides that it is sent")
        field = self.fields["recipient"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- for the type checker
        field.queryset = recipients

    def clean_sent_on(self) -> date:
        day: date = self.cleaned_data["sent_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date is in the future. Record the dispatch when it has been sent."))
        return day

    def sending(self) -> DispatchValues:
        data = self.cleaned_data
        return DispatchValues(
            recipient=data["recipient"],
            sent_on=data["sent_on"],
            channel=Channel(data["channel"]),
            receipt=data["receipt"],
        )


class AnswerForm(DecisionForm):
    """`needs_letter` for those who do not record for the ministry itself; `takes_award` when it may be a grant."""

    kind = forms.ChoiceField(label=_("answer"), choices=AnswerKind.choices, widget=forms.RadioSelect)
    letter = forms.FileField(label=_("the letter"), required=False)
    unanimous = None  # type: ignore[assignment]
    field_order = ["kind", "letter", "body", "decided_on", "case_number", "wording", "follow_up_points"]

    def __init__(self, *args: Any, needs_letter: bool, takes_award: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_letter = needs_letter
        # Whoever answers for the ministry does not record its silence.
        without = {AnswerKind.NO_ANSWER} if not needs_letter else set()
        without |= set() if takes_award else {AnswerKind.GRANT_LETTER}
        kinds = [choice for choice in AnswerKind.choices if choice[0] not in without]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["body"].label = _("who answers")
        self.fields["decided_on"].label = _("date of the answer")
        self.fields["letter"].help_text = (
            _("The programme records the answer with the letter attached. “No answer” needs none.")
            if needs_letter
            else _("Attach the letter if there is one.")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_answered = data.get("kind") != AnswerKind.NO_ANSWER
        if self.needs_letter and is_answered and "kind" in data and not data.get("letter"):
            self.add_error("letter", _("Attach the letter that the answer came in."))
        return data


class ReturnForm(DecisionForm):
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea,
        help_text=_("What must be changed before it comes back."),
    )
    letter = forms.FileField(label=_("the letter"), required=False)
    unanimous = None  # type: ignore[assignment]
    follow_up_points = None  # type: ignore[assignment]
    wording = None  # type: ignore[assignment]
    field_order = ["reason", "letter", "body", "decided_on", "case_number"]

    def __init__(self, *args: Any, takes_letter: bool, needs_letter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not takes_letter:
            del self.fields["letter"]
        elif needs_letter:
            self.fields["letter"].required = True


class ReviseForm(Form):
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea,
        help_text=_("Why what was adopted must be changed. The reason stands in the history."),
    )
