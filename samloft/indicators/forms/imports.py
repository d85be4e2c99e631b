"""The form with which a file of figures comes in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from samloft.core.forms import Form
from samloft.indicators.actions.imports import FileOrigin, Owner
from samloft.places.models import Municipality
from samloft.programmes.models import Programme

ACCEPTED_TYPES = ".json,.csv,.xlsx,.txt"


class StatisticsFileForm(Form):
    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("JSON-stat, CSV or Excel (.xlsx). Nothing counts until you accept it."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED_TYPES}),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Who made the figures. Leave it empty when the file says so itself."),
        max_length=200,
        required=False,
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        help_text=gettext_lazy("Such as NLOD or CC BY 4.0."),
        max_length=60,
        required=False,
    )
    retrieved_on = forms.DateField(label=gettext_lazy("Retrieved"), required=False, widget=forms.DateInput)
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Whose figures"),
        help_text=gettext_lazy("Only the programmes of this municipality, and of its county, will see its zones."),
        queryset=Municipality.objects.none(),
    )

    def __init__(self, *args: Any, programme: Programme | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._programme = programme
        if programme is not None and programme.county_id:
            field = self.fields["municipality"]
            field.queryset = Municipality.objects.filter(county=programme.county_id)  # type: ignore[attr-defined]
        else:
            del self.fields["municipality"]

    def owner(self) -> Owner:
        if self._programme is None:
            return Owner()
        chosen = self.cleaned_data.get("municipality")
        return Owner(chosen or self._programme.municipality, self._programme)

    def origin(self) -> FileOrigin:
        return FileOrigin(
            source=self.cleaned_data["source"],
            licence=self.cleaned_data["licence"],
            retrieved_on=self.cleaned_data["retrieved_on"],
        )
