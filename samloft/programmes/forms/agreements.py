"""The forms of an agreement: itself, its parties, related agreements and conditions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samloft.programmes.actions.agreement_parties import PartyValues
from samloft.programmes.actions.agreements import AgreementValues, end_of_period
from samloft.programmes.actions.conditions import ConditionValues
from samloft.programmes.actions.related_agreements import RelatedAgreementValues
from samloft.programmes.forms.rows import RowForm, UploadField, YesNoUnknownField, year_field
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Condition,
    Programme,
    RelatedAgreement,
    StoredFile,
)


class AgreementForm(RowForm):
    first_year = year_field(_("first year"))
    may_be_extended = YesNoUnknownField(label=_("may be extended"))
    upload = UploadField(
        label=_("the agreement as a file"), help_text=_("A new file takes the place of the old one.")
    )

    class Meta:
        model = Agreement
        fields = [
            "title",
            "purpose",
            "signed_on",
            "first_year",
            "duration_years",
            "valid_to",
            "may_be_extended",
            "extension_text",
            "areas",
            "focus_areas",
            "decisions",
        ]
        help_texts = {
            "duration_years": _("“Five years from and including 2024” is 5: the end date follows from it."),
            "valid_to": _("Only when the agreement names an end date and no duration."),
            "decisions": _("What the council or others have decided about this agreement."),
        }
        widgets = {
            "areas": forms.CheckboxSelectMultiple,
            "focus_areas": forms.CheckboxSelectMultiple,
            "decisions": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("areas", programme.areas.all()),
            ("focus_areas", programme.focus_areas.all()),
            ("decisions", programme.decisions.all()),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            if not rows:
                del self.fields[name]
        if end_of_period(self.instance.first_year, self.instance.duration_years):
            # The end follows from the duration; shown, it would contradict a duration that is corrected.
            self.initial["valid_to"] = None

    def values(self, *, document: StoredFile | None) -> AgreementValues:
        cleaned = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        links: dict[str, Any] = {
            name: tuple(cleaned.pop(name, ())) for name in ("areas", "focus_areas", "decisions")
        }
        return AgreementValues(**cleaned, **links, document=document)


class PartyForm(RowForm):
    class Meta:
        model = AgreementParty
        fields = ["organisation", "role", "responsibility"]
        labels = {"organisation": _("organisation")}
        help_texts = {
            "organisation": _("If it is not in the list, ask those who operate Samløft to add it."),
            "role": _("Such as “municipality” or “ministry responsible for the grant”."),
        }

    def values(self) -> PartyValues:
        return PartyValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class RelatedAgreementForm(RowForm):
    first_year = year_field(_("first year"))
    last_year = year_field(_("last year"))

    class Meta:
        model = RelatedAgreement
        fields = ["kind", "title", "first_year", "last_year"]

    def values(self) -> RelatedAgreementValues:
        return RelatedAgreementValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class ConditionForm(RowForm):
    upload = UploadField(label=_("file that shows it"))

    class Meta:
        model = Condition
        fields = ["kind", "text", "needs_proof", "proof", "proved_on", "proof_decision"]
        labels = {"proof_decision": _("decision that shows it")}
        help_texts = {"text": _("What the agreement says, in your own words or as it is written.")}

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof_decision"].queryset = programme.decisions.all()  # type: ignore[attr-defined]

    def values(self, *, proof_file: StoredFile | None) -> ConditionValues:
        cleaned = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return ConditionValues(**cleaned, proof_file=proof_file)
