"""Publishing figures: what is out, what a new table would show, and that it is to be shown."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.indicators.actions import releases as actions
from samloft.indicators.forms.releases import ReleaseForm, ReleaseSubjectForm
from samloft.indicators.models import Indicator
from samloft.indicators.queries.figures import Offer, definitions, measured, offer_of
from samloft.indicators.queries.owners import owners_for
from samloft.indicators.queries.programme_areas import comparable_areas
from samloft.indicators.queries.published_figures import marks, rows, states
from samloft.indicators.queries.releases import Prepared, prepare
from samloft.places.models import AreaKind
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted


@access(Permission.FIGURE_VIEW)
def releases(request: Request, programme: Programme) -> HttpResponse:
    """Every table that was published, the newest of each indicator first."""
    found = programme.releases.select_related("programme", "indicator", "definition", "published_by").defer(
        "table", "counts"
    )
    shown = set(programme.releases.public().values_list("pk", flat=True))
    context = {"programme": programme, "rows": [(release, release.pk in shown) for release in found]}
    return render(request, "indicators/release_list.html", context)


@access(Permission.FIGURE_PUBLISH)
def release_new(request: Request, programme: Programme) -> HttpResponse:
    """First which indicator; the answer stands in the next address."""
    asked = request.GET if "indicator" in request.GET else None
    form = ReleaseSubjectForm(asked, offer=offer_of(comparable_areas(programme), owners_for(programme)))
    if form.is_valid():
        return redirect("indicators:release_prepare", programme.slug, form.cleaned_data["indicator"])
    context = {"programme": programme, "form": form, "back": _back(programme)}
    return render(request, "indicators/release_choose.html", context)


@access(Permission.FIGURE_PUBLISH)
def release_prepare(request: Request, programme: Programme, key: str) -> HttpResponse:
    """Then areas and years, and below them the table as everybody would see it, with the button to publish it."""
    indicator = get_object_or_404(Indicator, key=key)
    sent = posted(request) or (request.GET if "show" in request.GET else None)
    offer = offer_of(comparable_areas(programme), owners_for(programme))
    form = ReleaseForm(sent, offer=offer, initial={"areas": _usual(indicator, offer)})
    prepared: Prepared | None = None
    if form.is_bound and form.is_valid():
        areas, years = form.chosen_areas(), form.years()
        with form.refusing(RuleBroken):
            if request.method == "POST":
                release = actions.publish(
                    programme=programme,
                    indicator=indicator,
                    areas=areas,
                    years=years,
                    checksum=request.POST.get("checksum", ""),
                    on=timezone.localdate(),
                    by=request.user,
                )
                messages.success(request, _("The figures are published. Everyone can read them now."))
                return redirect(release.get_public_url())
            prepared = prepare(indicator, areas, owners_for(programme), first_year=years[0], last_year=years[1])
    context = {
        "programme": programme,
        "form": form,
        "back": _back(programme),
        "indicator": indicator,
        "definition": definitions([indicator.pk])[indicator.pk],
        "prepared": prepared,
        "rows": list(rows(prepared.table)) if prepared else [],
        "states": states(prepared.table) if prepared else (),
        "marks": marks(prepared.table) if prepared else {},
    }
    return render(request, "indicators/release_prepare.html", context)


@access(Permission.FIGURE_PUBLISH)
def release_withdraw(request: Request, programme: Programme, pk: int) -> HttpResponse:
    release = get_object_or_404(programme.releases.select_related("definition"), pk=pk, withdrawn_on__isnull=True)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.withdraw(release=release, on=timezone.localdate(), by=request.user)
            messages.success(request, _("The table is no longer on the public pages."))
            return redirect(_back(programme).url)
    return form_page(
        request,
        form,
        title=_("Withdraw the table?"),
        lead=_(
            "“%(name)s”, release %(number)s, leaves the public pages. "
            "Whoever has seen it still knows what it said."
        )
        % {"name": release.definition.name, "number": release.number},
        submit=_("Withdraw"),
        back=_back(programme),
        programme=programme,
        danger=True,
    )


def _usual(indicator: Indicator, offer: Offer) -> list[str]:
    """The areas inside the municipality that have figures; larger ones are there to be added."""
    known = measured(indicator, offer.areas)
    larger = (AreaKind.COUNTY, AreaKind.COUNTRY)
    return [str(area.pk) for area in offer.areas if area.pk in known and area.kind not in larger]


def _back(programme: Programme) -> Back:
    return Back(_("Published figures"), reverse("indicators:releases", args=[programme.slug]))
