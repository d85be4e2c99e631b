"""Forms of the measure itself: the list's filter, the grouped form, closing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form, InGroups, ModelForm
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.models import Measure, Phase
from samloft.plans.queries.measures import MeasureFilter
from samloft.programmes.models import FocusArea, Programme

UNKNOWN = ("", _("Unknown"))


class MeasureForm(InGroups, ModelForm):
    """Everything but exit plan, goals, partners and origins, which have their own pages."""

    GROUPS = (
        (
            _("What it is"),
            _("Write so that a resident understands it."),
            ("name", "description", "purpose", "target_groups", "reach", "meeting_place"),
        ),
        (
            _("Where it belongs and who holds it"),
            "",
            ("focus_area", "parent", "lead_unit", "responsible_role", "external_funding"),
        ),
        (_("Where it is on its way"), "", ("phase", "starts_on", "ends_on", "first_plan_year")),
        (
            _("What it must have before it is whole"),
            _("A new measure may start without these. Its page shows what is missing until it is there."),
            ("mandate_status", "evaluation_question", "gate_due_on"),
        ),
    )

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Measure
        fields = (
            "name",
            "description",
            "purpose",
            "target_groups",
            "reach",
            "meeting_place",
            "focus_area",
            "parent",
            "lead_unit",
            "responsible_role",
            "external_funding",
            "phase",
            "starts_on",
            "ends_on",
            "first_plan_year",
            "mandate_status",
            "evaluation_question",
            "gate_due_on",
        )
        labels = {"focus_area": _("Focus area"), "parent": _("part of another measure")}
        help_texts = {
            "purpose": _("What is to get better, and for whom?"),
            "target_groups": _(
                "Whom is it for? For example: families with small children who are new in the area."
            ),
            "reach": _("Does it serve the programme's area only, or more?"),
            "meeting_place": _("The house or place where it happens, if there is one."),
            "parent": _("Choose the larger measure, if this is a part of one."),
            "lead_unit": _("The unit in the municipality that leads the work."),
            "responsible_role": _("A role or function, not a person's name."),
            "first_plan_year": _(
                "Leave empty if you do not know. It is filled in when the measure enters a plan."
            ),
            "mandate_status": _("Has someone decided what the measure may do, and within which frame?"),
            "evaluation_question": _("What do you want to know about the measure when it has run for a while?"),
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        for name in ("reach", "phase", "mandate_status"):
            field = self.fields[name]
            field.choices = [UNKNOWN, *(choice for choice in field.choices if choice[0])]  # type: ignore[attr-defined]
        area, parent = self.fields["focus_area"], self.fields["parent"]
        area.queryset = FocusArea.objects.filter(programme=programme)  # type: ignore[attr-defined]
        area.empty_label = _("None, or not decided")  # type: ignore[attr-defined]
        others = Measure.objects.filter(programme=programme).exclude(pk=self.instance.pk).order_by("name")
        parent.queryset = others.only("name", "programme")  # type: ignore[attr-defined]
        parent.empty_label = _("No, it stands by itself")  # type: ignore[attr-defined]

    def values(self, stored: Measure | None) -> MeasureValues:
        """What was typed, with the exit plan as it is stored."""
        typed = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if stored is None:
            return MeasureValues(**typed)
        return MeasureValues(
            **typed,
            exit_route=stored.exit_route,
            exit_plan=stored.exit_plan,
            exit_owner=stored.exit_owner,
        )


class MeasureFilterForm(Form):
    """The filter above the list. Values that are not choices are left out instead of refused."""

    q = forms.CharField(label=_("Search in name"), required=False, widget=forms.TextInput({"type": "search"}))
    focus_area = forms.TypedChoiceField(label=_("Focus area"), required=False, coerce=int, empty_value=None)
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    year = forms.TypedChoiceField(label=_("In the plan for"), required=False, coerce=int, empty_value=None)
    gaps = forms.BooleanField(label=_("Only those that miss something"), required=False)

    def __init__(self, *args: Any, focus_areas: list[tuple[int, str]], years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        self.fields["focus_area"].choices = [  # type: ignore[attr-defined]
            everything,
            *focus_areas,
            (0, _("None, or not decided")),
        ]
        self.fields["phase"].choices = [everything, *Phase.choices, ("unknown", _("Unknown"))]  # type: ignore[attr-defined]
        self.fields["year"].choices = [everything, *((year, str(year)) for year in years)]  # type: ignore[attr-defined]

    def chosen(self, *, sort: str, falling: bool) -> MeasureFilter:
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        return MeasureFilter(
            text=(data.get("q") or "").strip(),
            focus_area=data.get("focus_area"),
            phase=data.get("phase") or "",
            year=data.get("year"),
            only_gaps=bool(data.get("gaps")),
            sort=sort,
            falling=falling,
        )


class CloseForm(Form):
    on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput, help_text=_("Leave empty if you do not know.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
