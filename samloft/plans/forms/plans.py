"""Starting a plan and setting its frame."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.errors import StaleEdit
from samloft.core.forms import Form
from samloft.core.money import MoneyFormField, format_kroner
from samloft.plans.actions.plans import FIRST_YEAR, LAST_YEAR, Frame
from samloft.plans.models import ActionPlan, FrameKind


class StartForm(Form):
    """The new plan's year, and the year to carry forward from: None for an empty plan."""

    year = forms.IntegerField(label=_("year of the new plan"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    carry_from = forms.TypedChoiceField(
        label=_("begin with"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        """`years` are those that have a plan, the latest first."""
        super().__init__(*args, **kwargs)
        field = self.fields["carry_from"]
        carried = [(year, _("Measures, texts and budget lines of %(year)s") % {"year": year}) for year in years]
        field.choices = [*carried[:3], ("", _("An empty plan"))]  # type: ignore[attr-defined]
        if not years:
            del self.fields["carry_from"]


class CarryForm(Form):
    """The year to fetch what is missing from."""

    carry_from = forms.TypedChoiceField(label=_("carry forward from"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carry_from"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class FrameForm(Form):
    kind = forms.ChoiceField(
        label=_("what the frame is"),
        choices=[("", _("Unknown")), *FrameKind.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    amount = MoneyFormField(label=_("amount (kr)"), required=False)
    carry_over = MoneyFormField(
        label=_("approved carry-over in addition (kr)"),
        required=False,
        help_text=_("Leave empty when there is none, or when nobody knows yet."),
    )
    source = forms.CharField(label=_("who gives it"), max_length=150, required=False)
    letter = forms.CharField(label=_("letter reference"), max_length=120, required=False)
    is_assumed = forms.BooleanField(
        label=_("The amount is assumed"),
        required=False,
        help_text=_("No document shows it. The plan will say so."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    # Fields of the plan that a stale edit tells about, by the name they have here.
    stored_names = {
        "frame_kind": "kind",
        "frame_amount": "amount",
        "frame_carry_over": "carry_over",
        "frame_source": "source",
        "frame_letter": "letter",
        "frame_is_assumed": "is_assumed",
    }

    @staticmethod
    def of(plan: ActionPlan) -> dict[str, Any]:
        """What the form shows for the plan as it is."""
        shown = {name: getattr(plan, stored) for stored, name in FrameForm.stored_names.items()}
        return {**shown, "version": plan.version}

    def frame(self) -> Frame:
        data = self.cleaned_data
        return Frame(
            kind=FrameKind(data["kind"]) if data["kind"] else None,
            amount=data["amount"],
            carry_over=data["carry_over"],
            source=data["source"],
            letter=data["letter"],
            is_assumed=data["is_assumed"],
        )

    def _show_both(self, stale: StaleEdit) -> None:
        """Tell what is stored in the words of this form."""
        current: dict[str, Any] = {self.stored_names[name]: value for name, value in stale.current.items()}
        for name in {"amount", "carry_over"} & current.keys():
            current[name] = format_kroner(current[name])
        if "kind" in current:
            current["kind"] = FrameKind(current["kind"]).label if current["kind"] else _("Unknown")
        super()._show_both(StaleEdit(str(stale), current=current, version=stale.version))
