"""A dossier as one HTML file: styles inside, no script that runs, no address that is loaded.

The policy in its head lets the browser load nothing but the style sheet of this very file, by its hash. The passages'
findings stand in it a second time as W3C annotations, for programs: a data block that no browser executes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from catena.dossier.choosing import Choice, Dossier
from catena.exporters.w3c import CONTEXT
from catena.margin import NOT_NAMED, Card, narrators, to_sides, tone
from catena.version import __version__

_HERE = Path(__file__).parent
_NAMES = {"query": "search", "code": "code", "verdict": "verdict", "document": "whole document"}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        words=lambda value: str(value).replace("-", " "),
        tone=tone,
        sides=to_sides,
        narrators=narrators,
        choice=lambda choice: _NAMES[choice.kind],
        printable=lambda text: str(text).replace("\0", "\ufffd"),
    )
    return environment


def to_html(dossier: Dossier) -> str:
    """The page. The same dossier gives the same characters."""
    style = (_HERE / "dossier.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("dossier.html")
        .render(
            dossier=dossier,
            style=Markup(style),
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
            annotations=Markup(_for_programs(dossier)),
            verdicts=count_verdicts(dossier),
            version=__version__,
            NOT_NAMED=NOT_NAMED,
            speaker=_speaker,
        )
    )


def count_verdicts(dossier: Dossier) -> list[tuple[str, int]]:
    """How often each verdict stands in the dossier, most first."""
    counts: dict[str, int] = {}
    for document in dossier.documents:
        for passage in document.passages:
            for card in passage.cards:
                for finding in card.verdicts:
                    counts[finding.verdict or ""] = counts.get(finding.verdict or "", 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _speaker(card: Card) -> str:
    """Who is said to speak, or what the words are."""
    if card.voices:
        return card.voices[0].speaker
    use = card.lead.value("use")
    if card.lead.kind == "quotation" and use in ("speech", "unknown"):
        return NOT_NAMED
    return str(use or card.lead.kind).replace("-", " ")


def _for_programs(dossier: Dossier) -> str:
    """Every finding shown as a W3C annotation. `<` is written so that nothing in a text can end the block."""
    items = [item for document in dossier.documents for passage in document.passages for item in passage.annotations]
    page = {"@context": CONTEXT, "id": "urn:catena:dossier", "type": "AnnotationPage", "items": items}
    return json.dumps(page, ensure_ascii=False).replace("<", "\\u003c")


def describe(choice: Choice) -> str:
    """A choice in words.

    >>> describe(Choice("code", "Tone"))
    'code: Tone'
    """
    return f"{_NAMES[choice.kind]}: {choice.words}"
