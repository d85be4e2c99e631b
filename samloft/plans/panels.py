"""What this app adds to the pages of the apps below."""

from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from samloft.plans.queries.edition_plans import moves
from samloft.programmes.access import Permission, Request
from samloft.programmes.models import Edition


def edition_steps(request: HttpRequest, edition: Edition) -> SafeString | None:
    """On an issued document: record the dispatch or the answer, and compare it with another version."""
    allowed: frozenset[Permission] = getattr(request, "allowed", frozenset())
    if Permission.EDITION_VIEW not in allowed:
        return None
    context = {
        "edition": edition,
        "programme": edition.programme,
        "moves": moves(edition, user=cast(Request, request).user, allowed=allowed),
    }
    return render_to_string("plans/_edition_steps.html", context, request=request)
