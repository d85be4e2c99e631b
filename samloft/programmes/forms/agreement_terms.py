"""The forms of how long an agreement lasts in the end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.programmes.actions.agreement_terms import EndReviewValues, ExtensionValues
from samloft.programmes.forms.rows import UploadField
from samloft.programmes.models import Decision, EndChoice, Programme, StoredFile


class _BesideADecision(Form):
    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["decision"]
        field.queryset = programme.decisions.all()


class ExtensionForm(_BesideADecision):
    signed_on = forms.DateField(label=_("the extension was signed"))
    valid_to = forms.DateField(label=_("the agreement now runs to"))
    decision = forms.ModelChoiceField(
        Decision.objects.none(), label=_("decision about it"), required=False, empty_label=_("none")
    )
    upload = UploadField(label=_("the extension as a file"))
    text = forms.CharField(label=_("about the extension"), widget=forms.Textarea, required=False)

    def values(self, *, document: StoredFile | None) -> ExtensionValues:
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != "upload"}
        return ExtensionValues(**cleaned, document=document)


class EndReviewForm(_BesideADecision):
    choice = forms.ChoiceField(
        label=_("what do the parties want?"), choices=EndChoice.choices, widget=forms.RadioSelect
    )
    decided_on = forms.DateField(label=_("date of the choice"))
    decision = forms.ModelChoiceField(
        Decision.objects.none(), label=_("decision about it"), required=False, empty_label=_("none")
    )
    note = forms.CharField(label=_("why"), widget=forms.Textarea, required=False)

    def values(self, *, months_before: int) -> EndReviewValues:
        return EndReviewValues(months_before=months_before, **self.cleaned_data)
