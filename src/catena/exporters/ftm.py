"""FollowTheMoney: documents and the names in them as entities, one JSON object a line, for Aleph and its relatives.

Schemata used: `Document` for each text, `Mention` for each name found in it. There is no schema for who says what, for
verdicts or for shared passages: those are not written (`losses`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from catena.exporters.base import Rows
from catena.model import Finding

SCHEMATA = {"place": "Address", "organisation": "Organization", "state": "PublicBody", "media": "Organization"}
"""The schema that a name of a type stands for; a name without a type is a person's."""
LONGEST = 700  # characters of a name; a longer one is no name


class FollowTheMoney:
    """Entities, one a line; those of a document follow it."""

    name = "ftm"
    suffix = ".ftm.json"
    media_type = "application/json+ftm"

    def write(self, rows: Rows, out: BinaryIO) -> int:
        """Write the entities; returns how many findings of names they hold."""
        written = 0
        for (document, _), many in groupby(rows, key=lambda row: (row[0], row[1].document)):
            findings = [finding for _, finding, _ in many]
            for entity in _entities(document, findings):
                out.write(json.dumps(entity, ensure_ascii=False).encode() + b"\n")
            written += sum(finding.kind == "name" for finding in findings)
        return written


def _entities(document: str, findings: list[Finding]) -> Iterator[dict[str, Any]]:
    text = findings[0].document
    facts = {
        str(finding.value("field")): str(finding.value("value"))
        for finding in findings
        if finding.kind == "layout" and finding.value("value")
    }
    key = entity_id("document", text, document)
    properties = {
        "fileName": [PurePosixPath(document).name],
        "title": [facts.get("title") or PurePosixPath(document).stem],
        "notes": [f"SHA-256 of the text: {text}"],
        **({"date": [facts["date"]]} if facts.get("date") else {}),
        **({"publisher": [facts["publisher"]]} if facts.get("publisher") else {}),
        **({"author": [facts["author"]]} if facts.get("author") else {}),
    }
    yield {"id": key, "schema": "Document", "properties": properties}
    seen: dict[tuple[str, str], None] = {}
    for finding in findings:
        name = " ".join(str(finding.value("name") or finding.text("content")).split())
        if finding.kind == "name" and 0 < len(name) <= LONGEST:
            seen[name, SCHEMATA.get(str(finding.value("type")), "Person")] = None
    for name, schema in seen:
        found = {"document": [key], "name": [name], "detectedSchema": [schema]}
        yield {"id": entity_id("mention", key, name, schema), "schema": "Mention", "properties": found}


def entity_id(*parts: str) -> str:
    """The same id for the same thing in every export.

    >>> entity_id("document", "ab") == entity_id("document", "ab")
    True
    """
    return "catena-" + hashlib.sha1("\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()
