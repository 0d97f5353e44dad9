"""Stretches of the editions with which a quotation is worth comparing.

Three ways lead to a stretch: the cited place; shared seeds (any place, misprints allowed); and for short
quotations, which have no seed, their letters looked up whole.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

from catena.text.seeds import Candidate, Sought
from catena.verification.library_view import LoadedEdition, LoadedLibrary, parent_of
from catena.verification.prepared import Prepared, prepare
from catena.verification.skeleton import skeleton_of
from catena.verification.spelling import is_arabic

MOST_CANDIDATES = 8  # stretches aligned for one quotation
MOST_PLACES = 400  # places of one phrase that are listed as alternatives
LEAST_LETTERS = 4  # seed letters below which a phrase is not looked up: it stands everywhere
RIVAL = 0.5  # share of the best candidate's letters below which another is not aligned
VISUAL = 0.5  # share of the letters under a chain, below which a line may stand back to front
FIRST = 2  # of these, in each edition, are compared whatever others hold
MOST_RIVALS = 12  # stretches of rival editions that are compared as words
SURELY = 24  # seed letters under one chain from which it is worth an alignment, however long the quotation
LEAST_SHARED = 0.25  # share of the quotation's seed letters under one chain, below which no alignment is tried
WIDEN = 1.4  # how much longer than the quotation's loose end the stretch may be


_Rival: TypeAlias = tuple[bool, int, int, Candidate]
"""Whether others of the edition come first, letters shared (negative), the edition, and the candidate."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive passages `first` to `last` (inclusive) of an edition."""

    edition: int
    first: int
    last: int


def prepared_stretch(library: LoadedLibrary, stretch: Stretch) -> Prepared:
    """The words of the stretch, prepared to be compared."""
    return prepare(library.editions[stretch.edition].texts[stretch.first : stretch.last + 1], stretch.first)


def comparable(library: LoadedLibrary, text: str) -> tuple[int, ...]:
    """The editions in the script of `text`, by number."""
    arabic = is_arabic(text)
    return tuple(number for number, loaded in enumerate(library.editions) if loaded.texts and loaded.arabic == arabic)


def cited_stretch(loaded: LoadedEdition, number: int, reference: str) -> Stretch | None:
    """The passages that `reference` names in this edition: one, a range, a chapter's parts, or the passage it
    is in.
    """
    if place := _place(loaded, reference):
        return Stretch(number, *place)
    head, dash, tail = reference.rpartition("-")
    if dash and (begin := _place(loaded, head)):
        end = f"{parent_of(head)}:{tail}" if ":" not in tail else f"{reference.split(' ')[0]} {tail}"
        end = end if ":" in head else f"{head.rsplit(' ', 1)[0]} {tail}"
        last = (_place(loaded, end) or begin)[1]
        return Stretch(number, begin[0], max(last, begin[1]))
    children = loaded.chapters.get(reference)
    if children:
        return Stretch(number, loaded.place[children[0]], loaded.place[children[-1]])
    outer = _place(loaded, parent_of(reference))
    return Stretch(number, *outer) if outer else None


def _place(loaded: LoadedEdition, reference: str) -> tuple[int, int] | None:
    """The first and last passage of one place: its own, or the passage or the parts that hold it."""
    own = loaded.place.get(reference)
    return (own, own) if own is not None else loaded.held.get(reference)


class Seeker:
    """The seeds of one skeleton, looked up in each edition when first asked for, and once."""

    def __init__(self, library: LoadedLibrary, skeleton: str) -> None:
        self.library, self.skeleton = library, skeleton
        self._found: dict[int, Sought] = {}

    def candidates(self, number: int, limit: int) -> tuple[Candidate, ...]:
        """`SeedIndex.candidates` of the edition's index."""
        if number not in self._found:
            self._found[number] = self.library.editions[number].index.seek(self.skeleton)
        return self._found[number].best(limit)


