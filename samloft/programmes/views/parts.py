"""Editing a governing document part by part, in its page; every form is a page of its own too."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import reselect, reswap, retarget

from samloft.core.forms import Form
from samloft.programmes.access import Request
from samloft.programmes.models import GoverningDocument


def editor(
    request: Request, document: GoverningDocument, form: Form, *, part: str, title: str, **more: Any
) -> HttpResponse:
    """The form of one part: a page of its own, from which htmx takes the form into the document's page.

    `part` is the id of what the form changes, and stands for it in the page. More may be: `lead`, `submit`,
    `danger`, `fields` (a template for them), `beside` (what else of the page changes), `also` (a link), `styles`.
    """
    visible = [field for field in form.fields.values() if not field.widget.is_hidden]
    if visible and not form.is_bound:
        visible[0].widget.attrs["autofocus"] = True
    context = {
        "programme": document.programme,
        "document": document,
        "form": form,
        "part": part,
        "title": title,
        **more,
    }
    return render(request, "programmes/part_edit.html", context)


def saved(
    request: Request, document: GoverningDocument, part: str, show: Callable[[], HttpResponse]
) -> HttpResponse:
    """Back to the part in the document's page, which `show` renders anew; htmx swaps the part in, and leaves
    other open forms alone.
    """
    if not getattr(request, "htmx", False):
        return redirect(f"{document.get_absolute_url()}#{part}")
    return reswap(reselect(retarget(show(), f"#{part}"), f"#{part}"), "outerHTML")
