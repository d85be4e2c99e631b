"""The page that asks what the dimensions of a file mean, and the mapping that its answers make."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from samloft.core.forms import Form
from samloft.indicators.forms.mapping_parts import ONLY, CategoryForm, DimensionForm, WholeForm
from samloft.indicators.models import StatisticsImport
from samloft.indicators.queries.names import Names
from samloft.indicators.reading.mapping import KINDS, Kind, Part, StatisticsMapping

_MOST_CATEGORIES = 60  # of one dimension, asked about at a time
# Where a mapping says what is the same for all figures.
_FIXED: dict[Kind, str] = {"area": "code", "period": "value", "indicator": "key"}
_NOTHING: dict[str, Any] = {**{kind: StatisticsMapping().part(kind) for kind in KINDS}, "ignore": {}}


class MappingForms:
    """All the forms of the page, and the mapping that they make together."""

    def __init__(self, data: QueryDict | None, *, batch: StatisticsImport, names: Names) -> None:
        self.before = StatisticsMapping.model_validate(batch.mapping)
        self.names = names
        self.whole = WholeForm(data, batch=batch, mapping=self.before, names=names)
        self.dimensions = [
            DimensionForm(data, described=described, mapping=self.before, number=number)
            for number, described in enumerate(batch.preview["dimensions"])
        ]
        self.categories = {form.number: list(self._categories(data, form)) for form in self.dimensions}

    def _categories(self, data: QueryDict | None, dimension: DimensionForm) -> Iterator[CategoryForm]:
        """All that may be indicators; of other dimensions only what is undecided or was said by hand."""
        kind = dimension.kind_before
        if kind is None:
            return
        part = self.before.part(kind)
        for at, category in enumerate(dimension.described["categories"][:_MOST_CATEGORIES]):
            by_hand = category["code"] in part.codes or category["code"] in part.leave_out
            if kind == "indicator" or by_hand or category["target"] is None:
                prefix = f"d{dimension.number}-c{at}"
                yield CategoryForm(data, kind=kind, category=category, part=part, names=self.names, prefix=prefix)

    @property
    def rows(self) -> list[tuple[DimensionForm, list[CategoryForm]]]:
        return [(form, self.categories[form.number]) for form in self.dimensions]

    @property
    def all(self) -> list[Form]:
        return [self.whole, *self.dimensions, *(form for forms_ in self.categories.values() for form in forms_)]

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in self.all)

    def is_valid(self) -> bool:
        valid = all([form.is_valid() for form in self.all])
        return valid and self._each_kind_once()

    def _each_kind_once(self) -> bool:
        seen: set[str] = set()
        for form in self.dimensions:
            kind = form.cleaned_data["kind"]
            if kind in KINDS and kind in seen:
                form.add_error("kind", _("Another dimension is that already. Choose one of them."))
            seen.add(kind)
        return not any(form.errors for form in self.dimensions)

    def mapping(self) -> StatisticsMapping:
        """What has been said; the rest of the mapping stays as it was."""
        changes: dict[str, Any] = self.whole.values()
        of_table = [name for name in ("choice", "figures") if name in changes]
        if any(changes[name] != getattr(self.before, name) for name in of_table):
            # Another table, with dimensions of its own: they are proposed anew.
            return self.before.model_copy(update=changes | _NOTHING)
        changes["ignore"] = {
            form.described["id"]: form.cleaned_data["only"]
            for form in self.dimensions
            if form.cleaned_data["kind"] == ONLY
        }
        for kind in KINDS:
            changes[kind] = self._part(kind)
        return self.before.model_copy(update=changes)

    def _part(self, kind: Kind) -> Part:
        said = self.whole.cleaned_data
        form = next((form for form in self.dimensions if form.cleaned_data["kind"] == kind), None)
        before = self.before.part(kind)
        changes: dict[str, Any] = {"dimension": form.described["id"] if form else None}
        if form is None or form.kind_before != kind:
            changes |= {"codes": {}, "leave_out": ()}
        else:
            changes |= self._said_of(self.categories[form.number], before)
        if kind in _FIXED:
            value = said.get(kind) or None
            value = self.names.area(value) if value and kind == "area" else value
            changes[_FIXED[kind]] = None if form else value
        if kind == "area" and "unknown_areas" in said:
            changes["unknown"] = "leave_out" if said["unknown_areas"] else "stop"
        return before.model_copy(update=changes)

    def _said_of(self, categories: list[CategoryForm], before: Part) -> dict[str, Any]:
        shown = {form.category["code"] for form in categories}
        codes = {code: to for code, to in before.codes.items() if code not in shown}
        left_out = [code for code in before.leave_out if code not in shown]
        for form in categories:
            code, target = form.category["code"], form.target
            if form.cleaned_data["left_out"]:
                left_out.append(code)
            elif target and (target != code or form.kind == "area"):
                codes[code] = target
        return {"codes": codes, "leave_out": tuple(left_out)}
