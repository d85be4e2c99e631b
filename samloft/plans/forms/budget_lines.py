"""A budget line, and its split into kinds of cost."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.core.errors import StaleEdit
from samloft.core.forms import Form
from samloft.core.money import MoneyFormField, format_kroner
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.models import BudgetLine, CostKind, LinePurpose, PlanMeasure, Source

_SHARED = [purpose for purpose in LinePurpose if purpose != LinePurpose.MEASURE]


class LineForm(Form):
    """`pays_for` is `measure-12` (a place in the plan), a shared purpose, or "" while no measure is chosen."""

    pays_for = forms.ChoiceField(label=gettext_lazy("pays for"), required=False)
    name = forms.CharField(
        label=gettext_lazy("name in the budget table"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Left empty, it is the measure's name."),
    )
    amount = MoneyFormField(label=gettext_lazy("amount (kr)"))
    source = forms.ChoiceField(
        label=gettext_lazy("source"), choices=[("", gettext_lazy("Unknown")), *Source.choices], required=False
    )
    note = forms.CharField(label=gettext_lazy("note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    posts = forms.IntegerField(label=gettext_lazy("number of posts"), required=False, min_value=1, max_value=999)
    salary_percent = forms.IntegerField(
        label=gettext_lazy("share of each salary (%)"), required=False, min_value=1, max_value=100
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan_measures: Sequence[PlanMeasure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan_measures = {f"measure-{item.pk}": item for item in plan_measures}
        self.fields["pays_for"].choices = self._choices()  # type: ignore[attr-defined]

    @staticmethod
    def of(line: BudgetLine) -> dict[str, Any]:
        """What the form shows for the line as it is."""
        place = f"measure-{line.plan_measure_id}" if line.plan_measure_id else ""
        names = ("name", "amount", "source", "note", "posts", "salary_percent", "version")
        return {
            "pays_for": place if line.purpose == LinePurpose.MEASURE else line.purpose,
            **{name: getattr(line, name) for name in names},
        }

    @property
    def has_more(self) -> bool:
        """True when the fields that are folded away hold something, or need attention."""
        names = ("note", "posts", "salary_percent")
        return any(self[name].value() for name in names) or any(name in self.errors for name in names)

    def values(self) -> LineValues:
        data = self.cleaned_data
        item = self.plan_measures.get(data["pays_for"])
        purpose = LinePurpose(data["pays_for"]) if data["pays_for"] in _SHARED else LinePurpose.MEASURE
        otherwise = item.measure.name if item else "" if purpose == LinePurpose.MEASURE else str(purpose.label)
        return LineValues(
            name=data["name"] or otherwise,
            amount=data["amount"],
            purpose=purpose,
            plan_measure=item,
            source=data["source"],
            note=data["note"],
            posts=data["posts"],
            salary_percent=data["salary_percent"],
        )

    def _choices(self) -> list[Any]:
        areas: dict[str, list[tuple[str, str]]] = {}
        for value, item in self.plan_measures.items():
            area = item.measure.focus_area.name if item.measure.focus_area else _("Other measures")
            areas.setdefault(area, []).append((value, item.measure.name))
        shared: list[tuple[str, str | Promise]] = [(str(purpose), purpose.label) for purpose in _SHARED]
        return [("", _("A measure, not chosen yet")), *areas.items(), (_("Shared costs"), shared)]

    def _show_both(self, stale: StaleEdit) -> None:
        """Tell what is stored in the words of this form: kroner, and what the line pays for."""
        current: dict[str, Any] = dict(stale.current)
        if "amount" in current:
            current["amount"] = format_kroner(current["amount"])
        if "source" in current:
            current["source"] = Source(current["source"]).label if current["source"] else _("Unknown")
        if "plan_measure" in current or "purpose" in current:
            purpose = current.get("purpose", LinePurpose.MEASURE)
            current["pays_for"] = current.get("plan_measure") or LinePurpose(purpose).label
        super()._show_both(StaleEdit(str(stale), current=current, version=stale.version))


class SplitForm(Form):
    """One amount for each kind of cost, named by its code."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in CostKind:
            self.fields[str(kind)] = MoneyFormField(label=kind.label, required=False)

    @staticmethod
    def of(line: BudgetLine) -> dict[str, Any]:
        return {**{part.kind: part.amount for part in line.splits.all()}, "version": line.version}

    def parts(self) -> dict[CostKind, int]:
        return {kind: self.cleaned_data[str(kind)] or 0 for kind in CostKind}

    def _show_both(self, stale: StaleEdit) -> None:
        parts = [f"{CostKind(kind).label} {format_kroner(amount)}" for kind, amount in _parts(stale)]
        super()._show_both(StaleEdit(str(stale), current={}, version=stale.version))
        self.add_error(None, _("Saved by someone else: %(text)s") % {"text": ", ".join(parts) or _("no split")})


def _parts(stale: StaleEdit) -> list[tuple[str, int]]:
    return [(kind, amount) for kind, amount in stale.current.items() if isinstance(amount, int)]
