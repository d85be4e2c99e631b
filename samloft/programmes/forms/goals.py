"""The forms of goals, and of the state's goals."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.actions.national_goals import NationalGoalValues
from samloft.programmes.forms.rows import RowForm, year_field
from samloft.programmes.models import Goal, GoalLevel, NationalGoal, OverarchingGoal, Programme

# A plan for next year is written while this year's still runs; links to earlier years stay as they are.
YEARS_OFFERED = 2


class _ByYear(ModelChoiceIterator):  # type: ignore[type-arg]  # no brackets at run time
    """The choices under their budget year."""

    def __iter__(self) -> Iterator[Any]:
        for year, goals in groupby(self.queryset, key=attrgetter("year")):
            yield _("State budget %(year)s") % {"year": year}, [self.choice(goal) for goal in goals]


class NationalGoalsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no brackets at run time
    """The state's goals of the latest years by year; `offer` adds those that are chosen already."""

    iterator = _ByYear

    def __init__(self, *, label: Any) -> None:
        super().__init__(
            NationalGoal.objects.none(), label=label, required=False, widget=forms.CheckboxSelectMultiple
        )

    def offer(self, chosen: Iterable[NationalGoal]) -> None:
        """Once for each form. A link that is not offered would be lost when the form is saved."""
        years = NationalGoal.objects.order_by("-year").values_list("year", flat=True).distinct()[:YEARS_OFFERED]
        self.queryset = NationalGoal.objects.filter(Q(year__in=list(years)) | Q(pk__in=[one.pk for one in chosen]))

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.position}. {obj.text}"


class _ByPlan(ModelChoiceIterator):  # type: ignore[type-arg]  # no brackets at run time
    """The choices under the plan they stand in."""

    def __iter__(self) -> Iterator[Any]:
        for plan, goals in groupby(self.queryset, key=attrgetter("plan")):
            yield plan.title, [self.choice(goal) for goal in goals]


class OverarchingGoalsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no brackets at run time
    iterator = _ByPlan


class GoalForm(RowForm):
    national_goals = NationalGoalsField(label=_("national goals that it serves"))

    overarching_goals = OverarchingGoalsField(
        OverarchingGoal.objects.none(),
        label=_("goals of overarching plans that it follows"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Goal
        fields = ["text", "level", "track", "parent", "focus_area", "national_goals", "overarching_goals"]
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
        national: Any = self.fields["national_goals"]
        national.offer(self.instance.national_goals.all() if self.instance.pk else ())
        if not national.queryset:
            del self.fields["national_goals"]
        above_all: Any = self.fields["overarching_goals"]
        above_all.queryset = OverarchingGoal.objects.filter(plan__built_on_by=programme).select_related("plan")
        if not above_all.queryset:
            del self.fields["overarching_goals"]

    def values(self) -> GoalValues:
        cleaned = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        for name in ("national_goals", "overarching_goals"):
            cleaned[name] = tuple(cleaned.get(name, ()))
        return GoalValues(**cleaned)


class NationalGoalForm(RowForm):
    year = year_field(_("budget year"), required=True)

    class Meta:
        model = NationalGoal
        fields = ["year", "position", "text", "source"]
        help_texts = {"source": _("Where the goal stands, such as “Prop. 1 S (2025–2026), chapter 590”.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def values(self) -> NationalGoalValues:
        return NationalGoalValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})
