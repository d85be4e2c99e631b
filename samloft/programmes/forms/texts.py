"""A text of a governing document, and one under a title of its own."""

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


class TitledTextForm(TextForm):
    title = forms.CharField(label=_("title"), max_length=120)
    field_order = ["title", "text"]
