"""The form of a body."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import Organisation, OrganisationKind
from samloft.programmes.actions.bodies import BodyValues
from samloft.programmes.forms.rows import RowForm
from samloft.programmes.models import Body, Programme


class BodyForm(RowForm):
    class Meta:
        model = Body
        fields = ["name", "kind", "organisation", "mandate"]
        labels = {"organisation": _("organisation")}
        help_texts = {
            "mandate": _("What the body is to do, decide and answer for."),
            "organisation": _("If it is not in the list, ask those who operate Samløft to add it."),
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = (
            Q(municipality=programme.municipality_id)
            if programme.municipality_id
            else Q(municipality__county=programme.county_id)
        )
        others = ~Q(kind=OrganisationKind.MUNICIPALITY)
        self.fields["organisation"].queryset = Organisation.objects.filter(own | others)  # type: ignore[attr-defined]

    def values(self) -> BodyValues:
        return BodyValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})
