"""Money is whole øre in an integer everywhere; kroner exist only in what people read and write."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from samloft.core.amounts import AmountUnclear, is_blank_amount, read_amount
from samloft.core.kroner import NBSP, format_kroner, kroner_text

__all__ = ["NBSP", "MoneyField", "MoneyFormField", "format_kroner", "kroner_text"]


class MoneyFormField(forms.CharField):
    """Kroner as people write them (`800 000,-`, `1,3 mill.`). Cleans to øre, or None when left empty."""

    def prepare_value(self, value: Any) -> Any:
        return format_kroner(value, unit=False) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text.strip():
            return None
        if is_blank_amount(text):
            return 0
        try:
            return read_amount(text)
        except AmountUnclear as unclear:
            raise ValidationError(unclear.message, code="amount") from unclear

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class MoneyField(models.BigIntegerField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Whole øre. SQLite stores decimals as floats, so money is never a decimal in the database."""

    description = "Money in øre"

    def deconstruct(self) -> Any:
        # In the database it is a plain integer, so migrations need not know this class.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BigIntegerField", args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        options: dict[str, Any] = {
            "required": not self.blank,
            "label": self.verbose_name,
            "help_text": self.help_text,
        }
        return MoneyFormField(**{**options, **kwargs})
