"""The forms with which a plan is read from a file and corrected."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form, ModelForm
from samloft.plans.actions.imports import ImportLineValues
from samloft.plans.models import ImportLine, LinePurpose, Mapping, Measure
from samloft.programmes.models import FocusArea, Programme

ACCEPTED_TYPES = ".docx,.xlsx,.csv,.pdf,.md,.txt"
_SAME = "same:"
_PURPOSE = "purpose:"


class PlanFileForm(Form):
    year = forms.IntegerField(label=_("Plan year"), min_value=2000, max_value=2100)
    file = forms.FileField(
        label=_("The plan as a file"),
        help_text=_("Word, Excel, CSV, PDF, Markdown or text. Nothing is stored in the plan until you accept it."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED_TYPES}),
    )


class ImportLineForm(ModelForm):
    """One row. What the line becomes is one choice, though it is stored as purpose, mapping and measure."""

    becomes = forms.ChoiceField(label=_("Becomes"), required=False)

    class Meta:
        model = ImportLine
        fields = ["name", "amount", "source", "focus_area"]
        labels = {"focus_area": _("Focus area")}

    def __init__(self, *args: Any, choices: "LineChoices", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        becomes = cast(forms.ChoiceField, self.fields["becomes"])
        becomes.choices, becomes.initial = choices.becomes, encode(self.instance)
        # The rows share one list of focus areas; each row asking for its own would be a query per row.
        cast(forms.ModelChoiceField[FocusArea], self.fields["focus_area"]).choices = choices.focus_areas
        self.fields["source"].required = False
        self._choices = choices

    def values(self) -> ImportLineValues:
        """The cleaned row as the action wants it."""
        purpose, mapping, measure = decode(self.cleaned_data["becomes"], self._choices.measures)
        return ImportLineValues(
            name=self.cleaned_data["name"],
            amount=self.cleaned_data["amount"],
            source=self.cleaned_data["source"],
            focus_area=self.cleaned_data["focus_area"],
            purpose=purpose,
            mapping=mapping,
            measure=measure,
        )


class LineChoices:
    """The choices that all rows share, fetched once for the page. Two queries."""

    def __init__(self, programme: Programme) -> None:
        self.measures: dict[str, Measure] = {
            f"{_SAME}{measure.pk}": measure for measure in programme.measures.order_by("name")
        }
        areas = FocusArea.objects.filter(programme=programme)
        self.focus_areas: list[tuple[Any, str]] = [("", "–"), *((area.pk, area.name) for area in areas)]
        common = [(f"{_PURPOSE}{value}", label) for value, label in LinePurpose.choices if value != "measure"]
        self.becomes: list[tuple[Any, Any]] = [
            ("", _("Choose …")),
            (Mapping.NEW.value, _("A new measure")),
            (_("The same measure as"), [(key, str(measure)) for key, measure in self.measures.items()]),
            (_("Not a measure"), [*common, (Mapping.NO_MEASURE.value, _("A line without measure"))]),
            (Mapping.LEFT_OUT.value, _("Left out")),
        ]
        if not self.measures:
            del self.becomes[2]


def encode(line: ImportLine) -> str:
    """The choice that stands for the line's purpose, mapping and measure."""
    if line.mapping == Mapping.LEFT_OUT:
        return Mapping.LEFT_OUT
    if line.purpose != LinePurpose.MEASURE:
        return f"{_PURPOSE}{line.purpose}"
    if line.mapping == Mapping.SAME:
        return f"{_SAME}{line.measure_id}"
    return "" if line.mapping == Mapping.UNDECIDED else line.mapping


def decode(choice: str, measures: dict[str, Measure]) -> tuple[str, str, Measure | None]:
    """Purpose, mapping and measure of a choice."""
    if choice.startswith(_PURPOSE):
        return choice.removeprefix(_PURPOSE), Mapping.NO_MEASURE, None
    if choice in measures:
        return LinePurpose.MEASURE, Mapping.SAME, measures[choice]
    return LinePurpose.MEASURE, choice or Mapping.UNDECIDED, None


class AcceptForm(Form):
    problems_seen = forms.BooleanField(label=_("I have looked at what could not be settled"), required=False)
    total_reason = forms.CharField(
        label=_("Why the lines do not add up to the total in the document"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    remove_missing = forms.BooleanField(
        label=_("Take out the lines in the plan that are not in the file"), required=False
    )
