"""YAML that people write by hand, read into a pydantic model; what is wrong is told by line and field.

Every plain value is read as the text it is, so that `0301` stays a municipality number; the model makes dates and
numbers of those that are. An empty value is None. Aliases are refused: with them a few lines can grow without end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import yaml
from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from samloft.core.said import Said, SaidAbout, said

LARGEST_FILE = 512 * 1024
_DEEPEST = 30

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[int | str, ...]

_MESSAGES = {
    "missing": _("This must be filled in."),
    "extra_forbidden": _("There is no field with this name here."),
    "literal_error": _("Write one of these: %(expected)s."),
    "enum": _("Write one of these: %(expected)s."),
    "model_type": _("Here a group of fields is expected."),
    "dict_type": _("Here a group of fields is expected."),
    "list_type": _("Here a list is expected."),
    "string_type": _("Here a text is expected."),
    "string_too_short": _("This must be filled in."),
    "string_too_long": _("The text is too long."),
    "too_short": _("This must be filled in."),
    "date_parsing": _("Write the date as 2026-01-31."),
    "date_from_datetime_parsing": _("Write the date as 2026-01-31."),
    "date_from_datetime_inexact": _("Write the date as 2026-01-31."),
    "int_parsing": _("Write a whole number."),
    "bool_parsing": _("Write yes or no."),
}


class YamlRefused(ValueError):
    """The text cannot be used; `problems` says why, place by place."""

    def __init__(self, problems: Sequence[SaidAbout]) -> None:
        self.problems = tuple(problems)
        super().__init__(str(len(self.problems)))


def wrong(message_id: str, **values: str | int) -> PydanticCustomError:
    """What a validator of a model raises to say in its own words what is wrong."""
    return PydanticCustomError("said", "said", {"said": said(message_id, **values)})


def read_yaml(data: bytes, model: type[Model]) -> Model:
    """The model that the text describes. Raises YamlRefused."""
    return validated(*_read(data), model)


def validated(tree: Any, lines: Mapping[Place, int], model: type[Model]) -> Model:
    """The model of values that were read from a text, `lines` saying where each stands. Raises YamlRefused."""
    try:
        return model.model_validate(tree)
    except ValidationError as invalid:
        raise YamlRefused([_told(error, lines) for error in invalid.errors(include_url=False)]) from None


def _read(data: bytes) -> tuple[Any, dict[Place, int]]:
    if len(data) > LARGEST_FILE:
        raise _whole(_("The file is too large to be written by hand."))
    try:
        node = _Loader(data.decode("utf-8-sig")).get_single_node()
    except UnicodeDecodeError:
        raise _whole(_("The file is not text in UTF-8. Save it again as UTF-8.")) from None
    except yaml.MarkedYAMLError as broken:
        message_id = _("The line is not valid YAML. Check colons, quotes and indents.")
        raise _at(broken.problem_mark, message_id) from None
    except (yaml.YAMLError, RecursionError):
        raise _whole(_("The file is not valid YAML.")) from None
    lines: dict[Place, int] = {}
    return _Tree(lines).value(node, ()) if node else {}, lines


class _Loader(yaml.BaseLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise _at(
                self.peek_event().start_mark,  # type: ignore[no-untyped-call]
                _("Aliases are not read. Write the values out."),
            )
        return super().compose_node(parent, index)


@dataclass(frozen=True)
class _Tree:
    """Nodes to values, noting on which line each stands."""

    lines: dict[Place, int]

    def value(self, node: yaml.Node, place: Place) -> Any:
        if len(place) > _DEEPEST:
            raise _at(node.start_mark, _("The file is not valid YAML."))
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._fields(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, at)) for at, item in enumerate(node.value)]
        is_null = isinstance(node, yaml.ScalarNode) and node.style is None and node.value in ("", "~", "null")
        return None if is_null else str(node.value)

    def _fields(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _at(key.start_mark, _("Here the name of a field is expected."))
            if key.value in found:
                raise _at(key.start_mark, _("“%(name)s” stands here already."), name=key.value[:80])
            found[key.value] = self.value(item, (*place, key.value))
            self.lines[(*place, key.value)] = key.start_mark.line + 1
        return found


def _whole(message_id: str) -> YamlRefused:
    return YamlRefused([SaidAbout(said(_("The file")), said(message_id))])


def _at(mark: yaml.Mark | None, message_id: str, **values: str) -> YamlRefused:
    where = said(_("Line %(line)d"), line=mark.line + 1) if mark else said(_("The file"))
    return YamlRefused([SaidAbout(where, said(message_id, **values))])


def _told(error: Any, lines: Mapping[Place, int]) -> SaidAbout:
    place: Place = tuple(error["loc"])
    message = _message(error)
    name = ".".join(str(part) for part in place)
    known = place
    while known and known not in lines:
        known = known[:-1]
    line = lines.get(known, 1)
    if not name:
        return SaidAbout(said(_("Line %(line)d"), line=line), message)
    return SaidAbout(said(_("Line %(line)d, %(field)s"), line=line, field=name), message)


def _message(error: Any) -> Said:
    context = error.get("ctx", {})
    if error["type"] == "said":
        return cast(Said, context["said"])
    message_id = _MESSAGES.get(error["type"], _("The value cannot be used here."))
    expected = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    return said(message_id, expected=expected) if "%(expected)s" in message_id else said(message_id)
