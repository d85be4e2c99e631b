"""The forms of what a sub-goal aims at: first which indicator and where, then the figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.indicators.actions.goal_targets import TargetValues
from samloft.indicators.forms.fields import NOT_CHOSEN, FigureField, PeriodField, area_choices, indicator_choices
from samloft.indicators.models import GoalTarget, Indicator
from samloft.indicators.queries.figures import Offer
from samloft.places.models import Area
from samloft.programmes.forms.rows import RowForm


class TargetSubjectForm(Form):
    """Cleans to an Indicator and an Area among those that are offered."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    area = forms.ChoiceField(label=_("Area"), help_text=_("Where it is to be measured."))

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._indicators = {definition.indicator.key: definition.indicator for definition in offer.definitions}
        self._areas = {str(area.pk): area for area in offer.areas}
        choices = [NOT_CHOSEN, *indicator_choices(offer)]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]
        self.fields["area"].choices = [NOT_CHOSEN, *area_choices(offer.areas)]  # type: ignore[attr-defined]

    def clean_indicator(self) -> Indicator:
        return self._indicators[self.cleaned_data["indicator"]]

    def clean_area(self) -> Area:
        return self._areas[self.cleaned_data["area"]]


class TargetForm(RowForm):
    baseline_value = FigureField(label=_("baseline"), help_text=_("Leave it empty while nobody knows."))
    baseline_period = PeriodField(
        label=_("period of the baseline"), help_text=_("A year, such as 2024, or a period, such as 2019–2021.")
    )
    target_value = FigureField(label=_("target value"), help_text=_("Leave it empty until it is decided."))

    class Meta:
        model = GoalTarget
        fields = ("baseline_value", "baseline_period", "target_value", "target_on", "measured_by")
        help_texts = {"measured_by": _("A role or a unit, not a person's name.")}
        widgets = {"target_on": forms.DateInput}

    def values(self) -> TargetValues:
        return TargetValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})
