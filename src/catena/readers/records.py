"""Records: JSON Lines, JSON arrays, the tweets of a Twitter archive, and CSV or TSV; each record a block.

A field map beside the file says which field holds the words; without one it is found by its name, else it is the field
with the most letters; a step says which. The locator of a block tells the record's number, id, author and date.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from catena.model import Document
from catena.readers.base import ReaderError
from catena.readers.encodings import decode
from catena.readers.fields import FieldMap, check_columns
from catena.readers.flow import Flow

MAX_RECORDS = 500_000
_WORDS = ("full_text", "text", "content", "body", "message", "statement", "article", "selftext", "quote", "description")
_TOLD = (("id", ("id_str", "id", "guid", "url")), ("by", ("author", "user", "username", "from", "source")),
         ("on", ("date", "created_at", "published", "timestamp", "time")))  # fmt: skip
_ASSIGNED = re.compile(r"\s*(?:window|var)[\w.\s]*=\s*")
_STEP = f"name the field one of {', '.join(_WORDS)}"
_LOOKED_AT = 1000  # records by which the field is chosen
Record = dict[str, Any]


class Records:
    """JSON Lines, JSON, Twitter archives, CSV and TSV."""

    name = "records"
    version = "2"
    media_type = "application/x-ndjson"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")

    def sniff(self, data: bytes) -> bool:
        return data.lstrip()[:11] == b"window.YTD."

    def read(self, data: bytes, name: str, fields: FieldMap | None = None) -> Document:
        """The records in `data` as blocks of one document, by `fields` where a map is given."""
        records, encoding = load_records(data, name)
        if fields is None:
            words = _choose(records)
            if words is None:
                raise ReaderError("read", "no field of the records holds text", _STEP)
            mapped = FieldMap((words,))
        else:
            check_columns(fields, _columns(records))
            mapped = fields
        flow = Flow()
        for number, record in enumerate(records, 1):
            told = _locator(number, record) if fields is None else _mapped_locator(number, record, fields)
            flow.add(mapped.words(record), "paragraph", told)
        named = ", ".join(f"“{column}”" for column in mapped.text)
        steps = (f"the field {named} of each record" + (", by the field map" if fields else ""),)
        return flow.document(self, data, name, steps=steps, encoding=encoding)


def load_records(data: bytes, name: str) -> tuple[list[Record], str]:
    """The records of a table or of JSON, and the encoding. Raises `ReaderError`."""
    decoded = decode(data)
    table = name.lower().endswith((".csv", ".tsv"))
    records = _read_table(decoded.text) if table else _read_json(decoded.text)
    if len(records) > MAX_RECORDS:
        raise ReaderError("check", f"{len(records)} records; up to {MAX_RECORDS} are read", "split the file")
    return records, decoded.encoding


def split_records(data: bytes, name: str, fields: FieldMap) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """For each record with words: what it is called, its words, and what it states of itself."""
    records, _ = load_records(data, name)
    check_columns(fields, _columns(records))
    for number, record in enumerate(records, 1):
        words = fields.words(record)
        if words:
            own = str(record.get(fields.id) or "") if fields.id else ""
            yield f"record {number}{' ' + own if own else ''}.txt", words, fields.facts(record)


def _columns(records: Sequence[Record]) -> dict[str, object]:
    return dict.fromkeys(key for record in records[:_LOOKED_AT] for key in record if isinstance(key, str))


def _mapped_locator(number: int, record: Record, fields: FieldMap) -> str:
    facts = dict(fields.facts(record))
    own = str(record.get(fields.id) or "") if fields.id else ""
    pairs = (("id", own), ("by", facts.get("author")), ("on", facts.get("date")), ("at", facts.get("url")))
    return ", ".join([f"record {number}", *(f"{word} {value[:200]}" for word, value in pairs if value)])


def parse_json(text: str) -> Any:
    """The value in `text`. Raises `ReaderError` for broken or too deeply nested JSON."""
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise ReaderError("read", f"broken JSON ({error})", "get the file again") from error


def _read_json(text: str) -> list[Record]:
    text = _ASSIGNED.sub("", text, count=1) if text.lstrip()[:7] in ("window.", "var ") else text
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines[:5]):
        return _flatten(parse_json(line) for line in lines)
    value = parse_json(text.strip().rstrip(";"))
    if isinstance(value, dict):
        lists = [held for held in value.values() if isinstance(held, list) and held and isinstance(held[0], dict)]
        value = max(lists, key=len) if lists else [value]
    return _flatten(value if isinstance(value, list) else ())


def _flatten(values: Iterable[Any]) -> list[Record]:
    """Records with what a single inner object holds beside their own fields (`{"tweet": {…}}`)."""
    found = []
    for value in values:
        if isinstance(value, dict):
            inner = [held for held in value.values() if isinstance(held, dict)]
            found.append({**inner[0], **value} if len(inner) == 1 else value)
    return found


def _read_table(text: str) -> list[Record]:
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    csv.field_size_limit(10_000_000)
    try:
        return [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""), dialect=dialect)]
    except csv.Error as error:
        raise ReaderError("read", f"broken table ({error})", "save it anew as CSV") from error


def _choose(records: Sequence[Record]) -> str | None:
    """The field that holds the words."""
    letters: Counter[str] = Counter()
    for record in records[:_LOOKED_AT]:
        for key, value in record.items():
            if isinstance(key, str) and isinstance(value, str):
                letters[key] += sum(map(str.isalpha, value))
    named = [key for wanted in _WORDS for key in letters if key.lower() == wanted and letters[key]]
    return named[0] if named else next((key for key, count in letters.most_common(1) if count), None)


def _locator(number: int, record: Record) -> str:
    by_name = {key.lower(): value for key, value in record.items() if isinstance(key, str)}
    told = [f"record {number}"]
    for word, keys in _TOLD:
        value = next((by_name[key] for key in keys if isinstance(by_name.get(key), (str, int)) and by_name[key]), None)
        if value is not None:
            told.append(f"{word} {' '.join(str(value).split())[:200]}")
    return ", ".join(told)
