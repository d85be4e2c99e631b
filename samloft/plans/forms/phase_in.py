"""Forms of a measure's way out of the programme: the exit plan, the ladder, and gaps that a body accepts."""

from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import User
from samloft.core.forms import Form, ModelForm
from samloft.plans.actions.gate import AcceptanceValues
from samloft.plans.actions.phase_in import ExitPlanValues, StepValues
from samloft.plans.models import Gap, Measure, StepStatus
from samloft.plans.queries.gate import GateItem
from samloft.plans.queries.phase_in import last_programme_year
from samloft.programmes import access
from samloft.programmes.models import Body, Step

SHARES = (
    ("grant_share", _("from the grant (%)")),
    ("ordinary_share", _("from the ordinary budget (%)")),
    ("other_share", _("from others (%)")),
)


class ExitPlanForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Measure
        fields = ("exit_route", "exit_plan", "exit_owner")
        help_texts = {
            "exit_route": _("What happens to the measure when the programme's money stops?"),
            "exit_plan": _("What must be in place, who must decide it, and when?"),
            "exit_owner": _("The unit or organisation that carries it on."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        field = self.fields["exit_route"]
        field.choices = [("", _("Unknown")), *(one for one in field.choices if one[0])]  # type: ignore[attr-defined]

    def values(self) -> ExitPlanValues:
        data = self.cleaned_data
        return ExitPlanValues(route=data["exit_route"], plan=data["exit_plan"], owner=data["exit_owner"])


class LadderForm(Form):
    """The frame of the ladder's rows: the version, and where a refusal is shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LadderRowForm(Form):
    year = forms.IntegerField(label=_("year"), min_value=2000, max_value=2100, required=False)
    grant_share = forms.IntegerField(label=SHARES[0][1], min_value=0, max_value=100, required=False)
    ordinary_share = forms.IntegerField(label=SHARES[1][1], min_value=0, max_value=100, required=False)
    other_share = forms.IntegerField(label=SHARES[2][1], min_value=0, max_value=100, required=False)
    status = forms.ChoiceField(label=_("status"), choices=StepStatus.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = str(field.label)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("year") and any(data.get(name) is not None for name, _label in SHARES):
            self.add_error("year", _("Write the year of these shares."))
        return data


LadderFormSet = forms.formset_factory(LadderRowForm, extra=0, max_num=30, absolute_max=40)


def ladder_rows(measure: Measure) -> list[dict[str, Any]]:
    """What the ladder's form starts with: the stored steps, the years to the programme's end, and a free row."""
    stored = list(measure.phase_in_steps.order_by("year").values("year", *dict(SHARES), "status"))
    first = stored[-1]["year"] + 1 if stored else (measure.first_plan_year or timezone.localdate().year)
    last = last_programme_year(measure.programme) or first
    years = range(first, min(last + 1, first + 11) + 1)
    return [*stored, *({"year": year} for year in years), {}]


def ladder_steps(formset: BaseFormSet[LadderRowForm], measure: Measure) -> list[StepValues]:
    """The rows that have a year, without those that the form offered and nobody touched."""
    stored = set(measure.phase_in_steps.values_list("year", flat=True))
    return [
        StepValues(
            year=row["year"],
            grant_share=row["grant_share"],
            ordinary_share=row["ordinary_share"],
            other_share=row["other_share"],
            status=row["status"] or StepStatus.INTENDED,
        )
        for form, row in zip(formset.forms, formset.cleaned_data, strict=True)
        if row.get("year") and (row["year"] in stored or _is_touched(form, row))
    ]


def _is_touched(form: LadderRowForm, row: dict[str, Any]) -> bool:
    return (
        row["year"] != form.initial.get("year")
        or any(row[name] is not None for name, _label in SHARES)
        or row["status"] not in ("", StepStatus.INTENDED)
    )


class AcceptGapsForm(Form):
    gaps = forms.MultipleChoiceField(
        label=_("Gaps that are accepted"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    body = forms.ModelChoiceField(Body.objects.none(), label=_("Decided by"))
    decided_on = forms.DateField(
        label=_("Date of the decision"), required=False, help_text=_("Leave empty if no document says it.")
    )
    case_number = forms.CharField(label=_("Case number"), max_length=60, required=False)
    reason = forms.CharField(
        label=_("Why the measure may go on without this"),
        widget=forms.Textarea,
        help_text=_("It is shown in plan and reports."),
    )
    is_assumed = forms.BooleanField(label=_("No document shows this decision; it is assumed"), required=False)

    def __init__(self, *args: Any, measure: Measure, missing: list[GateItem], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gaps"].choices = [(item.gap.value, item.label) for item in missing]  # type: ignore[attr-defined]
        deciding = access.bodies_that_decide(measure.programme, Step.ACCEPT_GAP, on=timezone.localdate())
        recorded = access.bodies_recorded_by(user, measure.programme)
        field = self.fields["body"]
        field.queryset = deciding.filter(pk__in=recorded.values("pk"))  # type: ignore[attr-defined]
        bodies = list(field.queryset[:2])  # type: ignore[attr-defined]
        self.may_accept = bool(bodies)
        self.deciding = [str(body) for body in deciding]
        if len(bodies) == 1:
            field.initial = bodies[0]

    def chosen_gaps(self) -> list[Gap]:
        return [Gap(code) for code in self.cleaned_data["gaps"]]

    def values(self) -> AcceptanceValues:
        data = self.cleaned_data
        return AcceptanceValues(
            body=data["body"],
            reason=data["reason"],
            decided_on=data["decided_on"],
            case_number=data["case_number"],
            is_assumed=data["is_assumed"],
        )
