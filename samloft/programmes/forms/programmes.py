"""The forms of a programme and its focus areas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import Organisation
from samloft.places.models import County, Municipality
from samloft.programmes.actions.focus_areas import FocusAreaValues
from samloft.programmes.actions.programmes import ProgrammeValues
from samloft.programmes.forms.rows import RowForm
from samloft.programmes.models import FocusArea, Programme


class ProgrammeForm(RowForm):
    areas = forms.CharField(
        label=_("areas"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line: the town centre, neighbourhood or district that the programme works in."),
    )

    class Meta:
        model = Programme
        fields = ["name", "basis", "basis_on", "starts_on", "ends_on", "purpose", "target_groups"]
        help_texts = {
            "basis_on": _("When the agreement was signed, the strategy adopted or the letter sent."),
            "ends_on": _("Leave it empty when no end is set. Measures may live longer than the programme."),
        }

    field_order = ["name", "areas"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["areas"] = "\n".join(str(area) for area in self.instance.areas.all())

    def values(self) -> ProgrammeValues:
        cleaned = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return ProgrammeValues(**cleaned, areas=self.cleaned_data["areas"].splitlines())


class StartProgrammeForm(ProgrammeForm):
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("Municipality"), required=False, empty_label=_("None")
    )
    county = forms.ModelChoiceField(
        County.objects.all(),
        label=_("County"),
        required=False,
        empty_label=_("None"),
        help_text=_("Only when the county authority owns the programme, and no municipality does."),
    )
    slug = forms.SlugField(
        label=_("short name in addresses"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, such as “mysen”. It cannot be changed later."),
    )
    leader_email = forms.EmailField(
        label=_("programme leader's e-mail address"),
        help_text=_("The leader gets the first seat and gives out the others."),
    )
    leader_name = forms.CharField(
        label=_("programme leader's name"),
        required=False,
        help_text=_("Needed when the person has no account yet. A mail with a link is sent then."),
    )
    leader_organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("programme leader's organisation"), required=False
    )

    field_order = ["name", "slug", "municipality", "county", "areas"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("municipality")) == bool(cleaned.get("county")):
            self.add_error(
                "municipality", _("Choose the municipality that owns the programme, or the county: one of them.")
            )
        return cleaned


class FocusAreaForm(RowForm):
    class Meta:
        model = FocusArea
        fields = ["name", "kind", "description"]

    def values(self) -> FocusAreaValues:
        return FocusAreaValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})