def sought_stretches(
    library: LoadedLibrary, text: str, named: Collection[int] = (), *, seeker: Seeker | None = None
) -> list[Stretch]:
    """Stretches that share seeds with `text`, or hold its letters whole, best first in each edition.

    Editions are rivals: a passage that shares less than `RIVAL` of the letters that the best one shares, be that of
    another edition, is not compared as words, nor are more than `MOST_RIVALS` in all, `FIRST` of each edition aside.
    Those in `named`, which the text names, have rivals among themselves only, and so have works in verses, of which
    several may make up the words; the first ones of a named edition are compared although another shares more.
    """
    seeker = seeker or Seeker(library, skeleton_of(text))
    skeleton = seeker.skeleton
    found: dict[Stretch, None] = {}
    rivals: dict[str, list[_Rival]] = {}
    most: dict[str, int] = {}
    for number in comparable(library, text):
        whole, candidates = _seen(library.editions[number], number, seeker)
        found.update((Stretch(number, place, place), None) for place in whole)
        work = _rivalry(library, number, named)
        shared = len(skeleton) if whole else max((one.shared for one in candidates), default=0)
        most |= {each: max(most.get(each, 0), shared) for each in (work, "")}
        near = [one for one in candidates if one.shared >= RIVAL * candidates[0].shared]
        rivals.setdefault(work, []).extend((place >= FIRST, -one.shared, number, one) for place, one in enumerate(near))
    least = min(LEAST_SHARED * len(skeleton), SURELY)
    for work, group in rivals.items():
        for place, (later, _, number, one) in enumerate(sorted(group, key=lambda each: each[:3])):
            rival = one.shared >= RIVAL * most[work] and (place < MOST_RIVALS or not later)
            if one.shared >= least and (rival or (number in named and not later)):
                found[_around(number, library.editions[number], one, len(skeleton))] = None
    return list(found)


def _rivalry(library: LoadedLibrary, number: int, named: Collection[int]) -> str:
    """With which editions this one is compared: those of its work, the others that the text names, or all ("")."""
    edition = library.editions[number].edition
    return edition.work if edition.kind == "numbered-verses" else "named" if number in named else ""


def _seen(loaded: LoadedEdition, number: int, seeker: Seeker) -> tuple[list[int], tuple[Candidate, ...]]:
    """The passages that hold the letters whole, and those that share seeds with them, best first."""
    skeleton = seeker.skeleton
    whole = whole_places(loaded, skeleton, limit=MOST_CANDIDATES)
    if loaded.arabic and not whole:
        whole = whole_places(loaded, skeleton[::-1], limit=MOST_CANDIDATES)
    if whole:  # no other passage shares more, and no verdict asks for one that shares less
        return whole, ()
    candidates = seeker.candidates(number, MOST_CANDIDATES)
    if loaded.arabic and (not candidates or candidates[0].shared < VISUAL * len(skeleton)):
        turned = loaded.index.candidates(skeleton[::-1], MOST_CANDIDATES)
        if turned and turned[0].shared > max([VISUAL * len(skeleton), *(one.shared for one in candidates[:1])]):
            candidates = turned  # lines in visual order are back to front
    return [], candidates


def _around(number: int, loaded: LoadedEdition, candidate: Candidate, letters: int) -> Stretch:
    """The candidate's passage with the neighbours into which `letters` of the quotation may run on."""
    before = candidate.quoted_start * WIDEN - candidate.passage_start
    length = loaded.lengths[candidate.passage]
    after = (letters - candidate.quoted_end) * WIDEN - (length - candidate.passage_end)
    return Stretch(number, _walk(loaded, candidate.passage, before, -1), _walk(loaded, candidate.passage, after, 1))


def whole_places(loaded: LoadedEdition, skeleton: str, *, limit: int = MOST_PLACES) -> list[int]:
    """The passages that hold these seed letters in one run, in order, each once, at most `limit`.

    None for letters shorter than a seed of the edition, or without a seed that it keeps.
    """
    index = loaded.index
    if len(skeleton) < LEAST_LETTERS:
        return []
    passages: list[int] = index.passages_of(index.runs(skeleton)).tolist()
    return list(dict.fromkeys(passages))[:limit]


def _walk(loaded: LoadedEdition, passage: int, letters: float, step: int) -> int:
    """The passage reached when `letters` more seed letters are wanted in the direction of `step`."""
    lengths = loaded.lengths
    while letters > 2 and 0 <= passage + step < len(lengths):
        passage += step
        letters -= lengths[passage]
    return passage
