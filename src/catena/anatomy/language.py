"""The language of each paragraph: by its script, then by an identifier held to the languages of that script.

The identifier reads a model file, so it is handed in (`catena.lexicons.languages.identify`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from catena.model import Document, Evidence, Finding, MadeBy, Span, make_finding
from catena.text import find_paragraphs

Identify = Callable[[str, tuple[str, ...]], tuple[str, float]]
"""Text and allowed language codes to a code and a confidence from 0 to 1."""

SHORTEST = 15  # letters: below this an identifier may guess, and the paragraph takes its neighbour's language
FEWEST = 6  # letters of a paragraph that has no neighbour to take it from
LONGEST = 600  # code points that are enough to decide
SCRIPTS: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {
    "Arab": (
        re.compile("[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
        ("ar", "fa", "ur", "ps"),
    ),
    "Latn": (re.compile("[A-Za-z\u00c0-\u024f]"), ("en", "fr", "tr")),
    "Cyrl": (re.compile("[\u0400-\u052f]"), ("ru",)),
}
_MADE_BY = MadeBy("languages", "1")


def find_languages(document: Document, identify: Identify) -> tuple[Finding, ...]:
    """One finding "language" for each paragraph, in order; values `language`, `script`, `confidence`.

    A paragraph below `SHORTEST` letters inherits from the one before (else after) it, with the evidence `inherited`;
    where no paragraph of its script has a language, `FEWEST` letters are enough to identify it.
    a language the file states for a block wins, with the evidence `stated`. Other scripts get language `und`.
    """
    read: list[tuple[Span, str, str, float, str]] = []
    stated = [block for block in document.blocks if block.language and block.kind != "page"]
    for span in find_paragraphs(document.text):
        block = next((block for block in stated if block.span.contains(span)), None)
        if block is not None and block.language:
            read.append((span, block.language.split("-")[0].lower(), "", 1.0, "stated"))
        else:
            read.append((span, *_identify(span.of(document.text), identify)))
    known = {script for _, code, script, *_ in read if code and code != "und"}
    for place, (span, code, script, *_) in enumerate(read):
        if not code and script and not known & {script, ""}:  # a short text by itself
            read[place] = (span, *_identify(span.of(document.text), identify, shortest=FEWEST))
    return tuple(_finding(document, *one) for one in _inherit(read))


def _identify(text: str, identify: Identify, shortest: int = SHORTEST) -> tuple[str, str, float, str]:
    counts = {name: len(pattern.findall(text)) for name, (pattern, _) in SCRIPTS.items()}
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < shortest:
        other = sum(map(str.isalpha, text)) >= SHORTEST + sum(counts.values())
        return ("und", "", 0.0, "other-script") if other else ("", script if counts[script] else "", 0.0, "inherited")
    allowed = SCRIPTS[script][1]
    if len(allowed) == 1:
        return allowed[0], script, 1.0, "script"
    code, confidence = identify(text[:LONGEST], allowed)
    return code, script, round(confidence, 3), "identified"


def _inherit(read: list[tuple[Span, str, str, float, str]]) -> list[tuple[Span, str, str, float, str]]:
    first: dict[str, str] = {}
    for _, code, script, *_ in read:
        if code:
            first.setdefault(script, code)
            first.setdefault("", code)
    latest: dict[str, str] = {}
    found = []
    for span, code, script, confidence, rule in read:
        code = (
            code
            or latest.get(script)
            or first.get(script)
            or ("und" if script else latest.get("", first.get("", "und")))
        )
        latest[script] = latest[""] = code
        found.append((span, code, script, confidence, rule))
    return found


def _finding(document: Document, span: Span, code: str, script: str, confidence: float, rule: str) -> Finding:
    values: dict[str, str | int | float | bool | None] = {
        "language": code,
        "script": script,
        "confidence": confidence,
    }
    return make_finding(document, "language", {"content": span}, _MADE_BY, values=values, evidence=[Evidence(rule)])
