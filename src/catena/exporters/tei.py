"""TEI P5: one `teiCorpus`, each text whole and untouched, findings as spans that point at anchors in it.

Findings overlap, and elements cannot: so each passage is bounded by two empty anchors, and a `spanGrp` for each kind
holds the findings. The text is in one `ab` with its white space kept.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from catena.exporters.base import Rows
from catena.exporters.codebooks import clean
from catena.model import Finding

NAMESPACE = "http://www.tei-c.org/ns/1.0"


class Tei:
    """A `teiCorpus` with one `TEI` a document that has findings."""

    name = "tei"
    suffix = ".xml"
    media_type = "application/tei+xml"

    def write(self, rows: Rows, out: BinaryIO) -> int:
        """Write the corpus; returns how many findings. Rows of one document follow each other."""
        head = _header("Findings of catena", "")
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="{NAMESPACE}">\n{head}\n'.encode())
        written = 0
        for number, (document, group) in enumerate(groupby(rows, key=lambda row: row[0])):
            found = list(group)
            out.write(to_tei(document, found[0][2], [finding for _, finding, _ in found], f"d{number}").encode())
            written += len(found)
        if not written:  # a corpus holds at least one text
            out.write(to_tei("empty", "", [], "d0").encode())
        out.write(b"</teiCorpus>\n")
        return written


def to_tei(name: str, text: str, findings: list[Finding], prefix: str) -> str:
    """One text with its findings."""
    places = sorted(
        {at for finding in findings for _, spans in finding.roles for s in spans for at in (s.start, s.end)}
    )
    pieces, at = [], 0
    for place in places:
        pieces.append(_text(text[at:place]) + f'<anchor xml:id="{prefix}-{place}"/>')
        at = place
    body = "".join(pieces) + _text(text[at:])
    groups: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        groups[finding.kind] += _spans(finding, prefix)
    held = "\n".join(
        f"<spanGrp type={quoteattr(kind)}>{''.join(spans)}</spanGrp>" for kind, spans in groups.items() if spans
    )
    source = f"SHA-256 of the text: {findings[0].document}" if findings else ""
    return (
        f'<TEI xmlns="{NAMESPACE}">\n{_header(name, source)}\n<text><body><ab xml:space="preserve">{body}</ab></body>'
        f"\n{held}\n</text></TEI>\n"
    )


def _text(piece: str) -> str:
    return escape(clean(piece))


def _spans(finding: Finding, prefix: str) -> list[str]:
    """One element for each passage: `type` is the role, the content what was found."""
    said = [
        finding.verdict,
        finding.reference,
        *(f"{name}={value}" for name, value in finding.values if value is not None),
    ]
    label = escape(clean("; ".join(str(part) for part in said if part)))
    return [
        f'<span from="#{prefix}-{span.start}" to="#{prefix}-{span.end}" type={quoteattr(role)}'
        f" n={quoteattr(finding.id)} resp={quoteattr('#' + _name(finding.made_by.name))}>{label}</span>"
        for role, spans in finding.roles
        for span in spans
    ]


def _name(maker: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-." else "-" for letter in maker)


def _header(title: str, source: str) -> str:
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{_text(title)}</title></titleStmt>"
        "<publicationStmt><p>Made by catena.</p></publicationStmt>"
        f"<sourceDesc><p>{_text(source) or 'A collection of statements.'}</p></sourceDesc></fileDesc></teiHeader>"
    )
