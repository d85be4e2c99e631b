"""A map file with outlines, and what its properties and coordinates mean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.places.actions.outlines import NEW_KINDS
from samloft.places.geojson import LATITUDE_LONGITUDE, UTM_33, Collection
from samloft.places.models import Municipality


class OutlineFileForm(Form):
    file = forms.FileField(
        label=_("The map file"),
        help_text=_("GeoJSON with a polygon for each area, in EPSG:4326 or EPSG:25833. Nothing is stored yet."),
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json"}),
    )


class OperatorOutlineFileForm(OutlineFileForm):
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label=_("Whose areas they are"),
        required=False,
        empty_label=_("Counties and municipalities"),
        help_text=_("Choose a municipality to bring in its zones and basic units."),
    )


class OutlineMappingForm(Form):
    """What is likely is chosen beforehand; coordinates that leave a doubt are not."""

    code = forms.ChoiceField(label=_("The property with the area's code"))
    name = forms.ChoiceField(label=_("The property with the area's name"), required=False)
    crs = forms.ChoiceField(
        label=_("Coordinates"),
        choices=[
            ("", _("Choose from the list")),
            (LATITUDE_LONGITUDE, _("Degrees (EPSG:4326)")),
            (UTM_33, _("Metres in UTM zone 33 (EPSG:25833)")),
        ],
    )
    new_kind = forms.ChoiceField(label=_("Codes that are new become"), required=False)
    is_synthetic = forms.BooleanField(
        label=_("New areas are synthetic"), required=False, help_text=_("Made up for the demo; nothing official.")
    )

    def __init__(self, *args: Any, collection: Collection, may_add: bool = True, **kwargs: Any) -> None:
        properties = [(name, f"{name} ({example[:40]})") for name, example in collection.properties.items()]
        kwargs["initial"] = {
            "code": collection.likely_code,
            "name": collection.likely_name,
            "crs": collection.crs or "",
        }
        super().__init__(*args, **kwargs)
        choose, nothing = ("", _("Choose from the list")), ("", _("nothing; leave them out"))
        self.fields["code"].choices = [choose, *properties]  # type: ignore[attr-defined]
        self.fields["name"].choices = [choose, *properties]  # type: ignore[attr-defined]
        if not may_add:
            del self.fields["new_kind"], self.fields["is_synthetic"]
            return
        self.fields["new_kind"].choices = [nothing, *((kind.value, kind.label) for kind in NEW_KINDS)]  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, str]:
        """What was sent, else what is likely."""
        if self.is_bound:
            return {name: str(self.cleaned_data.get(name, "")) for name in ("code", "name", "crs")}
        return {name: str(self.initial[name]) for name in ("code", "name", "crs")}
