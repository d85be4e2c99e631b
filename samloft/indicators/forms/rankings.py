"""Which indicator the areas are put in order by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.indicators.forms.fields import indicator_choices
from samloft.indicators.queries.figures import Offer


class RankingForm(Form):
    """Cleans to the key of an indicator."""

    indicator = forms.ChoiceField(label=_("Indicator"))

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = list(indicator_choices(offer))  # type: ignore[attr-defined]
