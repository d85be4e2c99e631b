"""The two pages that many views share: a form, and a question before something that cannot be undone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from samloft.core.errors import RuleBroken
from samloft.core.forms import Form
from samloft.programmes.models import Programme

Words = str | Promise


@dataclass(frozen=True)
class Back:
    """Where the page belongs: the last breadcrumb, and what Cancel leads to."""

    label: Words
    url: str


class ConfirmForm(Form):
    """Nothing to fill in; the answer is the button."""


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is empty; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def direction_of(request: HttpRequest) -> Literal["up", "down"]:
    """Which of the two arrows in a list was pressed."""
    return "up" if request.POST.get("direction") == "up" else "down"


def saved_or_form(
    request: HttpRequest,
    form: Any,
    save: Callable[[], object],
    *,
    said: Words,
    back: Back,
    to: str = "",
    **page: Any,
) -> HttpResponse:
    """The last two beats of a page with one form: do it and go on, or show the form with what was wrong.

    `save` calls the action; when that refuses, nothing of it is stored. The way goes on to `to`, else back.
    """
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken), transaction.atomic():
            save()
            messages.success(request, str(said))
            return redirect(to or back.url)
    return form_page(request, form, back=back, **page)


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    title: Words,
    submit: Words,
    back: Back,
    lead: Words = "",
    programme: Programme | None = None,
    danger: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "back": back,
        "lead": lead,
        "programme": programme,
        "danger": danger,
    }
    return render(request, "programmes/form.html", context)
