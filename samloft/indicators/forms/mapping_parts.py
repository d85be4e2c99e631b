"""The parts of the page that asks what the dimensions of a file mean: the whole, a dimension, a category."""

from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samloft.core.forms import Form
from samloft.indicators.forms.fields import NO_PERIOD, NOT_CHOSEN, PeriodField
from samloft.indicators.models import Sex, StatisticsImport
from samloft.indicators.queries.names import Names
from samloft.indicators.reading.categories import read_age
from samloft.indicators.reading.joining import DENOMINATOR, NUMERATOR, VALUE, key_and_part
from samloft.indicators.reading.mapping import KIND_NAMES, KINDS, Kind, Part, StatisticsMapping
from samloft.indicators.reading.periods import read_period

ONLY = "only"  # a dimension that is none of ours: one of its categories is used
_DECIMALS = [("", gettext_lazy("As the file shows")), (",", "1,5"), (".", "1.5")]
_PARTS = [
    (VALUE, gettext_lazy("the value")),
    (NUMERATOR, gettext_lazy("the numerator")),
    (DENOMINATOR, gettext_lazy("the denominator")),
]


_QUESTIONS = ("choice", "area", "period", "indicator", "unknown_areas")


class WholeForm(Form):
    """What holds for the whole file: how it is read, and what no dimension of it says."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(label=gettext_lazy("Which table in the file"))
    area = forms.CharField(label=gettext_lazy("Which area the figures are about"), max_length=200, required=False)
    period = PeriodField(label=gettext_lazy("Which period the figures are about"))
    indicator = forms.CharField(
        label=gettext_lazy("Which indicator the figures are of"), max_length=200, required=False
    )
    unknown_areas = forms.BooleanField(
        label=gettext_lazy("Leave out the areas that Samløft does not have, and those that are not yours"),
        required=False,
    )
    decimal = forms.ChoiceField(label=gettext_lazy("How decimals are written"), choices=_DECIMALS, required=False)
    figures = forms.MultipleChoiceField(
        label=gettext_lazy("Columns that hold figures"), widget=forms.CheckboxSelectMultiple, required=False
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200, required=False)
    licence = forms.CharField(label=gettext_lazy("Licence"), max_length=60, required=False)

    def __init__(
        self, data: QueryDict | None, *, batch: StatisticsImport, mapping: StatisticsMapping, names: Names
    ) -> None:
        initial = {
            "version": batch.version,
            "choice": mapping.choice,
            "area": names.shown_area(mapping.area.code or ""),
            "period": mapping.period.value,
            "indicator": names.shown_indicator(mapping.indicator.key or ""),
            "unknown_areas": mapping.area.unknown == "leave_out",
            "decimal": mapping.decimal or "",
            "figures": mapping.figures or batch.preview.get("figures", []),
            "source": batch.source,
            "licence": batch.licence,
        }
        super().__init__(data, initial=initial)
        self._names, self._initially = names, batch.preview.get("figures", [])
        for name, listed in (("area", "known-areas"), ("indicator", "known-indicators")):
            self.fields[name].widget.attrs["list"] = listed
        self._only_what_the_file_asks_for(batch, mapping)

    def _only_what_the_file_asks_for(self, batch: StatisticsImport, mapping: StatisticsMapping) -> None:
        preview = batch.preview
        choices = [(choice, choice) for choice in preview.get("choices", [])]
        cast(forms.ChoiceField, self.fields["choice"]).choices = [NOT_CHOSEN, *choices]
        columns = [(column, column) for column in preview.get("columns", [])]
        cast(forms.ChoiceField, self.fields["figures"]).choices = columns
        told = {dimension["kind"] for dimension in preview["dimensions"]}
        asked = {
            "choice": bool(choices),
            "area": "area" not in told,
            "unknown_areas": any(d["kind"] == "area" and d["known"] < d["size"] for d in preview["dimensions"]),
            "period": "period" not in told,
            "indicator": "indicator" not in told,
            "decimal": bool(preview.get("is_table")),
            "figures": len(columns) > 1,
        }
        for name, is_asked in asked.items():
            if not is_asked:
                del self.fields[name]

    @property
    def questions(self) -> list[BoundField]:
        """What the file does not say."""
        return [self[name] for name in _QUESTIONS if name in self.fields]

    @property
    def about_the_file(self) -> list[BoundField]:
        return [field for field in self.visible_fields() if field.name not in _QUESTIONS]

    def clean_indicator(self) -> str:
        return _key(self.cleaned_data["indicator"].strip(), self._names)

    def values(self) -> dict[str, Any]:
        """The fields of a mapping; what was not asked is left as it is."""
        found: dict[str, Any] = {
            name: self.cleaned_data[name] or None
            for name in ("choice", "decimal", "source", "licence")
            if name in self.cleaned_data
        }
        figures = self.cleaned_data.get("figures", [])
        if sorted(figures) != sorted(self._initially):
            found["figures"] = tuple(figures)
        return found


class DimensionForm(Form):
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), required=False)
    only = forms.ChoiceField(label=gettext_lazy("The category to use"), required=False)

    def __init__(
        self, data: QueryDict | None, *, described: dict[str, Any], mapping: StatisticsMapping, number: int
    ) -> None:
        self.described, self.number = described, number
        ignored = mapping.ignore.get(described["id"], "")
        self.kind_before: Kind | None = described["kind"]
        initial = {"kind": self.kind_before or (ONLY if ignored else ""), "only": ignored}
        super().__init__(data, prefix=f"d{number}", initial=initial)
        kind, only = cast(forms.ChoiceField, self.fields["kind"]), cast(forms.ChoiceField, self.fields["only"])
        kind.choices = [NOT_CHOSEN, *((of, _(KIND_NAMES[of])) for of in KINDS), (ONLY, _("Use only one category"))]
        only.choices = [NOT_CHOSEN, *((c["code"], _shown(c)) for c in described["categories"])]

    @property
    def summary(self) -> str:
        """`år: 3 categories`, or `år: Period` when that is settled."""
        label, size = self.described["label"], self.described["size"]
        if self.described["id"].lower() != label.lower():
            label = f"{label} ({self.described['id']})"
        if self.is_settled and self.kind_before:
            return f"{label}: {_(KIND_NAMES[self.kind_before])}"
        if self.is_settled:
            return f"{label}: {self.initial['only']}"
        return ngettext("%(label)s: %(size)d category", "%(label)s: %(size)d categories", size) % {
            "label": label,
            "size": size,
        }

    @property
    def is_settled(self) -> bool:
        """Whether nothing about the dimension waits for an answer."""
        if self.errors or self.kind_before == "indicator":
            return False
        undecided = self.described["size"] - self.described["known"]
        return bool(self.initial["only"]) or (self.kind_before is not None and not undecided)

    @property
    def asks_which_category(self) -> bool:
        return self.kind_before is None or bool(self.errors)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == ONLY and not cleaned.get("only"):
            self.add_error("only", _("Choose the category to use."))
        return cleaned


class CategoryForm(Form):
    """One category: what it is with us. Empty is what the file says, or undecided."""

    to = forms.CharField(label=gettext_lazy("With us"), max_length=200, required=False)
    part = forms.ChoiceField(label=gettext_lazy("Part"), choices=_PARTS, required=False)
    left_out = forms.BooleanField(label=gettext_lazy("Leave out"), required=False)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        kind: Kind,
        category: dict[str, Any],
        part: Part,
        names: Names,
        prefix: str,
    ) -> None:
        self.kind, self.category, self._names = kind, category, names
        target = part.codes.get(category["code"]) or (category["target"] if kind == "indicator" else None) or ""
        key, of = key_and_part(target) if kind == "indicator" else (target, VALUE)
        shown = {"indicator": names.shown_indicator, "area": names.shown_area}.get(kind, str)
        initial = {"to": shown(key), "part": of, "left_out": category["code"] in part.leave_out}
        super().__init__(data, prefix=prefix, initial=initial)
        if kind in ("area", "indicator"):
            self.fields["to"].widget.attrs["list"] = f"known-{kind}s"
        if kind == "sex":
            choices = [
                ("", "–"),
                ("begge", _("Both")),
                *((str(value), str(label)) for value, label in Sex.choices),
            ]
            self.fields["to"] = forms.ChoiceField(label=self.fields["to"].label, choices=choices, required=False)
        if kind != "indicator":
            del self.fields["part"]

    @property
    def name(self) -> str:
        return _shown(self.category)

    @property
    def is_undecided(self) -> bool:
        return self.category["target"] is None and not self.category["left_out"]

    def clean_to(self) -> str:
        text = str(self.cleaned_data["to"]).strip()
        if not text:
            return ""
        if self.kind == "indicator":
            return _key(text, self._names)
        if self.kind == "area":
            return self._names.area(text)
        if self.kind == "period" and read_period(text) is None:
            raise forms.ValidationError(NO_PERIOD)
        if self.kind == "age" and read_age(text, text) is None:
            raise forms.ValidationError(_("Write an age such as 0–17, 67+ or 5, or “alle”."))
        return text

    @property
    def target(self) -> str | None:
        to, part = self.cleaned_data["to"], self.cleaned_data.get("part") or VALUE
        return (f"{to}/{part}" if part else to) or None


def _key(text: str, names: Names) -> str:
    key = names.key(text) if text else ""
    if key is None:
        message = _("There is no indicator called “%(name)s”. Choose one from the list.")
        raise forms.ValidationError(message, params={"name": text[:80]})
    return key


def _shown(category: dict[str, Any]) -> str:
    code, label = category["code"], category["label"]
    return label if label == code or label.startswith(code) else f"{label} ({code})"
