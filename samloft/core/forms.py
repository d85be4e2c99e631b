"""How every form of Samløft turns into Designsystemet markup: `{{ form }}`, `{{ form.name.as_field_group }}`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samloft.core import days
from samloft.core.errors import StaleEdit


class FieldOfForm(BoundField):
    """A field of a form that knows the classes, input types and aria attributes of Designsystemet."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        widget = field.widget
        if type(widget) is forms.DateInput:
            # The browser's own date picker wants ISO dates and shows them in the reader's format.
            widget.input_type = "date"
            widget.format = "%Y-%m-%d"
        if isinstance(widget, forms.Textarea):
            widget.attrs.pop("cols", None)
            if widget.attrs.get("rows") == "10":
                widget.attrs["rows"] = "4"
        if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = what_to_do(widget)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        attrs["class"] = f"ds-input {widget.attrs.get('class', '')}".strip()
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            # The group carries the error; on a single radio button the attribute is not allowed.
            attrs.pop("aria-invalid", None)
        return attrs

    @property
    def is_toggle(self) -> bool:
        """True when the label stands after the input."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def target_id(self) -> str:
        """The id that a link in the error summary leads to: the input, or the first of a group."""
        return self.id_for_label or (f"{self.auto_id}_0" if self.use_fieldset else self.auto_id)


def _in_our_time(day: date) -> None:
    if not days.EARLIEST <= day <= days.LATEST:
        raise forms.ValidationError(_("Check the year: it lies between 1900 and 2100."))


def what_to_do(widget: forms.Widget) -> str:
    """What an empty field that must be filled in asks for, in place of telling that it is required."""
    if isinstance(widget, forms.CheckboxInput):
        return _("Tick the box to go on.")
    if isinstance(widget, forms.FileInput):
        return _("Choose a file.")
    if isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _("Choose from the list.")
    return _("Choose a date.") if isinstance(widget, forms.DateInput) else _("Fill in this field.")


class FormRenderer(TemplatesSetting):
    form_template_name = "core/forms/form.html"
    formset_template_name = "core/forms/formset.html"
    field_template_name = "core/forms/field.html"
    bound_field_class = FieldOfForm


class RefusingMixin:
    """For forms whose action may refuse: the refusal becomes an error of the form, and what was typed stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            if isinstance(field, forms.DateField):
                field.validators.append(_in_our_time)

    @contextmanager
    def refusing(self, *refusals: type[Exception]) -> Iterator[None]:
        try:
            yield
        except refusals as refusal:
            self.add_error(None, str(refusal))  # type: ignore[attr-defined]
            if isinstance(refusal, StaleEdit):
                self._show_both(refusal)

    def _show_both(self, stale: StaleEdit) -> None:
        """What is stored stands at each field that differs, and saving once more is then a choice made with it."""
        form: Any = self
        for name, stored in stale.current.items():
            if name in form.fields and name in form.cleaned_data:
                words = _as_chosen(form.fields[name], stored)
                form.add_error(name, _("Saved by someone else: %(text)s") % {"text": words})
        if "version" in form.fields:
            form.data = form.data.copy()
            form.data[form.add_prefix("version")] = str(stale.version)


def _as_chosen(field: forms.Field, stored: object) -> str:
    """The words of a stored choice, as the list that it is chosen from has them."""
    is_of_words = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
    named = {key: str(label) for key, label in field.choices} if is_of_words and stored else {}  # type: ignore[attr-defined]
    return named.get(stored) or readable(stored)


def readable(value: object) -> str:
    """A stored value as words, for telling a person what it is."""
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return date_format(value, "d.m.Y") if isinstance(value, date) else str(value)


# Heading, help, and names of fields.
Groups = Sequence[tuple[str | Promise, str | Promise, Sequence[str]]]


@dataclass(frozen=True)
class FieldGroup:
    """Some fields of a form that belong together, with the question they answer and help for all of them."""

    title: str | Promise
    help: str | Promise
    fields: list[BoundField]
    is_folded: bool

    @property
    def is_open(self) -> bool:
        """A folded group opens itself when something in it is wrong, or filled in otherwise than usual."""
        return any(field.errors or field.value() not in (None, "", field.field.initial) for field in self.fields)


class InGroups:
    """For long forms: `GROUPS` says which fields stand together under which heading. Fields that are not in the
    form are passed over; `FOLDED` names the headings that most people need not open.
    """

    GROUPS: Groups = ()
    FOLDED: ClassVar[Sequence[str | Promise]] = ()
    template_name = "core/forms/grouped.html"

    def groups(self) -> Iterator[FieldGroup]:
        for title, text, names in self.GROUPS:
            found = [self[name] for name in names if name in self.fields]  # type: ignore[attr-defined,index]
            if found:
                yield FieldGroup(title, text, found, title in self.FOLDED)


class Form(RefusingMixin, forms.Form):
    """The base of every form that belongs to no model."""


class ModelForm(RefusingMixin, forms.ModelForm[Any]):
    """The base of every form that follows a model."""
