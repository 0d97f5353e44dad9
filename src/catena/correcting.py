"""Corrections: what a person says a value should be, on the layer of that person.

A correction is a memo about a finding, so that undo, exports and the carrying of notes treat it as one: parent is the
finding, value `corrects` the name of the value, `was` and `value` what it was and what it should be, `text` the same in
words. The finding itself stays as the program made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catena.anatomy import LAYOUT_FIELDS
from catena.model import Document, Finding, MadeBy, Span, Value, make_finding
from catena.store.people import PREFIX

INNER = ("key", "where_key", "rule", "quotation", "other", "other_start", "other_end")
"""Values that are no statement about the text but what the program finds its way with."""
VERDICT = "verdict"
ALLOWED: dict[str, tuple[str, ...]] = {
    "layout": ("value",),
    "section": ("label", "title", "level"),
    "language": ("language",),
    "date": ("start", "end", "precision", "calendar"),
    "name": ("name", "type"),
    "figure": ("count", "low", "high", "bound", "counted", "fate", "voice", "when_start", "when_end", "where"),
    "event": ("type", "status", "voice", "when_start", "when_end", "where"),
    "dating": ("not_before", "not_after"),
    "attribution": ("speaker", "mode", "modality"),
}
"""What a person can say of each kind even where the program found no such value: who gives a count, say."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What should stand for the value `field` of a finding; `value` is "" where there should be none."""

    field: str
    value: str
    was: str
    note: str


def list_correctable(finding: Finding) -> tuple[str, ...]:
    """The names of the values that a person can correct; a line of the layout is corrected by its `value` alone."""
    names = [name for name, _ in finding.values if name not in INNER]
    names += [name for name in ALLOWED.get(finding.kind, ()) if name not in names]
    if finding.kind == "layout":
        names = [name for name in names if name != "field"]
    return (*names, VERDICT) if finding.verdict else tuple(names)


def make_correction(document: Document, finding: Finding, field: str, value: str, person: str) -> Finding:
    """The memo of `person` that `field` of `finding` should read `value` ("": there should be none).

    Raises `ValueError` for a field that the finding does not have, and for a value that it has already.
    """
    allowed = list_correctable(finding)
    if field not in allowed:
        raise ValueError(f"{field[:40]!r} is no value of this {finding.kind}; allowed: {', '.join(allowed)}")
    was, value = _show(finding.verdict if field == VERDICT else finding.value(field)), " ".join(value.split())
    if value == was:
        raise ValueError(f"{field} reads {was!r} already")
    name = str(finding.value("field")) if finding.kind == "layout" else field
    values = {"corrects": field, "was": was, "value": value, "text": f"{name}: {was or 'none'} → {value or 'none'}"}
    place = finding.spans("content")[:1]
    roles = {"content": place[0]} if place else {}
    return make_finding(document, "memo", roles, MadeBy(PREFIX + person), values=values, parent=finding.id)


def make_addition(document: Document, field: str, value: str, person: str) -> Finding:
    """The memo of `person` that the head of the document has a line `field` which the program did not find.

    It points at the words where they stand in the text. Raises `ValueError` for a field that is none, and for no value.
    """
    value = " ".join(value.split())
    if field not in LAYOUT_FIELDS:
        raise ValueError(f"{field[:40]!r} is no line of the head; allowed: {', '.join(LAYOUT_FIELDS)}")
    if not value:
        raise ValueError(f"{field} needs a value")
    words = re.search(r"\s+".join(map(re.escape, value.split())), document.text)
    values = {"corrects": field, "was": "", "value": value, "text": f"{field}: none → {value}"}
    roles = {"content": Span(*words.span())} if words else {}
    return make_finding(document, "memo", roles, MadeBy(PREFIX + person), values=values)


def read_corrections(notes: Iterable[Finding]) -> Mapping[tuple[str, str], Correction]:
    """The corrections among the notes of a person, by the id of the finding and the name of its value: the last one.

    Lines added to the head have "" in the place of the finding.
    """
    return {
        (one.parent or "", str(one.value("corrects"))): Correction(
            str(one.value("corrects")), str(one.value("value") or ""), str(one.value("was") or ""), one.id
        )
        for one in notes
        if one.value("corrects")
    }


def _show(value: Value) -> str:
    return "" if value is None else " ".join(str(value).split())
