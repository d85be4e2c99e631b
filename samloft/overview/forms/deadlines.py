"""The filter above the list of deadlines. Values that are not choices are left out instead of refused."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.overview.queries.deadlines import StatusGroup, Wanted

Choices = list[tuple[int, str]]


class DeadlineFilterForm(Form):
    group = forms.ChoiceField(label=_("State"), required=False, choices=StatusGroup.choices)
    programme = forms.TypedChoiceField(label=_("Programme"), required=False, coerce=int, empty_value=None)
    organisation = forms.TypedChoiceField(label=_("Owed by"), required=False, coerce=int, empty_value=None)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, programmes: Choices, organisations: Choices, years: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        for name, found in (
            ("programme", programmes),
            ("organisation", organisations),
            ("year", [(year, str(year)) for year in years]),
        ):
            self.fields[name].choices = [everything, *found]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        return Wanted(
            programme=data.get("programme"),
            organisation=data.get("organisation"),
            group=data.get("group") or StatusGroup.NOW,
            year=data.get("year"),
        )
