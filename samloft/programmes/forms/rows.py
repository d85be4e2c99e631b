"""What the forms of this app have in common: they carry the row's version, and leave the rules to the actions."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import ModelForm
from samloft.programmes.actions.files import ENDINGS

ACCEPTED_FILES = ",".join(ending for endings in ENDINGS.values() for ending in endings)
PICTURES = ".png,.jpg,.jpeg"
Words = Any  # a text, or one to be translated when it is shown


class RowForm(ModelForm):
    """A form that follows a model. For a row that exists it carries the version it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        else:
            del self.fields["version"]

    def validate_unique(self) -> None:
        """Left to the actions, which say what to do."""

    def _update_errors(self, errors: ValidationError) -> None:
        # Django has no public way to leave the database's own constraints to the actions before version 6.
        errors.error_dict.pop(NON_FIELD_ERRORS, None)
        super()._update_errors(errors)  # type: ignore[misc]

    @property
    def opened_version(self) -> int | None:
        return self.cleaned_data.get("version")


class YesNoUnknownField(forms.ChoiceField):
    """True, False or None, where None is "unknown" and not "no"."""

    WORDS = {True: "yes", False: "no"}

    def __init__(self, *, label: Words, help_text: Words = "") -> None:
        choices = [("", _("Unknown")), ("yes", _("Yes")), ("no", _("No"))]
        super().__init__(choices=choices, required=False, label=label, help_text=help_text)

    def prepare_value(self, value: Any) -> Any:
        return self.WORDS.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> Any:
        return {"yes": True, "no": False}.get(super().clean(value))


class UploadField(forms.FileField):
    """An optional file; the action decides whether it is taken."""

    def __init__(self, *, label: Words, help_text: Words = "", accept: str = ACCEPTED_FILES) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            allow_empty_file=True,
            widget=forms.FileInput(attrs={"accept": accept}),
        )


def year_field(label: Words, *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=required, min_value=1990, max_value=2100)
