"""The forms of a baseline: what it holds, and that it is frozen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.indicators.actions.baselines import BaselineValues
from samloft.indicators.forms.fields import area_choices, indicator_choices
from samloft.indicators.models import Baseline
from samloft.indicators.queries.figures import Offer
from samloft.programmes.forms.rows import RowForm, year_field
from samloft.programmes.models import Decision, Programme


class BaselineForm(RowForm):
    """Areas and indicators are chosen among those that are offered."""

    first_year = year_field(_("from year"))
    last_year = year_field(_("to year"))
    areas = forms.MultipleChoiceField(
        label=_("areas"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The areas you work in, and those you will compare them with."),
    )
    indicators = forms.MultipleChoiceField(label=_("indicators"), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Baseline
        fields = ("title", "introduction", "first_year", "last_year")
        help_texts = {
            "introduction": _(
                "Why you take stock, and what you have chosen to look at. Shown first in the report."
            ),
        }

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._areas = {str(area.pk): area for area in offer.areas}
        self._indicators = {each.indicator.key: each.indicator for each in offer.definitions}
        self.fields["first_year"].help_text = _("Leave it empty to take all the years there are.")
        self.fields["last_year"].help_text = _("The newest figure up to this year is the baseline.")
        self.fields["areas"].choices = area_choices(offer.areas)  # type: ignore[attr-defined]
        self.fields["indicators"].choices = indicator_choices(offer)  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["areas"] = [str(pk) for pk in self.instance.areas.values_list("pk", flat=True)]
            self.initial["indicators"] = list(self.instance.indicators.values_list("key", flat=True))

    def values(self) -> BaselineValues:
        cleaned = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return BaselineValues(
            areas=[self._areas[pk] for pk in self.cleaned_data["areas"]],
            indicators=[self._indicators[key] for key in self.cleaned_data["indicators"]],
            **cleaned,
        )


class FreezeForm(Form):
    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label=_("decision"),
        required=False,
        empty_label=_("None"),
        help_text=_("Choose it if a body has decided that this is the baseline."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, programme: Programme, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = programme.decisions.all()  # type: ignore[attr-defined]
        self.fields["version"].initial = version
