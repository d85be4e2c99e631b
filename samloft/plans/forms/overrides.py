"""Setting aside a finding of the plan check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form


class OverrideForm(Form):
    code = forms.CharField(widget=forms.HiddenInput)
    subject = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Why the plan is right as it is. The reason and your name are kept with the plan."),
    )
