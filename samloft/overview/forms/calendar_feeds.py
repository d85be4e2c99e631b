"""A new calendar address: what it is called, and which programmes it holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form


class FeedForm(Form):
    label = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Where you use it, such as “Outlook at work”.")
    )
    programme = forms.TypedChoiceField(label=_("Deadlines of"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, programmes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = [("", _("All my programmes")), *programmes]  # type: ignore[attr-defined]
