"""Quotations of which only a part is the passage's, or whose parts are several passages'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from catena.model import Evidence
from catena.verification.candidates import sought_stretches
from catena.verification.cited import LEAST_SHORT, strong
from catena.verification.decision import Decision, passage_of, reference_of, settled
from catena.verification.judge import Match, judge_all
from catena.verification.ladder import HOLDS
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import LoadedLibrary
from catena.verification.quoted import Quoted

LEAST_PART = 4  # words in each part of a composite that no ellipsis parts


def without_loose_ends(quoted: Quoted, match: Match) -> Quoted | None:
    """`quoted` without the words at its ends that the passage lacks; `None` when it has no such ends."""
    steps = match.comparison.steps
    words = match.comparison.quoted  # cut anew where breaks were lost
    low = steps[0].quoted[1] if steps[0].op == "insert" else 0
    high = steps[-1].quoted[0] if steps[-1].op == "insert" else len(words)
    if low >= high or (low == 0 and high == len(words)):
        return None
    return part_of(replace(quoted, words=words), low, high)


def find_composite(
    quoted: Quoted, best: Match | None, library: LoadedLibrary, lexicon: CheckLexicon
) -> Decision | None:
    """A quotation whose parts each stand unchanged in a different place; else `None`.

    Parts are what ellipses set apart, or else what `best` holds and what is left at its ends.
    """
    cuts = [0, *(number for number, word in enumerate(quoted.words) if word.gap), len(quoted.words)]
    least = LEAST_SHORT
    if len(cuts) < 3:
        if best is None:
            return None
        quoted = replace(quoted, words=best.comparison.quoted)  # cut anew where breaks were lost
        cuts = sorted({0, *_kept(best), len(quoted.words)})
        least = LEAST_PART
    if len(cuts) < 3:
        return None
    parts = list(_parts(quoted, cuts, least, library, lexicon))
    names = [reference_of(match, library) for match in parts]
    if len(parts) < len(cuts) - 1 or len(set(names)) < 2 or _one_run(parts):
        return None
    whole = settled(parts[0], library, verdict="composite", extra=(Evidence("joined-from", "; ".join(names)),))
    passage = " … ".join(passage_of(match.stretch, library) for match in parts)
    return replace(whole, reference="; ".join(names), match=None, passage=passage)


def part_of(quoted: Quoted, low: int, high: int) -> Quoted:
    """Words `low` to `high` of `quoted` as a quotation of their own."""
    words = quoted.words[low:high]
    first = (replace(words[0], gap=False),) if words else ()
    return replace(quoted, words=(*first, *words[1:]), lead=False, trail=False)


def _parts(
    quoted: Quoted, cuts: Sequence[int], least: int, library: LoadedLibrary, lexicon: CheckLexicon
) -> Iterator[Match]:
    """The best match of each part, up to the first part that stands nowhere."""
    for low, high in pairwise(cuts):
        part = part_of(quoted, low, high)
        matches = judge_all(part, sought_stretches(library, part.text), library, lexicon)
        if not matches or matches[0].verdict not in HOLDS or not strong(matches[0], least):
            return
        yield matches[0]


def _kept(match: Match) -> tuple[int, int]:
    """The half-open range of quoted words from the first equal one to the last."""
    equal = [step.quoted for step in match.comparison.steps if step.op == "equal"]
    return equal[0][0], equal[-1][1]


def _one_run(parts: Sequence[Match]) -> bool:
    """True when the parts follow each other in one edition: that is a quotation of several passages, not a quilt."""
    places = [place for match in parts for place in match.comparison.passages]
    same = len({match.stretch.edition for match in parts}) == 1
    return same and all(later - earlier in (0, 1) for earlier, later in pairwise(places))
