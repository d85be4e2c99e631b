"""How a person wants to be reminded."""

from django import forms

from samloft.core.forms import ModelForm
from samloft.overview.models import NoticePreference


class NoticeForm(ModelForm):
    class Meta:
        model = NoticePreference
        fields = ("when", "language")
        widgets = {"when": forms.RadioSelect}
