"""UIMA CAS: a zip with `TypeSystem.xml` and one XMI a document (extra `uima`).

Each span of each role is a `catena.Finding`. Offsets in the files are UTF-16 units, as UIMA counts; the library
converts them. A character that XML cannot hold is replaced by U+FFFD, so that every place stays where it is.
"""

from __future__ import annotations

import json
import re
import zipfile
from itertools import groupby
from typing import Any, BinaryIO

from catena.exporters.base import Rows
from catena.exporters.brat import add_member, file_name

TYPE = "catena.Finding"
FEATURES = ("finding", "kind", "role", "verdict", "reference", "values", "maker")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Uima:
    """One CAS a document."""

    name = "uima"
    suffix = ".uima.zip"
    media_type = "application/zip"

    def write(self, rows: Rows, out: BinaryIO) -> int:
        """Write the archive; returns how many findings have a place. Raises `ImportError` that names the extra."""
        try:
            import cassis
        except ImportError as error:
            message = "the package dkpro-cassis is missing; install it with: pip install 'catena[uima]'"
            raise ImportError(message) from error
        system = cassis.TypeSystem()
        kind = system.create_type(TYPE, supertypeName="uima.tcas.Annotation")
        for feature in FEATURES:
            system.create_feature(kind, feature, "uima.cas.String")
        written = 0
        with zipfile.ZipFile(out, "w") as archive:
            add_member(archive, "TypeSystem.xml", system.to_xml())
            for number, (_, many) in enumerate(groupby(rows, key=lambda row: row[1].document), 1):
                given = list(many)
                cas = cassis.Cas(typesystem=system)
                cas.sofa_string = _NOT_XML.sub("\ufffd", given[0][2])
                cas.sofa_mime = "text/plain"
                written += sum(_add(cas, kind, finding) for _, finding, _ in given)
                add_member(archive, f"{file_name(number, given[0][0])}.xmi", cas.to_xmi())
        return written


def _add(cas: Any, kind: Any, finding: Any) -> bool:
    """Add the spans of a finding; False when it has none."""
    facts = {
        "finding": finding.id,
        "kind": finding.kind,
        "verdict": finding.verdict,
        "reference": finding.reference,
        "values": json.dumps(dict(finding.values), ensure_ascii=False),
        "maker": finding.made_by.name,
    }
    spans = [(role, span) for role, many in finding.roles for span in many]
    for role, span in spans:
        cas.add(kind(begin=span.start, end=span.end, role=role, **facts))
    return bool(spans)
