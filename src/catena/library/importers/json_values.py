"""JSON and JSON Lines with a field map of paths."""

from __future__ import annotations

import json
import json.scanner
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from catena.library.importers.base import Collector, ImportOptions, decode, refusal, text_lines
from catena.library.importers.fields import field_map
from catena.library.model import Imported, LibraryError

_WALK, _PLACE = "[]", "[#]"
_Steps = tuple[str, ...]


class Json:
    """One JSON value. The map's paths lead to the passages: `chapters[].verses[].text`."""

    name = "json"
    takes = ("fields", "only", "skip_empty", "encoding")

    def sniff(self, head: str, name: str) -> bool:
        return head.lstrip()[:1] in ("{", "[") and not _is_lines(head)

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        text = decode(data, name, options.encoding)
        found = Collector(name, options.skip_empty)
        _gather(found, _parse(text, name), 1, options)
        return found.imported("numbered-passages")


class JsonLines:
    """One JSON value a line, with the same paths inside each."""

    name = "jsonl"
    takes = ("fields", "only", "skip_empty", "encoding")

    def sniff(self, head: str, name: str) -> bool:
        return head.lstrip()[:1] == "{" and _is_lines(head)

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        found = Collector(name, options.skip_empty)
        for number, line in enumerate(text_lines(decode(data, name, options.encoding)), 1):
            if line.strip():
                _gather(found, _parse(line, name, number), number, options)
        return found.imported("numbered-passages")


def _is_lines(head: str) -> bool:
    """True when the first line is a whole object and another one follows."""
    first, _, rest = head.strip().partition("\n")
    try:
        return isinstance(json.loads(first), dict) and rest.lstrip().startswith("{")
    except ValueError:
        return False


class _Placed(dict[str, Any]):
    """An object that knows the line it starts on."""

    line = 1


class _Decoder(json.JSONDecoder):
    """The standard decoder, whose objects know their line: a twice-given reference must be found again in the file.

    Strings, which are most of such files, are still read by the C scanner: 53 MB take about 2 s.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._ends = [place for place, char in enumerate(text) if char == "\n"] if "\n" in text else []
        self.parse_object = self._object
        self.scan_once = json.scanner.py_make_scanner(self)  # type: ignore[attr-defined]

    def _object(self, place: tuple[str, int], *rest: Any) -> tuple[_Placed, int]:
        value, end = json.decoder.JSONObject(place, *rest)  # type: ignore[attr-defined]
        placed = _Placed(value)
        placed.line = bisect_left(self._ends, place[1]) + 1
        return placed, end


def _parse(text: str, name: str, line: int = 0) -> Any:
    """The value of `text`; `line` is its number when it is one line of a file, 0 for a whole file."""
    try:
        return json.loads(text) if line else _Decoder(text).decode(text)
    except json.JSONDecodeError as error:
        reason = f"broken JSON: {error.msg} (column {error.colno})"
        where = line or error.lineno
        raise refusal(name, where, reason, "mend the file, or get it again from its publisher") from error
    except RecursionError as error:
        raise refusal(name, line or 1, "values nested too deeply", "check that this is the right file") from error


def _gather(found: Collector, value: Any, line: int, options: ImportOptions) -> None:
    given = options.fields
    if not given and isinstance(value, list):
        given = _under_list(value, found.name)
    fields = field_map(given, list(value) if isinstance(value, dict) else [_WALK], found.name)
    paths = {path: _steps(path) for path in (*fields.names, *(path for path, _ in options.only))}
    _check_one_line_of_lists(paths)
    for place, row in _rows(value, paths, found.name, line):
        if all(row[path] == wanted for path, wanted in options.only):
            fields.take(found, place, row)
        else:
            found.left_out["rows of others"] += 1


def _under_list(value: list[Any], name: str) -> tuple[tuple[str, str], ...]:
    """The usual names of a list's items, as paths."""
    usual = field_map((), list(value[0]) if value and isinstance(value[0], dict) else [], name)
    return (("ref", f"[].{usual.ref.source}"), ("text", f"[].{usual.text.source}"))


def _steps(path: str) -> _Steps:
    """`a.b[].c` -> `a`, `b`, `[]`, `c`."""
    parts = path.replace(_WALK, f".{_WALK}").replace(_PLACE, f".{_PLACE}").split(".")
    return tuple(part for part in parts if part)


def _check_one_line_of_lists(paths: Mapping[str, _Steps]) -> None:
    """Raises `LibraryError` when two paths walk lists that do not lie inside each other."""
    walks = {steps[:place] for steps in paths.values() for place, step in enumerate(steps) if step in (_WALK, _PLACE)}
    for outer, inner in pairwise(sorted(walks, key=len)):
        if (*outer, _WALK) != inner[: len(outer) + 1]:
            lists = f"{'.'.join(outer)}[] and {'.'.join(inner)}[]"
            raise LibraryError(f"the map walks two lists side by side, {lists}; one must lie inside the other")


def _rows(value: Any, paths: Mapping[str, _Steps], name: str, line: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The line and the values of each passage; a list that several paths walk is walked once."""
    line = getattr(value, "line", line)
    walk = next((steps[: steps.index(_WALK)] for steps in paths.values() if _WALK in steps), None)
    if walk is None:
        walk = next((steps[:-1] for steps in paths.values() if steps[-1:] == (_PLACE,)), None)
    if walk is None:
        yield line, {path: _reach(value, steps, name, line) for path, steps in paths.items()}
        return
    depth = len(walk)
    inner = {path: steps[depth + 1 :] for path, steps in paths.items() if steps[: depth + 1] == (*walk, _WALK)}
    placed = [path for path, steps in paths.items() if steps == (*walk, _PLACE)]
    rest = {path: steps for path, steps in paths.items() if path not in inner and path not in placed}
    fixed = {path: _reach(value, steps, name, line) for path, steps in rest.items()}
    for place, item in _items(_value(value, walk, name, line), walk, name, line):
        for where, row in _rows(item, inner, name, line):
            yield where, {**fixed, **dict.fromkeys(placed, place), **row}


def _items(value: Any, walk: _Steps, name: str, line: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from ((str(number), item) for number, item in enumerate(value, 1))
    else:
        raise refusal(name, line, f"{'.'.join(walk) or 'the file'} is no list", "mend the path in --map")


def _value(value: Any, steps: Sequence[str], name: str, line: int) -> Any:
    for step in steps:
        if not isinstance(value, dict) or step not in value:
            there = ", ".join(value) if isinstance(value, dict) else type(value).__name__
            raise refusal(name, line, f"nothing is called {step!r}; there is: {there[:200]}", "mend the path in --map")
        value = value[step]
    return value


def _reach(value: Any, steps: Sequence[str], name: str, line: int) -> str:
    """The text or number at the end of `steps`; nothing (`null`) is an empty text."""
    found = _value(value, steps, name, line)
    if found is None:
        return ""
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        reason = f"{'.'.join(steps) or 'the value'} is a {type(found).__name__}, no text or number"
        raise refusal(name, line, reason, "mend the path in --map")
    return str(found)
