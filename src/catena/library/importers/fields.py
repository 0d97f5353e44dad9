"""Field maps: how columns or JSON values become references and texts.

A *template* is a field's name, or text with names in braces: `{book} {chapter}:{verse}`. `{#}` counts the passages
from 1. In JSON a name is a path: `chapters[].verses[].text` walks every item of both lists, `chapters[#]` is the place
of the item in its list, from 1; over an object `[]` walks the values and `[#]` is the key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from catena.library.importers.base import Collector, refusal
from catena.library.model import LibraryError

TARGETS = ("ref", "text", "local", "parent")
COUNTER = "#"
_PARTS = re.compile(rf",\s*(?=(?:{'|'.join(TARGETS)})=)")
_NAME = re.compile(r"\{([^{}]*)\}")
# What files call these fields when they need no map. A file with more than one of a kind needs one.
USUAL = {"ref": ("ref", "reference", "id", "osis"), "text": ("text", "content", "passage", "verse_text")}


def parse_map(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The fields of `--map ref=…,text=…`, which may be given more than once, as `(target, template)`.

    >>> parse_map(["ref={book} {number},text=arabic"])
    (('ref', '{book} {number}'), ('text', 'arabic'))
    """
    found: list[tuple[str, str]] = []
    for part in (part for one in given for part in _PARTS.split(one)):
        target, equals, template = part.partition("=")
        if not equals or target.strip() not in TARGETS or not template.strip():
            allowed = ", ".join(f"{name}=…" for name in TARGETS)
            raise LibraryError(f"{part!r} is no part of a field map; write: {allowed}")
        found.append((target.strip(), template.strip()))
    return tuple(found)


def parse_only(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The conditions of `--only FIELD=VALUE` as pairs. Raises `LibraryError` for one without an equals sign."""
    pairs = [one.partition("=") for one in given]
    wrong = next((one for one, pair in zip(given, pairs, strict=True) if not pair[0] or not pair[1]), None)
    if wrong is not None:
        raise LibraryError(f"{wrong!r} is no condition; write: FIELD=VALUE")
    return tuple((name, value) for name, _, value in pairs)


@dataclass(frozen=True)
class Template:
    """A template as it was written; `names` are the fields or paths it asks for."""

    source: str

    @cached_property
    def names(self) -> tuple[str, ...]:
        inside = tuple(_NAME.findall(self.source))
        return inside if inside or self.source == "" else (self.source,)

    def fill(self, value_of: Callable[[str], str]) -> str:
        """The template with `value_of` each name in it."""
        if not _NAME.search(self.source):
            return value_of(self.source)
        return _NAME.sub(lambda found: value_of(found[1]), self.source)


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Templates for the reference and the text, and for further local references and the parent when given."""

    ref: Template
    text: Template
    local: tuple[Template, ...] = ()
    parent: Template | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every field or path that the templates ask for, each once, without the counter."""
        many = (self.ref, self.text, *self.local, *((self.parent,) if self.parent else ()))
        return tuple(dict.fromkeys(name for each in many for name in each.names if name != COUNTER))

    def take(self, found: Collector, line: int, row: Mapping[str, str]) -> None:
        """Add the passage that one row of values makes; `row` holds every name in `names`."""
        values = {**row, COUNTER: str(len(found.passages) + 1)}
        found.add(
            line,
            self.ref.fill(values.__getitem__).strip(),
            self.text.fill(values.__getitem__),
            local=tuple(each.fill(values.__getitem__).strip() for each in self.local),
            parent=self.parent.fill(values.__getitem__).strip() if self.parent else "",
        )


def field_map(given: Sequence[tuple[str, str]], present: Sequence[str], name: str) -> FieldMap:
    """The map for a file that has the fields `present`: as `given`, else by the usual names.

    Raises `LibraryError` that lists what is there when the reference or the text is not settled.
    """
    found: dict[str, str] = {}
    for target in ("ref", "text"):
        usual = [field for field in present if field.casefold() in USUAL[target]]
        said = [template for one, template in given if one == target]
        if len(said) != 1 and len(usual) != 1:
            there = ", ".join(present) or "none"
            step = f"say which with --map, such as: --map ref={{{present[0] if present else 'id'}}},text=…"
            raise refusal(name, 1, f"no field is plainly the {target}; the fields are: {there}", step)
        found[target] = said[0] if said else usual[0]
    parents = [template for one, template in given if one == "parent"]
    return FieldMap(
        Template(found["ref"]),
        Template(found["text"]),
        tuple(Template(template) for one, template in given if one == "local"),
        Template(parents[0]) if parents else None,
    )
