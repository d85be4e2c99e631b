"""Every shared component on one page, in every state. The page is also the components' test."""

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samloft.accounts.middleware import public
from samloft.core.forms import Form
from samloft.core.money import MoneyFormField
from samloft.core.navigation import Link
from samloft.core.statuses import Status, Step
from samloft.core.templatetags.components import icon_names


class SampleForm(Form):
    name = forms.CharField(label=_("Name of the measure"), help_text=_("As residents would say it."))
    amount = MoneyFormField(label=_("Amount in kroner"), required=False)
    starts_on = forms.DateField(label=_("First day"))
    source = forms.ChoiceField(
        label=_("Source"), choices=[("", "–"), ("grant", _("Programme grant")), ("own", _("The municipality"))]
    )
    description = forms.CharField(label=_("Description"), widget=forms.Textarea, required=False)
    phase = forms.ChoiceField(
        label=_("Phase"),
        choices=[("idea", _("Idea")), ("running", _("Running"))],
        widget=forms.RadioSelect,
    )
    groups = forms.MultipleChoiceField(
        label=_("Target groups"),
        choices=[("children", _("Children")), ("young", _("Young people")), ("old", _("Older people"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose all that fit."),
    )
    is_new = forms.BooleanField(label=_("The measure is new this year"), required=False)


class SampleUploadForm(Form):
    file = forms.FileField(label=_("Plan document"), help_text=_("Word, Excel, CSV, PDF or text."))


SampleFormSet = forms.formset_factory(SampleUploadForm, extra=1)

STATUSES = (
    Status(_("Draft"), "neutral", "pencil", _("Being written; nobody has decided anything.")),
    Status(_("Recommended"), "info", "send", _("The board has put it forward for decision.")),
    Status(_("Adopted"), "success", "seal", _("The body that decides has adopted it.")),
    Status(_("Waiting"), "warning", "hourglass", _("Someone else has to act first.")),
    Status(_("Returned"), "danger", "return", _("Sent back with a reason.")),
    Status(_("Not assessed"), "neutral", "question", _("Nobody has looked at it yet.")),
)
STEPS = (
    Step(_("Draft"), "done", "12.01.2026"),
    Step(_("Recommended"), "done"),
    Step(_("Adopted"), "current"),
    Step(_("Dispatched"), "upcoming"),
    Step(_("Answered"), "upcoming"),
)
RETURNED = (Step(_("Draft"), "done"), Step(_("Recommended"), "stopped"), Step(_("Adopted"), "upcoming"))


@public
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    # Bound to wrong data on purpose: the error states belong to the gallery.
    typed = {"wrong-name": "", "wrong-amount": "ca. 300 000", "wrong-groups": ["other"]}
    wrong = SampleForm(typed, prefix="wrong")
    wrong.add_error(None, _("The measure and the budget do not agree."))
    context = {
        "form": SampleForm(prefix="empty", initial={"starts_on": date(2027, 1, 1), "amount": 80_000_000}),
        "wrong": wrong,
        "upload_form": SampleUploadForm(prefix="upload"),
        "formset": SampleFormSet(prefix="rows"),
        "statuses": STATUSES,
        "steps": STEPS,
        "returned": RETURNED,
        "page": Paginator(range(200), 10).get_page(request.GET.get("page", 4)),
        "tab_links": [
            Link(str(_("Text")), "#boxes", "file-text", True),
            Link(str(_("Budget")), "#forms", "money", False),
        ],
        "icon_names": sorted(icon_names()),
        "ore": 779_500_000,
        "day": date(2026, 12, 31),
    }
    return render(request, "config/components.html", context)
