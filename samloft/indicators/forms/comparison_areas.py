"""Which areas an area is held up against."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.indicators.forms.fields import area_choices
from samloft.places.models import Area


class ComparisonForm(Form):
    """Cleans to a list of Area among those that are offered."""

    areas = forms.MultipleChoiceField(
        label=_("Areas to compare with"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Choose areas that are alike in size and housing, at most four. "
            "The municipality, the county and the country are always there."
        ),
    )

    def __init__(self, *args: Any, areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._areas = {str(area.pk): area for area in areas}
        self.fields["areas"].choices = area_choices(areas)  # type: ignore[attr-defined]

    def clean_areas(self) -> list[Area]:
        return [self._areas[key] for key in self.cleaned_data["areas"]]
