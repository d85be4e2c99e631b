"""Choosing what an area is compared with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.indicators.actions import comparison_areas as actions
from samloft.indicators.forms.comparison_areas import ComparisonForm
from samloft.indicators.queries.programme_places import comparable
from samloft.indicators.views.areas import the_area
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme
from samloft.programmes.views.pages import Back, form_page, posted


@access(Permission.FIGURE_EDIT)
def area_compare(request: Request, programme: Programme, code: str) -> HttpResponse:
    area = the_area(programme, code)
    before = [str(pk) for pk in area.comparisons.values_list("compared_with", flat=True)]
    offered = list(comparable(programme, area, timezone.localdate()))
    form = ComparisonForm(posted(request), areas=offered, initial={"areas": before})
    back = Back(area.name, reverse("indicators:area", args=[programme.slug, code]))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            chosen = form.cleaned_data["areas"]
            actions.choose(area=area, compared_with=chosen, by=request.user)
            messages.success(request, _("The areas to compare with are saved."))
            return redirect(back.url)
    return form_page(
        request,
        form,
        title=_("Compare %(area)s with") % {"area": area.name},
        submit=_("Save"),
        back=back,
        programme=programme,
    )
