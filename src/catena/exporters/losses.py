"""What a format cannot hold, in words, with numbers: printed after every export.

`HELD` says which kinds of findings a format takes; `SAID` what else is not in it, whatever the project.
"""

from __future__ import annotations

from collections.abc import Mapping

HELD: dict[str, frozenset[str] | None] = {
    "jsonl": None,
    "csv": None,
    "w3c": None,
    "tei": None,
    "conllu": None,
    "parquet": None,
    "uima": None,
    "brat": frozenset({"attribution"}),
    "ftm": frozenset({"name", "layout"}),
    "timeline-csv": frozenset({"event", "date", "attribution"}),
    "timelinejs": frozenset({"event", "date", "attribution"}),
    "gexf": frozenset({"attribution"}),
    "graphml": frozenset({"attribution"}),
    "ris": frozenset(),
    "bibtex": frozenset(),
    "csl": frozenset(),
}
"""Kinds of findings by format; `None`: all of them."""

SAID: dict[str, tuple[str, ...]] = {
    "csv": ("selectors and settings of the makers; cells that look like formulas have an apostrophe in front",),
    "tei": (
        "control characters that XML cannot hold",
        "links of whole documents; where a link leads to is told in words",
    ),
    "conllu": ("syntax, which nobody analysed; findings that touch no word", "where links of people lead to"),
    "brat": ("evidence, verdicts and the layers of people, links among them",),
    "uima": ("evidence and word diffs; findings about a whole document; control characters that XML cannot hold",),
    "ftm": ("languages, places in the text, evidence",),
    "gexf": ("the words that were said",),
    "graphml": ("the words that were said",),
    "timelinejs": ("events without a day",),
    "ris": ("the texts and everything found in them",),
    "bibtex": ("the texts and everything found in them",),
    "csl": ("the texts and everything found in them",),
    "bagit": ("the files that the texts were read from: their SHA-256 stand in documents.jsonl",),
    "ro-crate": ("the files that the texts were read from: their SHA-256 stand in documents.jsonl",),
}


def losses(format_name: str, counts: Mapping[str, int]) -> tuple[str, ...]:
    """One sentence for each kind that is left out, then what the format never holds. `counts` are findings by kind.

    >>> losses("brat", {"attribution": 3, "quotation": 2})[0]
    '2 findings of the kind quotation'
    """
    held = HELD.get(format_name)
    lost = [] if held is None else [(kind, count) for kind, count in sorted(counts.items()) if kind not in held]
    sentences = tuple(
        f"{count} {'finding' if count == 1 else 'findings'} of the kind {kind}" for kind, count in lost if count
    )
    return (*sentences, *SAID.get(format_name, ()))
