"""Forms of what hangs on a measure: partners, origins, goals, answers to decisions."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form, ModelForm
from samloft.plans.actions.origins import OriginValues
from samloft.plans.actions.partners import PartnerValues
from samloft.plans.forms.measures import UNKNOWN
from samloft.plans.models import Measure, Origin, Partner, Sector
from samloft.programmes.forms.goals import NationalGoalsField
from samloft.programmes.models import Decision, FollowUpPoint, Goal, GoalTrack
from samloft.programmes.queries.goals import SubGoal, sub_goals


class PartnerForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Partner
        fields = ("name", "sector", "contribution")
        help_texts = {
            "name": _("An organisation or a unit, not a person's name."),
            "contribution": _("For example rooms, people or money."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["sector"].choices = [UNKNOWN, *Sector.choices]  # type: ignore[attr-defined]

    def values(self) -> PartnerValues:
        return PartnerValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class OriginForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Origin
        fields = ("kind", "text", "happened_on", "year", "decision", "earlier_measure")
        labels = {"decision": _("Decision"), "earlier_measure": _("Earlier measure")}
        help_texts = {
            "text": _("A sentence or two. Write no names of persons."),
            "decision": _("Choose it if a recorded decision is the origin."),
            "earlier_measure": _("Choose it if this measure grew out of another one."),
        }

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        decision, earlier = self.fields["decision"], self.fields["earlier_measure"]
        decision.queryset = Decision.objects.filter(programme=measure.programme_id)  # type: ignore[attr-defined]
        decision.empty_label = _("None")  # type: ignore[attr-defined]
        others = Measure.objects.filter(programme=measure.programme_id).exclude(pk=measure.pk).order_by("name")
        earlier.queryset = others  # type: ignore[attr-defined]
        earlier.empty_label = _("None")  # type: ignore[attr-defined]

    def values(self) -> OriginValues:
        return OriginValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class GoalRow(NamedTuple):
    sub: SubGoal
    serves: BoundField
    weight: BoundField


class GoalsForm(Form):
    """A tick and a weight for each sub-goal of the programme, and a tick for each goal of the state."""

    national_goals = NationalGoalsField(label=_("Goals in the state budget"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = measure.version
        self.subs = sub_goals(measure.programme)
        self.goals = [sub.goal for sub in self.subs]
        stored = dict(measure.goal_links.values_list("goal_id", "weight"))
        for goal in self.goals:
            self.fields[f"goal_{goal.pk}"] = forms.BooleanField(
                label=goal.text, required=False, initial=goal.pk in stored
            )
            self.fields[f"weight_{goal.pk}"] = forms.IntegerField(
                label=_("weight (%)"),
                required=False,
                min_value=1,
                max_value=100,
                initial=stored.get(goal.pk),
                widget=forms.NumberInput({"aria-label": _("Weight in percent: %(goal)s") % {"goal": goal.text}}),
            )
        chosen = list(measure.national_goals.all())
        field = self.fields["national_goals"]
        field.offer(chosen)  # type: ignore[attr-defined]
        field.initial = [goal.pk for goal in chosen]

    def tracks(self) -> Iterator[tuple[str, list[GoalRow]]]:
        """The sub-goals in two tracks."""
        for track in GoalTrack:
            yield (
                str(track.label),
                [
                    GoalRow(sub, self[f"goal_{sub.goal.pk}"], self[f"weight_{sub.goal.pk}"])
                    for sub in self.subs
                    if sub.goal.track == track
                ],
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for goal in self.goals:
            if data.get(f"weight_{goal.pk}") and not data.get(f"goal_{goal.pk}"):
                self.add_error(f"goal_{goal.pk}", _("Tick the goal as well, or remove its weight."))
        return data

    def weights(self) -> dict[Goal, int | None]:
        data = self.cleaned_data
        return {goal: data.get(f"weight_{goal.pk}") for goal in self.goals if data[f"goal_{goal.pk}"]}


class PointAnswerForm(Form):
    """Which measure answers a point of a decision, and how."""

    measure = forms.ModelChoiceField(Measure.objects.none(), label=_("Measure"))
    text = forms.CharField(label=_("How it answers"), required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, point: FollowUpPoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Measure.objects.filter(programme=point.decision.programme_id).order_by("name")
        self.fields["measure"].queryset = found  # type: ignore[attr-defined]


class MeasureAnswerForm(Form):
    """Which point of a decision a measure answers, and how."""

    point = forms.ModelChoiceField(FollowUpPoint.objects.none(), label=_("Point of a decision"))
    text = forms.CharField(label=_("How it answers"), required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = FollowUpPoint.objects.filter(decision__programme=measure.programme_id).select_related("decision")
        field = self.fields["point"]
        field.queryset = points.exclude(measure_answers__measure=measure)  # type: ignore[attr-defined]
        field.label_from_instance = lambda point: f"{point.decision}: {point.text}"[:160]  # type: ignore[attr-defined]


class AnswerTextForm(Form):
    text = forms.CharField(label=_("How it answers"), required=False, widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
