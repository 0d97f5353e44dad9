"""Codebooks as files: REFI-QDA (`.qdc`), CSV and JSON. Each can be read back: `read(write(codes)) == codes`.

REFI-QDA has no examples, keys or order: examples go into the description under a line of their own, keys are lost, and
the order is that of the file. To add a format: a class, a line in `CODEBOOKS`, a test, a line in the docs.
"""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Protocol

from lxml import etree

from catena.exporters.csv import defuse
from catena.model import Code

QDC = "urn:QDA-XML:codebook:1.0"
COLUMNS = ("id", "parent", "name", "definition", "examples", "color", "key", "position")
EXAMPLES = "\n\nExamples:\n"
MOST_CODES = 5000


class Codebook(Protocol):
    """A format for codebooks. `suffix` starts with a dot."""

    suffix: str
    media_type: str

    def write(self, codes: Sequence[Code]) -> bytes:
        """The codes, parents before children, as a file."""
        ...

    def read(self, data: bytes) -> tuple[Code, ...]:
        """The codes of a file. Raises `ValueError` with what is wrong."""
        ...


class Json:
    """A JSON array of objects with the fields of a code."""

    suffix = ".json"
    media_type = "application/json"

    def write(self, codes: Sequence[Code]) -> bytes:
        """The codes as an indented array."""
        rows = [{name: value for name, value in asdict(code).items() if name != "active"} for code in codes]
        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()

    def read(self, data: bytes) -> tuple[Code, ...]:
        """Raises `ValueError`."""
        rows = json.loads(data)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValueError("the file is no JSON array of codes")
        return _codes([{str(name): value for name, value in row.items()} for row in rows])


class Table:
    """CSV with the columns `COLUMNS`; only `name` is needed, and `parent` may be the name of a code above."""

    suffix = ".csv"
    media_type = "text/csv; charset=utf-8; header=present"

    def write(self, codes: Sequence[Code]) -> bytes:
        """One row a code; a cell that a spreadsheet would take for a formula gets an apostrophe in front."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for code in codes:
            writer.writerow(
                [defuse(str(asdict(code)[name] if asdict(code)[name] is not None else "")) for name in COLUMNS]
            )
        return buffer.getvalue().encode()

    def read(self, data: bytes) -> tuple[Code, ...]:
        """Raises `ValueError`."""
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        if "name" not in (reader.fieldnames or ()):
            raise ValueError(f"the first line needs the column name; it has {', '.join(reader.fieldnames or ())}")
        rows: list[dict[str, object]] = [
            {name: _fuse(cell) for name, cell in row.items() if name in COLUMNS and cell} for row in reader
        ]
        return _codes(rows)


def _fuse(cell: str) -> str:
    """The cell before `defuse`."""
    return cell[1:] if cell.startswith("'") and defuse(cell[1:]) == cell else cell


class Qdc:
    """The codebook exchange of the REFI-QDA standard 1.0."""

    suffix = ".qdc"
    media_type = "application/xml"

    def write(self, codes: Sequence[Code]) -> bytes:
        """A `CodeBook` document."""
        root = etree.Element(f"{{{QDC}}}CodeBook", nsmap={None: QDC}, origin="catena")  # type: ignore[dict-item]
        root.append(to_codes_element(codes, QDC))
        return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)

    def read(self, data: bytes) -> tuple[Code, ...]:
        """Raises `ValueError`."""
        return from_codes_element(parse_xml(data))


def to_codes_element(codes: Sequence[Code], namespace: str) -> etree._Element:
    """The element `Codes` with the tree inside. Codes whose parent is not given stand at the top."""
    top = etree.Element(f"{{{namespace}}}Codes")
    places: dict[str, etree._Element] = {}
    for code in codes:
        above = places.get(code.parent or "", top)
        made = etree.SubElement(above, f"{{{namespace}}}Code", guid=code.id, name=clean(code.name), isCodable="true")
        if code.color:
            made.set("color", code.color)
        said = code.definition + (EXAMPLES + code.examples if code.examples else "")
        if said:
            # The schema wants the description before the codes below.
            etree.SubElement(made, f"{{{namespace}}}Description").text = clean(said)
        places[code.id] = made
    return top


def from_codes_element(root: etree._Element) -> tuple[Code, ...]:
    """The codes below `root`, in the order of the document."""
    found: list[Code] = []
    stack: list[tuple[etree._Element, str | None]] = [
        (element, None) for element in reversed(root.findall("{*}Codes/{*}Code"))
    ]
    counts: dict[str | None, int] = {}
    while stack:
        element, parent = stack.pop()
        said, _, examples = (element.findtext("{*}Description") or "").partition(EXAMPLES)
        id_ = _guid(element.get("guid", ""))
        counts[parent] = counts.get(parent, -1) + 1
        found.append(
            Code(
                id=id_,
                name=element.get("name", "").strip(),
                parent=parent,
                definition=said,
                examples=examples,
                color=element.get("color", "").lower(),
                position=counts[parent],
            )
        )
        stack += [(child, id_) for child in reversed(element.findall("{*}Code"))]
    return tuple(found)


def parse_xml(data: bytes) -> etree._Element:
    """The root of a document from elsewhere: no entities, no network. Raises `ValueError`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the file is no XML: {error.msg}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("the file has a document type declaration, which an exchange file does not need")
    return root


