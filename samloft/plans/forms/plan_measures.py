"""Taking a measure into the plan: one that exists, or a new one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.plans.models import ActionPlan, Measure, Phase
from samloft.programmes.models import FocusArea


class AddMeasureForm(Form):
    measure = forms.ModelChoiceField(
        label=_("a measure that exists"),
        queryset=Measure.objects.none(),
        required=False,
        empty_label=_("Choose a measure"),
        help_text=_("Measures that are not in this plan and not closed."),
    )
    name = forms.CharField(label=_("or the name of a new measure"), max_length=200, required=False)
    focus_area = forms.ModelChoiceField(
        label=_("focus area of the new measure"),
        queryset=FocusArea.objects.none(),
        required=False,
        empty_label=_("Not decided"),
    )
    text = forms.CharField(
        label=_("what happens this year"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, plan: ActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = plan.programme.measures.exclude(phase=Phase.CLOSED).exclude(plan_measures__plan=plan)
        self.fields["measure"].queryset = others.order_by("name")  # type: ignore[attr-defined]
        self.fields["focus_area"].queryset = plan.programme.focus_areas.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("measure")) == bool((data.get("name") or "").strip()):
            raise ValidationError(_("Choose a measure that exists, or write the name of a new one."))
        return data
