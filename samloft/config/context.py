"""What every template may use as `frame`."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samloft.config.navigation import MAIN, OPERATOR, PROGRAMME
from samloft.config.panels import PANELS
from samloft.core import navigation
from samloft.core.panels import PanelMap

COLOUR_COOKIE = "samloft_colours"
COLOUR_MODES: dict[str, str | Promise] = {
    "auto": _("As the device"),
    "light": _("Light"),
    "dark": _("Dark"),
}
# In their own words, so that a reader finds hers whatever the page's language is.
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@dataclass(frozen=True)
class Frame:
    request: HttpRequest

    @property
    def is_demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def colour_mode(self) -> str:
        wished = self.request.COOKIES.get(COLOUR_COOKIE, "")
        return wished if wished in COLOUR_MODES else "auto"

    @property
    def colour_modes(self) -> list[tuple[str, str]]:
        return [(code, str(name)) for code, name in COLOUR_MODES.items()]

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def languages(self) -> list[tuple[str, str]]:
        return list(LANGUAGE_NAMES.items())

    @property
    def url_name(self) -> str:
        match = self.request.resolver_match
        return match.view_name if match else ""

    @property
    def main_navigation(self) -> list[navigation.Link]:
        return navigation.links(MAIN, self.request)

    @property
    def programme_navigation(self) -> tuple[navigation.Item, ...]:
        return PROGRAMME

    @property
    def operator_navigation(self) -> list[navigation.Link]:
        """The operator's tabs, on the operator's pages only."""
        shown = navigation.links(OPERATOR, self.request)
        return shown if any(link.is_current for link in shown) else []

    @property
    def panels(self) -> PanelMap:
        return PANELS


def frame(request: HttpRequest) -> dict[str, Frame]:
    return {"frame": Frame(request)}