def clean(text: str) -> str:
    """`text` without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter in "\n\t" or (letter >= " " and letter not in "￾￿"))


def _guid(given: str) -> str:
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return str(uuid.uuid4())


def _codes(rows: Sequence[dict[str, object]]) -> tuple[Code, ...]:
    """Codes of rows: ids are made where they are missing, parents found by id or by name."""
    if len(rows) > MOST_CODES:
        raise ValueError(f"{len(rows)} codes are more than a codebook may hold ({MOST_CODES})")
    ids = [_guid(str(row.get("id") or "")) for row in rows]
    names = {str(row.get("name") or "").strip().casefold(): id_ for row, id_ in zip(rows, ids, strict=True)}
    known = {str(row["id"]): id_ for row, id_ in zip(rows, ids, strict=True) if row.get("id")}
    found = []
    for number, (row, id_) in enumerate(zip(rows, ids, strict=True)):
        above = str(row.get("parent") or "").strip()
        parent = known.get(above) or names.get(above.casefold()) if above else None
        if above and parent is None:
            raise ValueError(f"row {number + 1}: there is no code {above!r} to stand below")
        position = str(row.get("position") if row.get("position") is not None else number)
        found.append(
            Code(
                id=id_,
                name=str(row.get("name") or "").strip(),
                parent=parent,
                definition=str(row.get("definition") or ""),
                examples=str(row.get("examples") or ""),
                color=str(row.get("color") or ""),
                key=str(row.get("key") or ""),
                position=int(position) if position.isdecimal() else number,
            )
        )
    return _parents_first(found)


def _parents_first(codes: Sequence[Code]) -> tuple[Code, ...]:
    """The tree from top to bottom, sisters in the order given. Raises `ValueError` for a circle."""
    below: dict[str | None, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent, []).append(code)
    found: list[Code] = []
    stack = below.get(None, [])[::-1]
    while stack:
        found.append(stack.pop())
        stack += below.get(found[-1].id, [])[::-1]
    if len(found) < len(codes):
        lost = next(code for code in codes if code not in found)
        raise ValueError(f"the code {lost.name!r} stands below itself")
    return tuple(found)


CODEBOOKS: dict[str, Codebook] = {"qdc": Qdc(), "csv": Table(), "json": Json()}
"""Every codebook format by name."""


def read_codebook(data: bytes) -> tuple[Code, ...]:
    """The codes of a file whose format is told from its content. Raises `ValueError`."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if not start:
        raise ValueError("the codebook is empty; paste or choose a file of the format qdc, csv or json")
    name = {b"<": "qdc", b"[": "json"}.get(start, "csv")
    return CODEBOOKS[name].read(data)
