"""The forms of the plans that a programme builds on, their goals, and what they have taken up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.places.models import County, Municipality
from samloft.programmes.actions.overarching_plans import OverarchingPlanValues
from samloft.programmes.actions.uptakes import UptakeValues
from samloft.programmes.forms.rows import RowForm, year_field
from samloft.programmes.models import OverarchingGoal, OverarchingPlan, Uptake
from samloft.programmes.queries.overarching_plans import plans_to_choose


class OverarchingPlanForm(RowForm):
    owner = forms.ChoiceField(label=_("whose plan it is"))
    first_year = year_field(_("first year"))
    last_year = year_field(_("last year"))
    url = forms.URLField(
        label=_("address of the plan"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Where the plan can be read."),
    )

    class Meta:
        model = OverarchingPlan
        fields = ["kind", "title", "adopted_on", "first_year", "last_year", "url"]
        help_texts = {
            "title": _("As the plan calls itself."),
            "adopted_on": _("Leave it empty when nobody knows."),
        }

    field_order = ["kind", "title", "owner"]

    def __init__(self, *args: Any, owners: list[Municipality | County], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {_key(one): one for one in owners}
        if self.instance.pk:
            # A plan may have been recorded by a programme of another place.
            self.owners.setdefault(_key(self.instance.owner), self.instance.owner)
            self.initial["owner"] = _key(self.instance.owner)
        self.fields["owner"].choices = [(key, one.authority) for key, one in self.owners.items()]  # type: ignore[attr-defined]

    def values(self) -> OverarchingPlanValues:
        owner = self.owners[self.cleaned_data["owner"]]
        return OverarchingPlanValues(
            **{name: self.cleaned_data[name] for name in self.Meta.fields},
            municipality=owner if isinstance(owner, Municipality) else None,
            county=owner if isinstance(owner, County) else None,
        )


def _key(place: Municipality | County) -> str:
    return f"{place._meta.model_name}-{place.pk}"


class PlanChoiceForm(Form):
    """A plan that another programme has recorded."""

    plan = forms.ModelChoiceField(OverarchingPlan.objects.none(), label=_("plan"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, programme: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["plan"]
        field.queryset = plans_to_choose(programme)
        field.empty_label = None
        field.label_from_instance = lambda plan: f"{plan.title} ({plan.owner.authority})"


class OverarchingGoalForm(RowForm):
    class Meta:
        model = OverarchingGoal
        fields = ["text"]
        help_texts = {"text": _("In your own words, short.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class UptakeForm(RowForm):
    class Meta:
        model = Uptake
        fields = ["state", "on", "place", "municipality"]
        labels = {"municipality": _("municipality")}
        help_texts = {
            "on": _("When it came so far. Leave it empty when nobody knows."),
            "place": _("Such as a chapter or a page."),
            "municipality": _("Leave it empty when it is about the county's plan itself."),
        }

    def __init__(self, *args: Any, plan: OverarchingPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plan.county_id is None:
            del self.fields["municipality"]
        else:
            municipalities = Municipality.objects.filter(county=plan.county_id)
            self.fields["municipality"].queryset = municipalities  # type: ignore[attr-defined]

    def values(self) -> UptakeValues:
        return UptakeValues(**self.cleaned_data)
