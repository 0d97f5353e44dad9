"""CSV and TSV with a field map; the first row names the columns, unless the map names them by number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from catena.library.importers.base import Collector, ImportOptions, decode, refusal
from catena.library.importers.fields import COUNTER, USUAL, Template, field_map
from catena.library.model import Imported

_DELIMITERS = "\t,;|"
_LONGEST = 10_000_000  # characters of one cell: a whole chapter fits, an unclosed quote over a large file does not


class Table:
    """Rows of columns. A column is called by its name in the first row, or by its number from 1 when there is none."""

    name = "csv"
    takes = ("fields", "only", "skip_empty", "encoding")

    def sniff(self, head: str, name: str) -> bool:
        mark = _delimiter(head)
        if not mark or not name.lower().endswith((".csv", ".tsv")):
            return False
        columns = {column.strip('" \r').casefold() for column in head.lstrip("\r\n").partition("\n")[0].split(mark)}
        named = any(columns & set(usual) for usual in USUAL.values())
        return named or mark != "\t" or len(columns) > 2  # two nameless columns are a reference and its text

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        text = decode(data, name, options.encoding)
        rows = _rows(text, name)
        first = next(rows, None)
        if first is None:
            raise refusal(name, 1, "no passage in the file", "check the format, or name it with --format")
        numbered = _asks_for_numbers(options.fields)
        header = [str(number) for number in range(1, len(first[1]) + 1)] if numbered else first[1]
        _check_header(header, name)
        fields = field_map(options.fields, header, name)
        _check_known((*fields.names, *(column for column, _ in options.only)), header, name)
        found = Collector(name, options.skip_empty)
        for line, row in [first, *rows] if numbered else rows:
            if len(row) != len(header):
                reason = f"{len(row)} columns instead of {len(header)}"
                raise refusal(name, line, reason, "give every row as many columns as the first")
            values = dict(zip(header, row, strict=True))
            if all(values[column] == wanted for column, wanted in options.only):
                fields.take(found, line, values)
            else:
                found.left_out["rows of others"] += 1
        return found.imported("numbered-passages")


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the number of the line it ends on."""
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text) or ",", strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            step = "close every quotation mark, and write a mark inside one twice"
            raise refusal(name, reader.line_num, f"no table: {error}", step) from error
        if any(cell.strip() for cell in row):
            yield reader.line_num, row


def _delimiter(text: str) -> str:
    """The mark that parts the first row: the most frequent of tab, comma, semicolon and bar; empty for none."""
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    best = max(_DELIMITERS, key=first.count)
    return best if best in first else ""


def _asks_for_numbers(fields: Sequence[tuple[str, str]]) -> bool:
    names = [name for _, template in fields for name in Template(template).names if name != COUNTER]
    return bool(names) and all(name.isdecimal() for name in names)


def _check_header(header: Sequence[str], name: str) -> None:
    twice = next((column for column in header if header.count(column) > 1), None)
    if twice is not None:
        raise refusal(name, 1, f"two columns are called {twice!r}", "give every column a name of its own")


def _check_known(asked: Sequence[str], header: Sequence[str], name: str) -> None:
    unknown = next((column for column in asked if column not in header), None)
    if unknown is not None:
        there = ", ".join(header)
        raise refusal(name, 1, f"no column is called {unknown!r}; there are: {there}", "mend --map or --only")
