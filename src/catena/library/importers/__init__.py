"""Importers: files of reference texts -> passages. One module a format, one line in `IMPORTERS`.

The format is told from the content; `--format` overrides. Adding one is one module, one line here, its cases in the
contract test and one row in docs/reference/libraries.md.
"""

from __future__ import annotations

from catena.library.importers.akoma_ntoso import AkomaNtoso
from catena.library.importers.base import (
    HEAD,
    Collector,
    Importer,
    ImportOptions,
    ReadDocument,
    decode,
    refusal,
    written_options,
)
from catena.library.importers.fields import parse_map, parse_only
from catena.library.importers.json_values import Json, JsonLines
from catena.library.importers.markdown import Markdown
from catena.library.importers.osis import Osis
from catena.library.importers.plain import Plain
from catena.library.importers.ref_tab import RefTab
from catena.library.importers.table import Table
from catena.library.importers.tanzil import Tanzil, TanzilXml
from catena.library.importers.tei import Tei
from catena.library.importers.usfm import Usfm
from catena.library.importers.usfx import Usfx
from catena.library.importers.zefania import Zefania

_ALL: tuple[Importer, ...] = (
    TanzilXml(), Osis(), Usfx(), Zefania(), Tei(), AkomaNtoso(), Usfm(), Table(), JsonLines(), Json(), Markdown(),
    Tanzil(), RefTab(), Plain(),
)  # fmt: skip

IMPORTERS: dict[str, Importer] = {importer.name: importer for importer in _ALL}
"""Every importer by the name that `catena library add --format` takes, in the order in which they are asked."""

__all__ = [
    "HEAD",
    "IMPORTERS",
    "Collector",
    "ImportOptions",
    "Importer",
    "ReadDocument",
    "decode",
    "guess_importer",
    "parse_map",
    "parse_only",
    "refusal",
    "written_options",
]


def guess_importer(data: bytes, name: str = "") -> str:
    """The format that the beginning of the file calls for; `document` when nothing else does.

    >>> guess_importer(b"1|1|In the name"), guess_importer(b"The talks ended.", "note.txt")
    ('tanzil', 'document')
    """
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    head = data[:HEAD].decode("utf-16" if wide else "utf-8-sig", "ignore")
    return next(importer.name for importer in _ALL if importer.sniff(head, name))
