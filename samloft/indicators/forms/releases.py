"""The forms of publishing: which indicator, and then which areas and years."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.indicators.forms.fields import NOT_CHOSEN, area_choices, indicator_choices
from samloft.indicators.queries.figures import Offer
from samloft.places.models import Area
from samloft.programmes.forms.rows import year_field


class ReleaseSubjectForm(Form):
    """Cleans to the key of an indicator."""

    indicator = forms.ChoiceField(label=_("Indicator"))

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [NOT_CHOSEN, *indicator_choices(offer)]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]


class ReleaseForm(Form):
    """What the table holds. `checksum` comes with the table that was shown, and says which it was."""

    areas = forms.MultipleChoiceField(label=_("areas"), widget=forms.CheckboxSelectMultiple)
    first_year = year_field(_("from year"))
    last_year = year_field(_("to year"))

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._areas = {str(area.pk): area for area in offer.areas}
        self.fields["areas"].choices = area_choices(offer.areas)  # type: ignore[attr-defined]

    def chosen_areas(self) -> list[Area]:
        """In the order in which they were offered."""
        return [area for pk, area in self._areas.items() if pk in self.cleaned_data["areas"]]

    def years(self) -> tuple[int | None, int | None]:
        return self.cleaned_data["first_year"], self.cleaned_data["last_year"]
