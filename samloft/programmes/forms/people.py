"""Choosing a person by e-mail address, and making an account for one who is new."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import Organisation
from samloft.core.forms import Form
from samloft.programmes.actions.seats import SeatValues
from samloft.programmes.forms.rows import RowForm
from samloft.programmes.models import Programme, Seat


class PersonForm(Form):
    email = forms.EmailField(label=_("e-mail address"))
    name = forms.CharField(
        label=_("name"),
        required=False,
        max_length=150,
        help_text=_("Needed when the person has no account yet. A mail with a link is sent then."),
    )
    person_organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("organisation"), required=False
    )


class SeatForm(RowForm):
    """The person is written by e-mail address; an empty one leaves the seat open."""

    email = forms.EmailField(
        label=_("e-mail address of the holder"),
        required=False,
        help_text=_("Leave it empty while nobody holds the seat."),
    )
    name = forms.CharField(
        label=_("name of the holder"),
        required=False,
        max_length=150,
        help_text=_("Needed when the person has no account yet. A mail with a link is sent then."),
    )

    class Meta:
        model = Seat
        fields = [
            "role",
            "body",
            "function",
            "organisation",
            "focus_area",
            "percent",
            "may_record",
            "starts_on",
            "ends_on",
        ]
        labels = {
            "body": _("body"),
            "organisation": _("organisation"),
            "focus_area": _("focus area or sub-programme"),
        }
        help_texts = {
            "role": _("The role decides what the holder may do here."),
            "function": _("What the seat is for, such as “leader of the culture department”."),
            "ends_on": _("The last day. Leave it empty when no end is set."),
        }

    field_order = ["email", "name", "role", "body", "may_record"]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = programme.bodies.all()  # type: ignore[attr-defined]
        self.fields["focus_area"].queryset = programme.focus_areas.all()  # type: ignore[attr-defined]
        if self.instance.user_id:
            # Another person means another seat, so that both stay on record.
            del self.fields["email"], self.fields["name"]

    def values(self, **others: Any) -> SeatValues:
        cleaned = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return SeatValues(**{**cleaned, **others})


class EndSeatForm(Form):
    on = forms.DateField(label=_("last day"), widget=forms.DateInput)
