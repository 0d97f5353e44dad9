"""Which passage is meant by words that are changed beyond likeness, when the text itself says that it quotes?

Half-remembered words share a run of rare words with the passage and little else, while invented ones share common
phrases with many passages. So what counts is the longest unbroken run of shared words, by how much its words tell
(the binary logarithm of their rarity), and how much of all that the quotation tells it is. A run as telling as that
stands by chance in a larger text sooner than in a small one: what is asked for grows with the logarithm of the text
searched, as it does for the longest run shared by two random sequences (Erdős and Rényi, 1970).

Damaged words share no run of words with their passage, but nearly all letters in their order: one kept counts for the
passage, one changed and each place of change against it, as in the scores of local alignment, whose highest value
between unrelated sequences grows with the same logarithm (Karlin and Altschul, 1990).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from catena.model import Evidence
from catena.verification.breaks import written_letters
from catena.verification.candidates import Stretch, comparable
from catena.verification.compare import DAMAGED_CLOSE
from catena.verification.judge import Match, judge_all
from catena.verification.ladder import HOLDS
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import LoadedLibrary
from catena.verification.quoted import Quoted

SMALL = 65_536  # seed letters of a work, about those of a treaty, in which three equal words are no chance
MOST_RANKED = 3  # passages of an edition that are compared because they hold most of the rare words
LEAST_BITS = 8.0  # what a shared run must tell in the smallest library: about two words that are in one passage in 16
CHANCE = 9.0  # bits below the logarithm of the letters searched that a telling run needs; measured on invented verses


def find_meant(
    quoted: Quoted, matches: Sequence[Match], library: LoadedLibrary, lexicon: CheckLexicon, works: Sequence[str]
) -> Match | None:
    """The match with the passage meant, out of `matches` and the passages with the same rare words, or `None`."""
    named = [
        number
        for number in comparable(library, quoted.text)
        if any(lexicon.is_of(library.editions[number].edition, work) for work in works)
    ]
    ranked = judge_all(quoted, _ranked(quoted, named, library), library, lexicon, matches)
    every = [match for match in (*matches, *ranked) if match.stretch.edition in named]
    rivals = [match for match in every if match.verdict not in HOLDS]  # a single word holds, and tells of no passage
    if not rivals:
        return None
    told = [(*_telling(match, library), -number) for number, match in enumerate(rivals)]
    run, share, place = max(told)
    return rivals[-place] if run * math.sqrt(share) >= _least(named, library) else None


def tells_of(match: Match, library: LoadedLibrary) -> bool:
    """True when the words shared tell of this passage, for a place that the text itself cites."""
    run, share = _telling(match, library)
    return run * math.sqrt(share) >= LEAST_BITS


def agreement(match: Match) -> int:
    """Letters that the quotation keeps of the passage, less those changed and the places of change. Word breaks do not
    count; words left out at the ends of the passage do not either.
    """
    comparison = match.comparison
    ours = "".join(word.text for word in comparison.quoted if not word.gloss)
    theirs = "".join(word.text for word in comparison.reference[slice(*comparison.extent)] if not word.gloss)
    score = 0
    for step in Levenshtein.opcodes(written_letters(ours), written_letters(theirs)):
        kept, there = step.src_end - step.src_start, step.dest_end - step.dest_start
        score += kept if step.tag == "equal" else -1 - max(kept, there)
    return score


def kept_by_letters(match: Match, library: LoadedLibrary, lexicon: CheckLexicon) -> bool:
    """True when more letters agree in their order than chance brings about in so large a text.

    Sayings have set phrases in common and are told in several wordings: of theirs most letters must agree.
    """
    number = match.stretch.edition
    if lexicon.collection(library.editions[number].edition)[0] and match.comparison.fit < DAMAGED_CLOSE:
        return False
    return agreement(match) >= _least([number], library)


def shared_words(match: Match) -> Evidence:
    """The words that the passage holds, as the reason why it is named."""
    comparison = match.comparison
    runs = [comparison.quoted[slice(*step.quoted)] for step in comparison.steps if step.op == "equal"]
    shown = " ".join(word.text for run in runs for word in run)
    return Evidence("closest-passage", f"no passage has these words; this one shares: {shown}")


def letters_of_work(number: int, library: LoadedLibrary) -> int:
    """The seed letters of an edition: how large the text is in which words could stand by chance."""
    return int(library.editions[number].index.offsets[-1])


def _ranked(quoted: Quoted, named: Sequence[int], library: LoadedLibrary) -> list[Stretch]:
    """The passages that hold most of the quotation's rare words."""
    found = []
    for number in named:
        loaded = library.editions[number]
        best = library.pooled(loaded.edition.work, loaded.arabic).rank(quoted.text, MOST_RANKED)
        places = (loaded.place.get(one.reference) for one in best)
        found += [Stretch(number, place, place) for place in places if place is not None]
    return found


def _telling(match: Match, library: LoadedLibrary) -> tuple[float, float]:
    """What the longest run of shared words tells, in bits, and the share of the quotation's bits that is shared."""
    comparison = match.comparison
    loaded = library.editions[match.stretch.edition]
    pooled = library.pooled(loaded.edition.work, loaded.arabic)
    bits = pooled.rarity([word.text for word in comparison.reference])
    longest = run = shared = 0.0
    for step in comparison.steps:
        told = sum(bits[slice(*step.reference)])
        run = run + told if step.op == "equal" else 0.0
        shared += told if step.op == "equal" else 0.0
        longest = max(longest, run)
    whole = sum(pooled.rarity([word.text for word in comparison.quoted if not word.gloss]))
    return longest, min(1.0, shared / whole) if whole else 0.0


def _least(named: Sequence[int], library: LoadedLibrary) -> float:
    """The bits that chance does not reach in the works searched; editions of one work count once."""
    letters: dict[str, int] = {}
    for number in named:
        work = library.editions[number].edition.work
        letters[work] = max(letters.get(work, 0), letters_of_work(number, library))
    return max(LEAST_BITS, math.log2(max(1, sum(letters.values()))) - CHANCE)
