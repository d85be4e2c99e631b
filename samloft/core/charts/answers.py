"""A chart as the answer to a request, kept by the browser for as long as its figures are the same."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from samloft.core.charts.descriptions import Chart
from samloft.core.charts.drawing import LOOKS, NARROW, WIDE, draw


def chart_answer(request: HttpRequest, chart: Chart) -> HttpResponse:
    """The SVG; `?narrow` asks for the one that suits a phone. Drawn only when the browser has no such picture."""
    width = NARROW if "narrow" in request.GET else WIDE
    key = repr((LOOKS, chart, width, get_language()))
    etag = f'"{hashlib.sha256(key.encode()).hexdigest()[:32]}"'
    answer: HttpResponse
    if get_conditional_response(request, etag=etag) is None:
        answer = HttpResponse(draw(chart, width), content_type="image/svg+xml")
    else:
        answer = HttpResponseNotModified()
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["Vary"] = "Cookie, Accept-Language"
    return answer
