"""Texts of the plan, and the delivery of a focus area's part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form


class TextForm(Form):
    text = forms.CharField(
        label=_("text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("A blank line begins a new paragraph; lines that begin with a hyphen become a list."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DeliveryForm(Form):
    due_on = forms.DateField(label=_("to be delivered by"), required=False)
    delivered_on = forms.DateField(
        label=_("delivered"), required=False, help_text=_("Leave empty while the part is not ready.")
    )
