"""Compile the fold tables in src/catena/data/folding/*.yaml, with Unicode's own rules, into table.bin beside
them.

    python tools/make_fold_table.py           # write the table
    python tools/make_fold_table.py --check   # exit 1 when the file is not what the YAML says

The result depends on the YAML and on Unicode. Assigned code points do not change how they fold, and code
points newer than Unicode 14 (Python 3.11's) are left as they are, so any Python from 3.11 on makes the same
file.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from catena.text.fold import ATTACHED, CODE_POINTS, FIRST_EXPANSION, FREE, pack

FOLDER = Path(__file__).parent.parent / "src" / "catena" / "data" / "folding"
FILE = FOLDER / "table.bin"
ASSIGNED = FOLDER / "unicode-14.txt"
"""The code points that Unicode 14 assigns, one range FIRST-LAST a line, in hexadecimal."""


@dataclass
class Rules:
    """All YAML files together: what is dropped and how, what becomes what, which letters are weak."""

    dropped: dict[int, int] = field(default_factory=dict)
    becomes: dict[str, str] = field(default_factory=dict)
    weak: set[str] = field(default_factory=set)


def read_rules(folder: Path) -> Rules:
    """The rules of every YAML file in `folder`. Raises `ValueError` for a character with two different
    fates.
    """
    rules = Rules()
    for path in sorted(folder.glob("*.yaml")):
        data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for fate, name in ((ATTACHED, "attached"), (FREE, "free")):
            for entry in data.get(name, ()):
                for code in parse_range(entry["range"]):
                    _put(rules.dropped, code, fate, path)
        for entry in data.get("unify", ()):
            for character in entry["from"]:
                _put(rules.becomes, character, entry["to"], path)
        for entry in data.get("expand", ()):
            _put(rules.becomes, _character(entry["from"]), entry["to"], path)
        rules.weak.update(data.get("weak", ""))
    return rules


def _put(fates: dict[Any, Any], key: Any, value: Any, path: Path) -> None:
    if key in fates:
        raise ValueError(f"{path.name}: {key!r} is listed twice, as {fates[key]!r} and as {value!r}")
    fates[key] = value


def parse_range(text: str) -> range:
    """The code points of `FIRST-LAST` or `ONE`, in hexadecimal."""
    first, _, last = text.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


def _character(text: str) -> str:
    return chr(int(text[2:], 16)) if text.startswith("U+") else text


def fold_character(character: str, rules: Rules) -> str:
    """What one kept character becomes: the rules, compatibility forms, case, and no marks, until nothing
    changes.
    """
    before, now = "", character
    while now != before:
        before = now
        now = _apply(unicodedata.normalize("NFC", now), rules)
        now = _apply(unicodedata.normalize("NFKD", now), rules)
        now = _apply(unicodedata.normalize("NFKD", now.casefold()), rules)
        now = "".join(_digit(each) for each in unicodedata.normalize("NFKC", now))
    return now


def _apply(text: str, rules: Rules) -> str:
    kept = (each for each in text if ord(each) not in rules.dropped)
    return "".join(rules.becomes.get(each, each) for each in kept)


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def read_assigned(path: Path) -> set[int]:
    """The code points that the oldest Unicode version we support knows."""
    lines = path.read_text(encoding="ascii").split()
    return {code for line in lines for code in parse_range(line)}


def make_table(rules: Rules, assigned: set[int]) -> bytes:
    """The table's bytes. Raises `ValueError` when ASCII would be dropped or expanded: the quick path
    rests on that.
    """
    changed: list[int] = []
    targets: list[int] = []
    expanded: list[int] = []
    bounds: list[int] = [0]
    for code, target in _fates(rules, assigned):
        changed.append(code)
        if isinstance(target, int):
            targets.append(target)
        elif len(target) == 1:
            targets.append(ord(target))
        else:
            expanded.extend(map(ord, target))
            targets.append(FIRST_EXPANSION - (len(bounds) - 1))
            bounds.append(len(expanded))
        if code < 128 and not 0 <= targets[-1] < 128:
            raise ValueError(f"ASCII U+{code:04X} must fold to one ASCII character")
    letters = list(_letter_ranges(rules, assigned))
    return pack([changed, targets, expanded, bounds, letters, sorted(map(ord, rules.weak))])


def _fates(rules: Rules, assigned: set[int]) -> Iterator[tuple[int, str | int]]:
    """Every code point that changes, in order, with the text it becomes or the way it is dropped."""
    for code in range(CODE_POINTS):
        character = chr(code)
        if code in rules.dropped:
            yield code, rules.dropped[code]
        elif character.isspace():
            if character != " ":
                yield code, " "
        elif code in assigned or character in rules.becomes:
            target = fold_character(character, rules)
            if target.startswith(" ") and character not in rules.becomes:
                continue  # spacing accents (¨ ¸ ˘): Unicode takes them for a space with a mark; keep them
            if target != character:
                yield code, target or ATTACHED


def _letter_ranges(rules: Rules, assigned: set[int]) -> Iterator[int]:
    """First and last of each run of letters, digits and the marks that are kept (vowel signs of Indic
    scripts).
    """
    first = last = -2
    for code in sorted(assigned - rules.dropped.keys()):
        if unicodedata.category(chr(code))[0] not in "LNM":
            continue
        if code != last + 1:
            if first >= 0:
                yield from (first, last)
            first = code
        last = code
    yield from (first, last)


def main() -> int:
    data = make_table(read_rules(FOLDER), read_assigned(ASSIGNED))
    if "--check" not in sys.argv[1:]:
        FILE.write_bytes(data)
        print(f"{FILE.name}: {len(data):,} bytes")
        return 0
    if FILE.read_bytes() == data:
        return 0
    print(f"{FILE} is not up to date; run python tools/make_fold_table.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
