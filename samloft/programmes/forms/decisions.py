"""The forms of decisions, follow-up points and the table of who decides what."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.programmes.actions.decision_rights import DecisionRightValues
from samloft.programmes.actions.decisions import DecisionValues, FollowUpPointValues
from samloft.programmes.actions.written_answers import WrittenAnswerValues
from samloft.programmes.forms.rows import RowForm, UploadField, YesNoUnknownField
from samloft.programmes.models import (
    Body,
    Decision,
    DecisionRight,
    FollowUpPoint,
    Goal,
    Programme,
    Step,
    StoredFile,
    WrittenAnswer,
)


def offer(field: forms.Field, bodies: QuerySet[Body], empty: object | None = None) -> None:
    """Offer these bodies only. The field still takes every body of the programme: the action judges and logs."""
    choices: list[tuple[Any, Any]] = [(body.pk, str(body)) for body in bodies]
    if empty is not None or len(choices) != 1:
        choices.insert(0, ("", empty or _("Choose …")))
    field.widget.choices = choices


class DecisionForm(RowForm):
    """`bodies` are those that the user records for; `unknown_body` says whether the body may be left out."""

    unanimous = YesNoUnknownField(label=_("unanimous"))
    upload = UploadField(
        label=_("letter or minutes"), help_text=_("A file that shows the decision. A new one takes its place.")
    )

    class Meta:
        model = Decision
        fields = [
            "title",
            "body",
            "step",
            "decided_on",
            "case_number",
            "wording",
            "unanimous",
            "is_assumed",
        ]
        labels = {"body": _("body")}
        help_texts = {
            "title": _("A few words, such as “Action plan 2027”."),
            "body": _("The bodies that you record for."),
            "step": _("Leave it empty for a decision that takes none of these steps."),
            "decided_on": _("Leave it empty when nobody knows."),
            "wording": _("What was decided, as it stands in the minutes."),
        }

    def __init__(
        self, *args: Any, programme: Programme, bodies: QuerySet[Body], unknown_body: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # What was decided by whom stands; a wrong one is a new decision.
            del self.fields["body"], self.fields["step"]
            return
        self.fields["body"].queryset = programme.bodies.all()  # type: ignore[attr-defined]
        self.fields["body"].required = not unknown_body
        offer(self.fields["body"], bodies, _("Unknown") if unknown_body else None)

    def values(self, *, letter: StoredFile | None) -> DecisionValues:
        cleaned = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        body = cleaned.pop("body", self.instance.body)
        step = cleaned.pop("step", self.instance.step)
        return DecisionValues(**cleaned, body=body, step=Step(step) if step else None, letter=letter)


class FollowUpPointForm(RowForm):
    class Meta:
        model = FollowUpPoint
        fields = ["text", "due_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def values(self) -> FollowUpPointValues:
        return FollowUpPointValues(text=self.cleaned_data["text"], due_on=self.cleaned_data["due_on"])


class WrittenAnswerForm(RowForm):
    class Meta:
        model = WrittenAnswer
        fields = ["text", "answered_on", "decision", "edition"]
        labels = {
            "decision": _("decision it rests on"),
            "edition": _("issued document it stands in"),
        }
        help_texts = {
            "text": _("What has been done, or where the answer stands. Write no names of persons."),
            "answered_on": _("Leave it empty when nobody knows."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, programme: Programme, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = programme.decisions.exclude(pk=decision.pk)
        self.fields["decision"].queryset = others  # type: ignore[attr-defined]
        editions = programme.editions.defer("blocks", "blocks_other")
        self.fields["edition"].queryset = editions  # type: ignore[attr-defined]

    def values(self) -> WrittenAnswerValues:
        return WrittenAnswerValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class NewPointForm(Form):
    """One row of the points that come with a new decision; an empty row is no point."""

    text = forms.CharField(label=_("what is asked for"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = forms.DateField(label=_("due"), required=False, widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("due_on") and not cleaned.get("text"):
            self.add_error("text", _("Write what is asked for, or leave the date empty."))
        return cleaned


NewPointFormSet = forms.formset_factory(NewPointForm, extra=3, max_num=20)


def new_points(formset: Any) -> list[FollowUpPointValues]:
    """The rows that somebody has filled in."""
    return [
        FollowUpPointValues(text=row["text"], due_on=row["due_on"])
        for row in (form.cleaned_data for form in formset.forms)
        if row.get("text")
    ]


class GoalsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no brackets at run time
    """Goals with their level."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_level_display()}: {obj.text}"


class AdoptGoalsForm(Form):
    """Which goals a body has adopted, and the decision about it."""

    goals = GoalsField(Goal.objects.none(), label=_("goals that are adopted"), widget=forms.CheckboxSelectMultiple)
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("body"),
        help_text=_("Bodies that adopt goals and that you record for."),
    )
    decided_on = forms.DateField(
        label=_("date"), required=False, widget=forms.DateInput, help_text=_("Leave it empty when nobody knows.")
    )
    case_number = forms.CharField(label=_("case number"), required=False, max_length=60)
    wording = forms.CharField(label=_("wording"), required=False, widget=forms.Textarea)
    unanimous = YesNoUnknownField(label=_("unanimous"))
    is_assumed = forms.BooleanField(
        label=_("assumed"),
        required=False,
        help_text=_("No document shows this; it is entered so that the work can go on."),
    )

    def __init__(
        self, *args: Any, programme: Programme, goals: QuerySet[Goal], bodies: QuerySet[Body], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goals"].queryset = goals  # type: ignore[attr-defined]
        self.fields["body"].queryset = programme.bodies.all()  # type: ignore[attr-defined]
        offer(self.fields["body"], bodies)

    def values(self, *, title: str) -> DecisionValues:
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != "goals"}
        return DecisionValues(**cleaned, title=title, step=Step.ADOPT_GOALS)


class DecisionRightForm(RowForm):
    class Meta:
        model = DecisionRight
        fields = ["step", "body", "delegated_from", "basis", "starts_on", "ends_on"]
        labels = {
            "body": _("body"),
            "delegated_from": _("handed on by"),
            "basis": _("decision that says so"),
        }
        help_texts = {
            "delegated_from": _(
                "The body that has handed the right on. Leave it empty when the right is its own."
            ),
            "ends_on": _("The last day. Leave it empty when no end is set."),
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("body", "delegated_from"):
            self.fields[name].queryset = programme.bodies.all()  # type: ignore[attr-defined]
        self.fields["basis"].queryset = programme.decisions.all()  # type: ignore[attr-defined]

    def values(self) -> DecisionRightValues:
        return DecisionRightValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})
