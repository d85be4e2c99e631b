"""The forms of goals, and of the state's goals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.actions.national_goals import NationalGoalValues
from samloft.programmes.forms.rows import RowForm, year_field
from samloft.programmes.models import Goal, GoalLevel, NationalGoal, Programme


class NationalGoalsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no brackets at run time
    """The state's goals with their year and number, latest year first."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.year}.{obj.position} {obj.text}"


class GoalForm(RowForm):
    national_goals = NationalGoalsField(
        NationalGoal.objects.all(),
        label=_("national goals that it serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Goal
        fields = ["text", "level", "track", "parent", "focus_area", "national_goals"]
        labels = {
            "parent": _("belongs to"),
            "focus_area": _("focus area or sub-programme"),
        }
        help_texts = {
            "track": _("For sub-goals only: who will notice that the goal is reached?"),
            "parent": _("An overall goal belongs to a main goal, a sub-goal to an overall goal or a main goal."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = programme.goals.exclude(level=GoalLevel.SUB).exclude(pk=self.instance.pk or 0)
        self.fields["parent"].queryset = above  # type: ignore[attr-defined]
        self.fields["focus_area"].queryset = programme.focus_areas.all()  # type: ignore[attr-defined]
        if not NationalGoal.objects.exists():
            del self.fields["national_goals"]

    def values(self) -> GoalValues:
        cleaned = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        national = tuple(cleaned.pop("national_goals", ()))
        return GoalValues(**cleaned, national_goals=national)


class NationalGoalForm(RowForm):
    year = year_field(_("budget year"), required=True)

    class Meta:
        model = NationalGoal
        fields = ["year", "position", "text", "source"]
        help_texts = {"source": _("Where the goal stands, such as “Prop. 1 S (2025–2026), chapter 590”.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def values(self) -> NationalGoalValues:
        return NationalGoalValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})
