"""The forms of what the parties owe, and of what limits it."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.core.forms import Form, Groups, InGroups
from samloft.programmes.actions.obligations import ObligationValues, OwedBy, ReservationValues
from samloft.programmes.forms.rows import RowForm
from samloft.programmes.models import USUAL_REMINDERS, Agreement, AgreementParty, Obligation, Reservation
from samloft.programmes.models.obligations import MOST_TIMES
from samloft.programmes.queries.obligation_statuses import SHOWN
from samloft.programmes.queries.obligations_by_party import Chosen

_DIFFERENT = gettext_lazy("When the parties' parts differ")
_REST = gettext_lazy("Reminders and a period of its own")


class ObligationForm(InGroups, RowForm):
    owed_by = forms.ModelMultipleChoiceField(
        AgreementParty.objects.none(),
        label=gettext_lazy("who owes it"),
        help_text=gettext_lazy("Choose all who owe it together."),
        widget=forms.CheckboxSelectMultiple,
    )
    reminder_days = forms.CharField(
        label=gettext_lazy("days before the due date to remind"),
        required=False,
        initial=", ".join(map(str, USUAL_REMINDERS)),
        help_text=gettext_lazy("Numbers with commas between. Leave empty for no reminders."),
    )
    FOLDED = (_DIFFERENT, _REST)
    GROUPS: Groups = (
        (gettext_lazy("What"), "", ("text", "clause", "kind")),
        (gettext_lazy("Who"), "", ("owed_by", "responsible_role")),
        (gettext_lazy("When"), "", ("rhythm", "due_on", "min_times", "max_times")),
        (gettext_lazy("What fulfils it"), "", ("fulfilling_event", "document_kind")),
        (_REST, "", ("reminder_days", "starts_on", "ends_on")),
    )

    class Meta:
        model = Obligation
        fields = [
            "text",
            "clause",
            "kind",
            "responsible_role",
            "rhythm",
            "due_on",
            "min_times",
            "max_times",
            "fulfilling_event",
            "document_kind",
            "starts_on",
            "ends_on",
        ]
        labels = {"text": gettext_lazy("what is owed")}
        help_texts = {
            "text": gettext_lazy("As the agreement says it, or shorter in your own words."),
            "clause": gettext_lazy("Such as “section 4”, so that others find it again."),
            "responsible_role": gettext_lazy("A role or unit, not a person's name."),
            "due_on": gettext_lazy(
                "For what comes again: the first due date; the others follow. Leave empty if no date is known."
            ),
            "min_times": gettext_lazy("Only for a number of times a year."),
            "max_times": gettext_lazy("Only for a number of times a year. Alone it means “at most”."),
            "fulfilling_event": gettext_lazy(
                "What has to happen with a document before the obligation is fulfilled. Other dates are kept too."
            ),
            "document_kind": gettext_lazy("Then Samløft suggests the proof when the document is there."),
            "starts_on": gettext_lazy("Only if it does not run through the whole agreement."),
        }

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = list(agreement.parties.select_related("organisation"))
        owing = {row.party_id: row for row in self.instance.owed_by.all()} if self.instance.pk else {}
        field: Any = self.fields["owed_by"]
        field.queryset = agreement.parties.select_related("organisation")
        self.initial["owed_by"] = list(owing)
        self.initial["reminder_days"] = ", ".join(map(str, self.instance.reminders))
        for name, empty in (
            ("fulfilling_event", gettext_lazy("when anything that shows it is recorded")),
            ("document_kind", gettext_lazy("no document that is made in Samløft")),
        ):
            choices: Any = self.fields[name]
            choices.choices = [("", empty), *(choice for choice in choices.choices if choice[0])]
        for party in self.parties:
            stored = owing.get(party.pk)
            self.fields[_share(party)] = forms.CharField(
                label=_("what %(party)s does") % {"party": party}, max_length=150, required=False
            )
            self.fields[_cap(party)] = forms.IntegerField(
                label=_("at most for %(party)s, times a year") % {"party": party},
                min_value=1,
                max_value=MOST_TIMES,
                required=False,
            )
            self.initial[_share(party)] = stored.share if stored else ""
            self.initial[_cap(party)] = stored.max_times if stored else None
        parts = [name for party in self.parties for name in (_share(party), _cap(party))]
        different = (_DIFFERENT, gettext_lazy("Leave this empty when they owe the same."), parts)
        self.GROUPS = (*self.GROUPS[:-1], different, self.GROUPS[-1])

    def clean_reminder_days(self) -> tuple[int, ...] | None:
        """None for the usual ones, so that they follow along if the usual ones change."""
        parts = [part for part in re.split(r"[,;\s]+", self.cleaned_data["reminder_days"]) if part]
        if not all(part.isdecimal() for part in parts):
            raise forms.ValidationError(_("Write days as numbers with commas between, such as 90, 30, 7."))
        days = tuple(sorted({int(part) for part in parts}, reverse=True))
        return None if days == USUAL_REMINDERS else days

    def values(self) -> ObligationValues:
        cleaned = {name: self.cleaned_data[name] for name in self.Meta.fields}
        owed_by = [
            OwedBy(party, self.cleaned_data[_share(party)], self.cleaned_data[_cap(party)])
            for party in self.parties
            if party in self.cleaned_data["owed_by"]
        ]
        return ObligationValues(**cleaned, owed_by=owed_by, reminder_days=self.cleaned_data["reminder_days"])


class ObligationFilterForm(Form):
    """What to look at among the obligations of an agreement. A value that is no choice counts as none."""

    party = forms.TypedChoiceField(label=gettext_lazy("owed by"), required=False, coerce=int, empty_value=None)
    standing = forms.ChoiceField(
        label=gettext_lazy("state"),
        required=False,
        choices=[("", gettext_lazy("All")), *((one, status.label) for one, status in SHOWN.items())],
    )

    def __init__(self, *args: Any, parties: Sequence[AgreementParty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {party.pk: party for party in parties}
        field: Any = self.fields["party"]
        field.choices = [("", gettext_lazy("All parties")), *self.parties.items()]

    def choice(self) -> Chosen:
        self.is_valid()
        picked = self.cleaned_data
        return Chosen(self.parties.get(picked.get("party") or 0), picked.get("standing", ""))


class ReservationForm(RowForm):
    class Meta:
        model = Reservation
        fields = ["text", "clause"]
        help_texts = {
            "text": gettext_lazy("What the agreement says that it does not change or promise."),
            "clause": gettext_lazy("Such as “section 4”, so that others find it again."),
        }

    def values(self) -> ReservationValues:
        return ReservationValues(**{name: self.cleaned_data[name] for name in self.Meta.fields})


def _share(party: AgreementParty) -> str:
    return f"share_{party.pk}"


def _cap(party: AgreementParty) -> str:
    return f"cap_{party.pk}"
