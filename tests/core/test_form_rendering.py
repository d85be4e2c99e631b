"""How forms look and speak."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from samloft.core.errors import RuleBroken
from samloft.core.forms import Form
from tests.core.sound_html import faults


class MeasureForm(Form):
    name = forms.CharField(label="Navn", help_text="Slik folk sier det.")
    starts_on = forms.DateField(label="Start", required=False)
    text = forms.CharField(label="Tekst", widget=forms.Textarea, required=False)
    phase = forms.ChoiceField(label="Fase", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    groups = forms.MultipleChoiceField(
        label="Grupper", choices=[("x", "X")], widget=forms.CheckboxSelectMultiple, required=False
    )
    is_new = forms.BooleanField(label="Nytt", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def summary(*checked: object) -> str:
    return Template("{% error_summary form %}").render(Context({"form": checked[0]}))


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def test_a_form_is_sound_html_empty_and_with_errors() -> None:
    for form in (MeasureForm(), MeasureForm({"name": "", "starts_on": "tull"})):
        assert faults(summary(form) + str(form)) == []


def test_a_field_has_its_label_help_and_error_tied_to_it() -> None:
    html = str(MeasureForm({"name": ""})["name"].as_field_group())
    assert '<label class="ds-label" data-weight="medium" for="id_name">Navn' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert "must be filled in" in html


def test_a_field_that_may_be_empty_is_not_marked() -> None:
    assert "must be filled in" not in MeasureForm()["text"].as_field_group()


def test_a_group_of_choices_is_a_fieldset_and_its_buttons_carry_no_invalid_mark() -> None:
    html = str(MeasureForm({"name": "x"})["phase"].as_field_group())
    assert html.startswith('<fieldset class="ds-fieldset" aria-describedby="id_phase_error">')
    assert "aria-invalid" not in html
    assert '<label class="ds-label" data-weight="regular" for="id_phase_0">A</label>' in html


def test_dates_are_asked_with_the_date_picker_and_keep_their_value() -> None:
    html = str(MeasureForm(initial={"starts_on": date(2027, 1, 31)})["starts_on"])
    assert 'type="date"' in html
    assert 'value="2027-01-31"' in html


def test_what_was_typed_stays_when_something_is_wrong() -> None:
    form = MeasureForm({"name": "", "text": "en lang <b>tekst</b>", "groups": ["x"], "is_new": "on"})
    html = str(form)
    assert not form.is_valid()
    assert "en lang &lt;b&gt;tekst&lt;/b&gt;" in html
    assert html.count("checked") == 2


def test_the_summary_leads_to_each_field_and_to_the_first_button_of_a_group() -> None:
    html = summary(MeasureForm({"name": ""}))
    assert 'href="#id_name"' in html
    assert 'href="#id_phase_0"' in html
    assert "2 things must be corrected" in html


def test_there_is_no_summary_without_errors() -> None:
    assert summary(MeasureForm()) == ""
    assert summary(MeasureForm({"name": "x", "phase": "a"})) == ""


def test_a_refusal_by_an_action_stands_in_the_summary() -> None:
    form = MeasureForm({"name": "x", "phase": "a"})
    assert form.is_valid()
    with form.refusing(RuleBroken):
        raise RuleBroken("The agreement is already signed.")
    assert "The agreement is already signed." in summary(form)


def test_the_errors_of_a_formset_stand_in_the_summary() -> None:
    rows = forms.formset_factory(MeasureForm, extra=0)(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "0",
            "form-0-name": "",
            "form-0-text": "begun",
            "form-1-name": "x",
            "form-1-phase": "a",
        }
    )
    html = summary(rows)
    assert 'href="#id_form-0-name"' in html
    assert "id_form-1" not in html


def test_an_empty_field_says_what_to_do_and_a_message_of_its_own_stays() -> None:
    class Chosen(Form):
        name = forms.CharField()
        file = forms.FileField()
        sure = forms.BooleanField()
        own = forms.CharField(error_messages={"required": "Write the case number."})

    errors = Chosen({}).errors
    assert errors["name"] == ["Fill in this field."]
    assert errors["file"] == ["Choose a file."]
    assert errors["sure"] == ["Tick the box to go on."]
    assert errors["own"] == ["Write the case number."]
