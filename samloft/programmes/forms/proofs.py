"""The forms for recording what fulfils an obligation, and what the parties agreed instead."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samloft.core.forms import Form, InGroups
from samloft.programmes.actions.proofs import DeviationValues, ProofValues
from samloft.programmes.forms.rows import UploadField
from samloft.programmes.models import (
    AgreementParty,
    Decision,
    Edition,
    FulfillingEvent,
    Obligation,
    ObligationKind,
    StoredFile,
)


class ProofForm(InGroups, Form):
    event = forms.ChoiceField(label=_("what happened"), choices=FulfillingEvent.choices)
    on = forms.DateField(label=_("date"), help_text=_("The day it happened, not the day you write it down."))
    party = forms.ModelChoiceField(
        AgreementParty.objects.none(),
        label=_("who did it"),
        required=False,
        empty_label=_("all who owe it, together"),
    )
    edition = forms.ModelChoiceField(
        Edition.objects.none(), label=_("issued document"), required=False, empty_label=_("none")
    )
    decision = forms.ModelChoiceField(
        Decision.objects.none(), label=_("decision"), required=False, empty_label=_("none")
    )
    upload = UploadField(label=_("file"))
    is_meeting = forms.BooleanField(label=_("It was a meeting"), required=False)
    text = forms.CharField(
        label=_("about it"),
        max_length=250,
        required=False,
        help_text=_(
            "What the meeting was, or what shows that it happened. Needed without a document, decision or file."
        ),
    )
    GROUPS = (
        (_("What happened"), "", ("event", "on", "party")),
        (
            _("What shows it"),
            _("One of these is enough."),
            ("edition", "decision", "upload", "is_meeting", "text"),
        ),
    )

    def __init__(self, *args: Any, obligation: Obligation, editions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = obligation.agreement.programme
        owing = [row.party_id for row in obligation.owed_by.all()]
        for name, rows in (
            ("edition", editions.defer("blocks", "blocks_other")),
            ("decision", programme.decisions.all()),
            ("party", AgreementParty.objects.filter(pk__in=owing).select_related("organisation")),
        ):
            field: Any = self.fields[name]
            field.queryset = rows
        if len(owing) < 2:
            del self.fields["party"]
        self.initial.setdefault("event", obligation.fulfilling_event or FulfillingEvent.DONE)
        self.initial.setdefault("is_meeting", obligation.kind == ObligationKind.MEETING)
        if obligation.kind != ObligationKind.DOCUMENT and not obligation.fulfilling_event:
            # Only documents go through several events.
            self.fields["event"].widget = forms.HiddenInput()

    def values(self, *, file: StoredFile | None) -> ProofValues:
        cleaned = self.cleaned_data
        return ProofValues(
            event=cleaned["event"],
            on=cleaned["on"],
            edition=cleaned["edition"],
            decision=cleaned["decision"],
            file=file,
            is_meeting=cleaned["is_meeting"],
            text=cleaned["text"],
            party=cleaned.get("party"),
        )


class DeviationForm(Form):
    agreed_on = forms.DateField(label=_("agreed"))
    agreed_with = forms.CharField(
        label=_("agreed with"), max_length=150, help_text=_("Such as the other party. No person's name.")
    )
    reason = forms.CharField(label=_("what was agreed, and why"), widget=forms.Textarea)
    decision = forms.ModelChoiceField(
        Decision.objects.none(), label=_("decision about it"), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, obligation: Obligation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["decision"]
        field.queryset = obligation.agreement.programme.decisions.all()
        others = obligation.agreement.parties.exclude(pk__in=[row.party_id for row in obligation.owed_by.all()])
        self.initial.setdefault("agreed_with", ", ".join(map(str, others.select_related("organisation")))[:150])
        self.initial.setdefault("agreed_on", timezone.localdate())

    def values(self) -> DeviationValues:
        return DeviationValues(**self.cleaned_data)
