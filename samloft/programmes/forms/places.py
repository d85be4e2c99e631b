"""The forms of organisations, municipalities and logos, for operators."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.accounts.actions.organisations import OrganisationValues
from samloft.accounts.models import Organisation
from samloft.core.forms import Form, ModelForm
from samloft.places.models import LanguageForm
from samloft.programmes.actions.municipalities import MunicipalityValues
from samloft.programmes.forms.rows import PICTURES, UploadField


class OrganisationForm(ModelForm):
    class Meta:
        model = Organisation
        fields = ["name", "kind", "municipality", "county"]
        labels = {"municipality": _("municipality"), "county": _("county")}
        help_texts = {
            "municipality": _("For a municipality and what belongs to it."),
            "county": _("For a county governor or county authority."),
        }

    def validate_unique(self) -> None:
        """Left to the action, which says what to do."""

    def values(self) -> OrganisationValues:
        return OrganisationValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class MunicipalityForm(Form):
    name = forms.CharField(label=_("name"), max_length=100)
    language_form = forms.ChoiceField(
        label=_("language form"),
        choices=LanguageForm.choices,
        help_text=_("The written standard of the municipality's letters and documents."),
    )


class NewMunicipalityForm(MunicipalityForm):
    code = forms.CharField(label=_("municipality code"), max_length=4, help_text=_("Four digits, such as 3118."))
    county_name = forms.CharField(
        label=_("county"),
        max_length=100,
        required=False,
        help_text=_("Needed for the first municipality of a county."),
    )
    field_order = ["code", "name"]

    def values(self) -> MunicipalityValues:
        return MunicipalityValues(**self.cleaned_data)


class CountyForm(Form):
    language_form = forms.ChoiceField(
        label=_("language form"),
        choices=LanguageForm.choices,
        help_text=_("The written standard of the county authority's letters and documents."),
    )
    logo = UploadField(
        label=_("logo"),
        accept=PICTURES,
        help_text=_("PNG or JPEG, at most 1 MB. Leave it empty to keep the logo that is there."),
    )


class LogoForm(Form):
    logo = UploadField(
        label=_("logo"),
        accept=PICTURES,
        help_text=_("PNG or JPEG, at most 1 MB. It stands on the cover of the documents."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["logo"].required = True
