"""An area, and what it became."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.places.actions.areas import AreaValues
from samloft.places.models import Area, AreaKind, County, Municipality, SuccessionKind


class AreaForm(Form):
    """`area` is the one that is changed; None makes a new one."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AreaKind.choices)
    code = forms.CharField(label=_("Area code"), max_length=20, required=False)
    name = forms.CharField(label=_("Name"), max_length=120)
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label=_("Municipality that it belongs to"),
        required=False,
        help_text=_("For zones and the like, and for a municipality itself as long as its code is in use."),
    )
    county = forms.ModelChoiceField(County.objects.all(), label=_("County that it is"), required=False)
    parent = forms.CharField(
        label=_("Code of the area that it lies in"),
        max_length=20,
        required=False,
        help_text=_(
            "A municipality lies in the county that it had with this code: 3014 in Viken, 3118 in Østfold."
        ),
    )
    valid_from = forms.DateField(label=_("Code in use from"), required=False, help_text=_("Empty: always."))
    valid_to = forms.DateField(label=_("Code in use to"), required=False, help_text=_("Empty: still in use."))
    is_divided = forms.BooleanField(
        label=_("Fully divided"),
        required=False,
        help_text=_("All its zones, or other parts of one kind, are recorded: their figures make up its own."),
    )
    is_synthetic = forms.BooleanField(
        label=_("Synthetic"), required=False, help_text=_("Made up; nothing official.")
    )

    def __init__(self, *args: Any, area: Area | None = None, **kwargs: Any) -> None:
        self.area = area
        super().__init__(*args, **kwargs)

    def clean_parent(self) -> Area | None:
        code = self.cleaned_data["parent"]
        return _find(code, self.area) if code else None

    def values(self) -> AreaValues:
        return AreaValues(**self.cleaned_data, geometry=self.area.geometry if self.area else None)


class SuccessionForm(Form):
    """What the area became. Cleans `successor` to an Area."""

    successor = forms.CharField(label=_("Code of the area that it became"), max_length=20)
    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=SuccessionKind.choices,
        help_text=_("Only a new code for the same area leaves the series without a break."),
    )
    on = forms.DateField(label=_("From"))

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        self.area = area
        super().__init__(*args, **kwargs)

    def clean_successor(self) -> Area:
        return _find(self.cleaned_data["successor"], self.area)

    def clean_kind(self) -> SuccessionKind:
        return SuccessionKind(self.cleaned_data["kind"])


def _find(code: str, other: Area | None) -> Area:
    """The area with the code that came into use last; of several kinds, the largest."""
    largest_first = {kind: place for place, kind in enumerate(AreaKind.values)}
    found = Area.objects.filter(code=code).exclude(pk=other.pk if other else 0)
    known = sorted(
        found.order_by(F("valid_from").desc(nulls_last=True)), key=lambda area: largest_first[area.kind]
    )
    if not known:
        raise ValidationError(_("There is no area with the code %(code)s. Add it first.") % {"code": code})
    return known[0]
