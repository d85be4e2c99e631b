"""The two pages that many views share: a form, and a question before something that cannot be undone."""

from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise

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
