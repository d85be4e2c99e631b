"""The programme's own page, and what it rests on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import programmes
from samloft.programmes.forms.programmes import ProgrammeForm
from samloft.programmes.models import Programme
from samloft.programmes.queries.programme_descriptions import in_short
from samloft.programmes.queries.programmes import overview
from samloft.programmes.views.pages import Back, form_page, posted


@access(Permission.PROGRAMME_VIEW)
def programme(request: Request, programme: Programme) -> HttpResponse:
    context = {
        "programme": programme,
        "overview": overview(programme, timezone.localdate()),
        "description": in_short(programme, request.allowed),
    }
    return render(request, "programmes/programme.html", context)


@access(Permission.PROGRAMME_EDIT)
def programme_edit(request: Request, programme: Programme) -> HttpResponse:
    back = Back(programme.name, programme.get_absolute_url())
    form = ProgrammeForm(posted(request), instance=programme)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            programmes.change(
                programme=programme, values=form.values(), version=form.opened_version, by=request.user
            )
            messages.success(request, _("The programme is saved."))
            return redirect(back.url)
    return form_page(
        request, form, title=_("Edit the programme"), submit=_("Save"), back=back, programme=programme
    )
