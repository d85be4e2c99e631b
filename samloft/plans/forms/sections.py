"""The delivery of a focus area's part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form


class DeliveryForm(Form):
    due_on = forms.DateField(label=_("to be delivered by"), required=False)
    delivered_on = forms.DateField(
        label=_("delivered"), required=False, help_text=_("Leave empty while the part is not ready.")
    )
