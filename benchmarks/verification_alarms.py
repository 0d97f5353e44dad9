"""False reports without a cue, and verses in a translation that is not loaded.

    python -m benchmarks.verification_alarms --data FOLDER

Resolutions of the Security Council quote no scripture, so every passage reported in them is false. Translations are
left out one by one; each verse of the one left out must be found through the others.
"""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.verification_data import TRANSLATIONS, Row, library, passages, resolutions, run, share
from catena.lexicons.formulae import load_check_lexicon
from catena.model import Document
from catena.verification import find_passages

MANY = 600


def alarms(data: Path, *, show: bool = False) -> Row:
    loaded = library(data, "kjv", *TRANSLATIONS, "hadith-en")
    size = reports = 0
    for text in resolutions(data):
        size += len(text)
        for found in find_passages(Document.of(text), loaded, load_check_lexicon()):
            reports += 1
            if show:
                print("   ", found.span.of(text)[:150].replace("\n", " "), found.match.verdict)
    many = sum(len(one.references) for one in loaded.editions)
    return Row(
        f"False reports without a cue, {size / 1e6:.1f} M characters of resolutions against {many:,} passages",
        "0 at 8 words, 52 at 6 (180,802 passages, 19.2 M)",
        "at most 1 per 10 MB",
        f"{reports} ({reports / (size / 1e7):.2f} per 10 MB)",
    )


def unknown_translation(data: Path, left_out: str) -> Row:
    """The verse at 1 and at 5 in the pooled ranking of the other translations."""
    from catena.verification import rank_passages

    loaded = library(data, *(name for name in TRANSLATIONS if name != left_out))
    verses = [(reference, text) for reference, text in passages(data, left_out) if len(text.split()) >= 6]
    same = dict(passages(data, "quran-simple-clean"))  # verses of the same words cannot be told apart in translation
    first = five = 0
    for reference, text in random.Random(5).sample(verses, MANY):
        ranked = [same[one.reference] for one in rank_passages(text, loaded, limit=5)]
        first += ranked[:1] == [same[reference]]
        five += same[reference] in ranked
    return Row(
        f"Unknown translation {left_out}: right verse at 1 / at 5 ({len(TRANSLATIONS) - 1} others loaded)",
        ".92 to .96 / .98 to .99 (5 others loaded)",
        ".96 / .99",
        f"{share(first, MANY)} / {share(five, MANY)}",
    )


def rows(data: Path) -> list[Row]:
    return [alarms(data), *(unknown_translation(data, name) for name in TRANSLATIONS)]


if __name__ == "__main__":
    run(rows)
