"""The shared pieces of every page. Each tag renders the file of the same name in `templates/components/`.

The gallery at /components/ shows them all; how to use one stands at the top of its file.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.formsets import DELETION_FIELD_NAME, BaseFormSet
from django.http import HttpRequest
from django.template import TemplateSyntaxError
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samloft.core import navigation, panels
from samloft.core.forms import FieldOfForm
from samloft.core.statuses import TONE_ICONS, Status, Step

register = template.Library()

SPRITE = Path(__file__).resolve().parent.parent / "static" / "core" / "vendor" / "icons.svg"
_numbers = itertools.count(1)


@cache
def icon_names() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))


def _component(component: str, /, **values: Any) -> SafeString:
    return SafeString(render_to_string(f"components/{component}.html", values).strip())


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "pencil" %}`: decoration only, hidden from screen readers; the text beside it has the meaning."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    # Long lists have thousands, and finding the address of the file each time was a twentieth of their pages.
    if name not in icon_names():
        raise TemplateSyntaxError(f"There is no icon {name!r}; add it to bin/vendor-assets or choose another.")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("core/vendor/icons.svg"),
        name,
    )


@register.simple_tag
def button(
    text: str,
    *,
    variant: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    danger: bool = False,
) -> SafeString:
    return _component("button", text=text, variant=variant, icon=icon, name=name, value=value, danger=danger)


@register.simple_tag
def link_button(
    text: str, url: str, *, variant: str = "secondary", icon: str = "", download: bool = False
) -> SafeString:
    return _component("link_button", text=text, url=url, variant=variant, icon=icon, download=download)


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "") -> SafeString:
    return _component("alert", content=content, tone=tone, title=title)


@register.simple_tag
def tag(text: str, *, tone: str = "neutral", icon: str = "", help: str = "") -> SafeString:
    return _component(
        "tag",
        text=text,
        tone=tone,
        icon=icon or TONE_ICONS[tone],
        help=help,
        popover_id=f"meaning-{next(_numbers)}" if help else "",
    )


@register.simple_tag
def status(status: Status, *, explained: bool = True) -> SafeString:
    """`{% status x %}`: the word of a `Status`; `explained=False` leaves out the definition, as in long tables."""
    meaning = str(status.meaning) if explained else ""
    return tag(str(status.label), tone=status.tone, icon=status.icon, help=meaning)


@register.simple_block_tag
def card(content: str, title: str = "", url: str = "", level: int = 2) -> SafeString:
    return _component("card", content=content, title=title, url=url, level=level)


@register.simple_block_tag
def empty_state(content: str, title: str, icon: str = "folder", level: int = 2) -> SafeString:
    return _component("empty_state", content=content, title=title, icon=icon, level=level)


@register.simple_block_tag
def page_header(content: str, title: str, lead: str = "", eyebrow: str = "") -> SafeString:
    return _component("page_header", content=content, title=title, lead=lead, eyebrow=eyebrow)


@register.simple_block_tag
def facts(content: str, compact: bool = False) -> SafeString:
    return _component("facts", content=content, compact=compact)


@register.simple_tag
def fact(label: str, value: Any, source: str = "") -> SafeString:
    return _component("fact", label=label, value=value, source=source)


@register.simple_block_tag
def stats(content: str, label: str = "") -> SafeString:
    return _component("stats", content=content, label=label)


@register.simple_tag
def stat(label: str, value: Any, detail: str = "", url: str = "") -> SafeString:
    return _component("stat", label=label, value=value, detail=detail, url=url)


@register.simple_block_tag
def table_region(content: str, label: str) -> SafeString:
    return _component("table_region", content=content, label=label)


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    return _component("details", content=content, summary=summary, open=open)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    return _component("dialog", content=content, id=id, title=title)


@register.simple_tag
def step_line(steps: Sequence[Step], label: str) -> SafeString:
    return _component("step_line", steps=steps, label=label)


@register.simple_tag
def progress(label: str, value: int | float, max: int | float = 100, text: str = "") -> SafeString:
    return _component("progress", label=label, value=value, max=max, text=text)


@register.simple_tag
def tabs(links: Sequence[navigation.Link], label: str) -> SafeString:
    return _component("tabs", links=links, label=label)


@register.simple_tag
def crumb(text: str, url: str = "") -> SafeString:
    return _component("crumb", text=text, url=url)


@register.simple_tag(takes_context=True)
def pagination(
    context: Context, page: Page[Any], *, name: str = "page", label: str = "", anchor: str = ""
) -> SafeString:
    """`name` is its word in the address, `label` tells two lists apart, `anchor` is where the list begins."""
    request: HttpRequest = context["request"]

    def address(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"?{query.urlencode()}{'#' + anchor if anchor else ''}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return _component(
        "pagination",
        page=page,
        label=label,
        pages=[(number, address(number) if isinstance(number, int) else "") for number in numbers],
        previous=address(page.previous_page_number()) if page.has_previous() else "",
        next=address(page.next_page_number()) if page.has_next() else "",
    )


@register.simple_tag
def error_summary(*checked: forms.BaseForm | BaseFormSet[Any]) -> SafeString:
    """`{% error_summary form formset %}`: every error with a link to its field; nothing when there is none."""
    found = [error for source in checked for error in _errors_of(source)]
    return _component("error_summary", errors=found) if found else SafeString("")


def _errors_of(source: forms.BaseForm | BaseFormSet[Any]) -> Iterable[dict[str, str]]:
    if not source.is_bound and not getattr(source, "errors", None):
        return
    if isinstance(source, BaseFormSet):
        for message in source.non_form_errors():
            yield {"target": "", "label": "", "message": str(message)}
        for form in source.forms:
            is_deleted = getattr(form, "cleaned_data", {}).get(DELETION_FIELD_NAME, False)
            if not is_deleted:
                yield from _errors_of(form)
        return
    for name, messages in source.errors.items():
        bound = source[name] if name in source.fields else None
        for message in messages:
            yield {
                "target": bound.target_id if isinstance(bound, FieldOfForm) and not bound.is_hidden else "",
                "label": str(bound.label) if bound else "",
                "message": str(message),
            }


@register.simple_tag(takes_context=True)
def whole_form(
    context: Context,
    form: forms.BaseForm,
    *,
    submit: str,
    cancel: str = "",
    action: str = "",
    danger: bool = False,
) -> SafeString:
    return render_to_string(
        "components/whole_form.html",
        {"form": form, "submit": submit, "cancel": cancel, "action": action, "danger": danger},
        request=context["request"],
    )


@register.simple_tag(takes_context=True)
def upload(context: Context, form: forms.BaseForm, *, submit: str, cancel: str = "") -> SafeString:
    return render_to_string(
        "components/upload.html",
        {"form": form, "submit": submit, "cancel": cancel},
        request=context["request"],
    )


@register.simple_tag(takes_context=True)
def programme_tabs(context: Context) -> SafeString:
    """The tabs of the programme that the page's context holds; nothing on other pages."""
    programme = context.get("programme")
    if programme is None:
        return SafeString("")
    request: HttpRequest = context["request"]
    items = context["frame"].programme_navigation
    links = navigation.links(items, request, programme=programme, slug=programme.slug)
    parts = navigation.parts(links)
    return _component(
        "programme_bar",
        programme=programme,
        parts=parts,
        here=next((part for part in parts if part.is_current), None),
        page=next((link for link in links if link.is_current), None),
    )


@register.simple_tag(takes_context=True, name="panels")
def show_panels(context: Context, place: str, subject: Any) -> SafeString:
    """`{% panels "plans.measure" measure %}`: what the apps above add here; see `config/panels.py`."""
    shown = panels.render_panels(context["frame"].panels, place, context["request"], subject)
    return format_html_join("\n", "{}", ((html,) for html in shown))


@register.simple_tag(takes_context=True)
def notes(context: Context, place: str, records: Sequence[Any]) -> panels.Notes:
    """`{% notes "programmes.goals.notes" goals as noted %}`: what the apps above say about each of them."""
    return panels.take_notes(context["frame"].panels, place, context["request"], records)


@register.simple_tag
def note(noted: panels.Notes, record: Any) -> SafeString:
    """`{% note noted goal %}`: what was noted about this one; nothing when there is nothing."""
    return format_html_join("\n", "{}", ((html,) for html in noted.get(record.pk, ())))


@register.simple_tag
def wordmark() -> SafeString:
    return _component("wordmark")
