"""What answers one of the state's goals, and what to carry over from the year before."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.plans.models import Measure, Phase
from samloft.plans.queries.national_links import Recurrence
from samloft.programmes.models import Goal, NationalGoal, Programme


class _ByFocusArea(ModelChoiceIterator):  # type: ignore[type-arg]  # no brackets at run time
    def __iter__(self) -> Iterator[Any]:
        for area, records in groupby(self.queryset, key=lambda record: record.focus_area):
            yield area.name if area else _("No focus area"), [self.choice(record) for record in records]


class _LinkedField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no brackets at run time
    iterator = _ByFocusArea


class NationalLinksForm(Form):
    """A tick for each goal and measure of the programme. Goals are left out for those who do not edit them."""

    goals = _LinkedField(
        Goal.objects.none(), label=_("The programme's goals"), required=False, widget=forms.CheckboxSelectMultiple
    )
    measures = _LinkedField(
        Measure.objects.none(), label=_("Measures"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, programme: Programme, national_goal: NationalGoal, with_goals: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        linked = Measure.objects.filter(programme=programme, national_goals=national_goal)
        open_ones = Measure.objects.filter(programme=programme).exclude(phase=Phase.CLOSED)
        offered = Measure.objects.filter(pk__in=open_ones.values("pk")) | Measure.objects.filter(
            pk__in=linked.values("pk")
        )
        self._offer("measures", offered.order_by("focus_area__position", "focus_area", "number"), linked)
        if with_goals:
            goals = programme.goals.order_by("focus_area__position", "focus_area", "position", "pk")
            self._offer("goals", goals, programme.goals.filter(national_goals=national_goal))
        else:
            del self.fields["goals"]

    def _offer(self, name: str, records: Any, linked: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = records.select_related("focus_area")
        field.initial = list(linked.values_list("pk", flat=True))


class CarryLinksForm(Form):
    """For each goal that recurs, the links of before; those of a goal with the same words are ticked."""

    def __init__(self, *args: Any, recurrences: Sequence[Recurrence], with_goals: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recurrences = recurrences
        for one in recurrences:
            choices = [
                (f"measure-{measure.pk}", _("Measure: %(name)s") % {"name": measure}) for measure in one.measures
            ]
            if with_goals:
                choices = [
                    (f"goal-{goal.pk}", _("Goal: %(name)s") % {"name": goal}) for goal in one.goals
                ] + choices
            if not choices:
                continue
            before = _("In %(year)s it read: “%(text)s”") % {"year": one.before.year, "text": one.before}
            self.fields[f"national_{one.now.pk}"] = forms.MultipleChoiceField(
                label=one.now.text,
                help_text="" if one.is_unchanged else before,
                choices=choices,
                required=False,
                initial=[value for value, _label in choices] if one.is_unchanged else [],
                widget=forms.CheckboxSelectMultiple,
            )

    def goals(self) -> list[tuple[Goal, NationalGoal]]:
        return [
            (goal, one.now) for one in self.recurrences for goal in one.goals if self._has(one, f"goal-{goal.pk}")
        ]

    def measures(self) -> list[tuple[Measure, NationalGoal]]:
        return [
            (measure, one.now)
            for one in self.recurrences
            for measure in one.measures
            if self._has(one, f"measure-{measure.pk}")
        ]

    def _has(self, one: Recurrence, value: str) -> bool:
        return value in self.cleaned_data.get(f"national_{one.now.pk}", ())
