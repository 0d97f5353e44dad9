"""Field maps: which column of a table holds the words, and which the title, author, date and address.

A map is a small YAML file beside the table, called after it: `statements.csv.fields.yaml`.

    text: [headline, body]   # one column, or several that follow each other
    author: signed_by
    date: published
    each: document           # every record a document of its own; or `block`, one document of all

Every value is the name of a column as it stands in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from catena.readers.base import ReaderError

STATED = ("title", "author", "date", "url", "language", "publisher")
"""What a record can state of itself, beside its `id`."""
_EACH = ("block", "document")
_KNOWN = ("text", "id", *STATED, "each")
_STEP = "mend the field map"


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Columns by what they hold. `text` has one or more; `id` is "" when no column numbers the records."""

    text: tuple[str, ...]
    stated: tuple[tuple[str, str], ...] = ()
    id: str = ""
    each: str = "block"

    def words(self, record: Mapping[str, object]) -> str:
        """The words of a record: its columns parted by an empty line; "" when there are none."""
        values = (record.get(column) for column in self.text)
        return "\n\n".join(value.strip("\n") for value in values if isinstance(value, str) and value.strip())

    def facts(self, record: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
        """What a record states of itself: name and value pairs, without empty ones."""
        pairs = ((name, record.get(column)) for name, column in self.stated)
        return tuple((name, " ".join(str(value).split())) for name, value in pairs if value not in (None, ""))


def parse_fields(data: bytes) -> FieldMap:
    """The map in a YAML file. Raises `ReaderError` that names everything wrong with it."""
    try:
        given = yaml.load(data.decode("utf-8-sig"), Loader=yaml.CBaseLoader)  # every value is a word, also `no`
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ReaderError("check", f"the field map is no YAML ({' '.join(str(error).split())})", _STEP) from error
    if not isinstance(given, dict):
        raise ReaderError("check", "the field map has no lines such as “text: body”", _STEP)
    wrong = [f"“{key}” is not one of {', '.join(_KNOWN)}" for key in given if key not in _KNOWN]
    columns = given.get("text", "")
    text = tuple(columns) if isinstance(columns, list) else (columns,) if columns else ()
    if not text or not all(isinstance(column, str) for column in text):
        wrong.append("it does not say which column is the text")
    single = {key: value for key, value in given.items() if key != "text"}
    wrong += [f"“{key}” takes the name of one column" for key, value in single.items() if not isinstance(value, str)]
    if given.get("each", "block") not in _EACH:
        wrong.append(f"“each” is one of {', '.join(_EACH)}")
    if wrong:
        raise ReaderError("check", f"field map: {'; '.join(wrong)}", _STEP)
    stated = tuple((name, given[name]) for name in STATED if given.get(name))
    return FieldMap(text, stated, given.get("id", ""), given.get("each", "block"))


def check_columns(fields: FieldMap, columns: Mapping[str, object]) -> None:
    """Raises `ReaderError` that names columns of the map that the table has not, and those it has."""
    wanted = (*fields.text, *(column for _, column in fields.stated), *((fields.id,) if fields.id else ()))
    missing = [column for column in wanted if column not in columns]
    if missing:
        have = ", ".join(str(column) for column in columns)
        raise ReaderError("check", f"no column {', '.join(missing)}; the table has {have}", _STEP)
