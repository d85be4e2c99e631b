"""How much each indicator weighs in the composite index."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form
from samloft.indicators.queries.overlap import Column

HEAVIEST = 10


class WeightsForm(Form):
    """A number from 0 to 10 for each indicator, 1 when nothing is chosen. Cleans to `weights`, by their keys."""

    prefix = "weight"

    def __init__(self, sent: Any, *, columns: Sequence[Column]) -> None:
        names = [f"{self.prefix}-{column.indicator.key}" for column in columns]
        # What an address leaves out weighs 1, and is shown so.
        super().__init__({**dict.fromkeys(names, "1"), **sent.dict()} if sent else None)
        for column in columns:
            self.fields[column.indicator.key] = forms.FloatField(
                label=column.definition.name, min_value=0, max_value=HEAVIEST, required=False, initial=1
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and self.fields and not any(self._weights(cleaned).values()):
            raise forms.ValidationError(_("Let at least one indicator weigh something."))
        return cleaned

    @property
    def weights(self) -> dict[str, float]:
        return self._weights(self.cleaned_data)

    def _weights(self, cleaned: dict[str, Any]) -> dict[str, float]:
        return {key: 1.0 if cleaned.get(key) is None else cleaned[key] for key in self.fields}

    @classmethod
    def asked(cls, sent: Any) -> bool:
        """Whether the address chooses weights."""
        return any(name.startswith(f"{cls.prefix}-") for name in sent)
