"""A status is a word from a fixed list with a definition, a tone and an icon; colour never stands alone."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Tone = Literal["neutral", "info", "success", "warning", "danger", "accent"]

TONE_ICONS: dict[str, str] = {
    "neutral": "circle",
    "info": "info",
    "success": "check-circle",
    "warning": "warning",
    "danger": "cross-circle",
    "accent": "circle",
}


@dataclass(frozen=True)
class Status:
    """Shown with `{% status x %}`. `meaning` is the definition that opens when the word is pressed."""

    label: str | Promise
    tone: Tone = "neutral"
    icon: str = ""
    meaning: str | Promise = ""


@dataclass(frozen=True)
class Step:
    """One step of `{% step_line steps %}`. `state` is done, current, upcoming or stopped."""

    label: str | Promise
    state: Literal["done", "current", "upcoming", "stopped"]
    detail: str | Promise = ""
