"""The form of an indicator and its definition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.indicators.actions.catalogue import DefinitionValues, IndicatorValues
from samloft.indicators.models import Indicator, IndicatorDefinition, Level
from samloft.programmes.forms.rows import RowForm

_MEANING = tuple(DefinitionValues.__dataclass_fields__)
_COUNTED = tuple(IndicatorValues.__dataclass_fields__)


class IndicatorForm(RowForm):
    """An indicator that exists. What it means is written in the same form, and becomes a new version."""

    counts_people = forms.TypedChoiceField(
        label=_("what the figure is a number of"),
        choices=[
            (True, _("People or households")),
            (False, _("Something else, such as a share, hours or kroner")),
        ],
        coerce=lambda chosen: chosen == "True",
        widget=forms.RadioSelect,
        help_text=_("Small numbers of people or households are hidden from the public."),
    )
    levels = forms.MultipleChoiceField(
        label=_("where it exists"), choices=Level.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Indicator
        fields = ["unit", "decimals", "direction", "aggregation", "counts_people", "small_count", "may_be_public"]
        labels = {"aggregation": _("how larger areas are put together from parts")}
        help_texts = {"may_be_public": _("Figures for zones are shown only with small counts hidden.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["levels"] = self.instance.levels
        latest = self.instance.definitions.first() if self.instance.pk else None
        for name in _MEANING:
            field: Any = IndicatorDefinition._meta.get_field(name)
            self.fields[name] = field.formfield()
            if latest is not None and name not in ("change_note", "valid_from"):
                self.initial[name] = getattr(latest, name)
        for name in ("description", "change_note"):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 3})
        self.fields["change_note"].help_text = _(
            "Needed when the meaning changes. Figures keep the old version too."
        )
        first = [name for name in ("key", "name_nb", "name_nn", "name_en", "description") if name in self.fields]
        self.order_fields(
            [*first, "numerator", "denominator", "unit", "counts_people", "decimals", "direction", "levels"]
        )

    def values(self) -> IndicatorValues:
        return IndicatorValues(**{name: self.cleaned_data[name] for name in _COUNTED})

    def definition(self) -> DefinitionValues:
        return DefinitionValues(**{name: self.cleaned_data[name] for name in _MEANING})


class NewIndicatorForm(IndicatorForm):
    class Meta(IndicatorForm.Meta):
        fields = ["key", *IndicatorForm.Meta.fields]
        help_texts = {
            **IndicatorForm.Meta.help_texts,
            "key": _("A short word that files and scripts know it by, such as social_housing. It never changes."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("change_note", "valid_from"):
            del self.fields[name]

    def definition(self) -> DefinitionValues:
        names = [name for name in _MEANING if name in self.cleaned_data]
        return DefinitionValues(**{name: self.cleaned_data[name] for name in names})
