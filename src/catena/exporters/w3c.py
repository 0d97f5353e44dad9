"""W3C Web Annotation (JSON-LD): one annotation a finding, on the passages of its main role.

Each target names the text by its hash and holds two selectors, by position (code points) and by quote. The full record
is the second body, so that nothing is lost. The file is one AnnotationPage, written as it comes.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from catena.exporters.base import Rows
from catena.model import Finding, to_record

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {
    "coding": "classifying",
    "memo": "commenting",
    "verification": "assessing",
    "reuse": "linking",
    "link": "linking",
}
"""Why an annotation was made, in the vocabulary of the standard; other kinds are `identifying`."""


class WebAnnotation:
    """An AnnotationPage with one item a finding."""

    name = "w3c"
    suffix = ".jsonld"
    media_type = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'

    def write(self, rows: Rows, out: BinaryIO) -> int:
        """Write the page; returns how many annotations."""
        head = {"@context": CONTEXT, "id": "urn:catena:findings", "type": "AnnotationPage"}
        out.write(json.dumps(head)[:-1].encode() + b', "items": [')
        written = 0
        for document, finding, text in rows:
            item = json.dumps(to_annotation(document, finding, text), ensure_ascii=False)
            out.write((b",\n" if written else b"\n") + item.encode())
            written += 1
        out.write(b"\n]}\n")
        return written


def to_annotation(document: str, finding: Finding, text: str) -> dict[str, Any]:
    """One annotation, without its context."""
    record = to_record(finding, document, text)
    selectors = record.pop("selectors")
    role = "content" if finding.spans("content") else next((name for name, _ in finding.roles), "")
    source = {"id": f"urn:sha256:{finding.document}", "type": "Text", "format": "text/plain"}
    targets: list[Any] = [{"source": source, "selector": both} for both in selectors.get(role, [])] or [source]
    return {
        "id": f"urn:catena:finding:{finding.document[:12]}:{finding.id}",
        "type": "Annotation",
        "motivation": MOTIVATIONS.get(finding.kind, "identifying"),
        **_maker(finding),
        "body": [
            {"type": "TextualBody", "value": _say(finding), "format": "text/plain", "purpose": "tagging"},
            {
                "type": "TextualBody",
                "value": json.dumps(record, ensure_ascii=False),
                "format": "application/json",
                "purpose": "describing",
            },
            *_other_end(finding),
        ],
        "target": targets if len(targets) > 1 else targets[0],
    }


def _other_end(finding: Finding) -> list[dict[str, Any]]:
    """The passage or text that a person's link leads to, as a body."""
    if finding.kind != "link":
        return []
    source = {"id": f"urn:sha256:{finding.value('other')}", "type": "Text", "format": "text/plain"}
    held: dict[str, Any] = {"type": "SpecificResource", "purpose": "linking", "source": source}
    if finding.value("other_start") is not None:
        held["selector"] = [
            {
                "type": "TextPositionSelector",
                "start": finding.value("other_start"),
                "end": finding.value("other_end"),
            },
            {"type": "TextQuoteSelector", "exact": finding.value("other_text")},
        ]
    return [held]


def _maker(finding: Finding) -> dict[str, Any]:
    name = finding.made_by.name
    if name.startswith("person:"):
        return {"creator": {"type": "Person", "name": name.removeprefix("person:")}}
    return {"generator": {"type": "Software", "name": f"catena {name} {finding.made_by.version}"}}


def _say(finding: Finding) -> str:
    """The finding in a few words."""
    names = ("speaker", "code", "text", *(("relation",) if finding.kind == "link" else ()))
    facts = (finding.verdict, finding.reference, *(finding.value(name) for name in names))
    return ": ".join([finding.kind, *(str(fact) for fact in facts if fact)])
