"""Stretches of the editions with which a quotation is worth comparing.

Three ways lead to a stretch: the cited place; shared seeds (any place, misprints allowed); and for short
quotations, which have no seed, their letters looked up whole.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from catena.verification.compare import ReferenceWord
from catena.verification.library_view import LoadedEdition, LoadedLibrary, parent_of
from catena.verification.quoted import reference_words
from catena.verification.skeleton import skeleton_of
from catena.verification.spelling import is_arabic

MOST_CANDIDATES = 8  # stretches aligned for one quotation
MOST_PLACES = 400  # places of one phrase that are listed as alternatives
LEAST_LETTERS = 4  # seed letters below which a phrase is not looked up: it stands everywhere
LEAST_SHARED = 0.3  # share of the quotation's seed letters under one chain, below which no alignment is tried
WIDEN = 1.4  # how much longer than the quotation's loose end the stretch may be


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive passages `first` to `last` (inclusive) of an edition."""

    edition: int
    first: int
    last: int


def stretch_words(library: LoadedLibrary, stretch: Stretch) -> tuple[ReferenceWord, ...]:
    """The words of the stretch, in order."""
    texts = library.editions[stretch.edition].texts
    return tuple(
        word for number in range(stretch.first, stretch.last + 1) for word in reference_words(texts[number], number)
    )


def comparable(library: LoadedLibrary, text: str) -> tuple[int, ...]:
    """The editions in the script of `text`, by number."""
    arabic = is_arabic(text)
    return tuple(
        number for number, loaded in enumerate(library.editions) if loaded.texts and _arabic_edition(loaded) == arabic
    )


def _arabic_edition(loaded: LoadedEdition) -> bool:
    return is_arabic(loaded.texts[0])


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


def sought_stretches(library: LoadedLibrary, text: str) -> list[Stretch]:
    """Stretches that share seeds with `text`, or hold its letters whole, best first in each edition."""
    found: list[Stretch] = []
    skeleton = skeleton_of(text)
    for number in comparable(library, text):
        loaded = library.editions[number]
        whole = whole_places(loaded, skeleton, limit=MOST_CANDIDATES)
        found += [Stretch(number, place, place) for place in whole]
        for candidate in loaded.index.candidates(skeleton, MOST_CANDIDATES):
            if candidate.shared < LEAST_SHARED * len(skeleton) and candidate.shared < 24:
                continue
            before = candidate.quoted_start * WIDEN - candidate.passage_start
            length = len(loaded.skeletons[candidate.passage])
            after = (len(skeleton) - candidate.quoted_end) * WIDEN - (length - candidate.passage_end)
            found.append(
                Stretch(
                    number,
                    _walk(loaded, candidate.passage, before, -1),
                    _walk(loaded, candidate.passage, after, 1),
                )
            )
    return list(dict.fromkeys(found))


def whole_places(loaded: LoadedEdition, skeleton: str, *, limit: int = MOST_PLACES) -> list[int]:
    """The passages that hold these seed letters in one run, in order, each once, at most `limit`."""
    if len(skeleton) < LEAST_LETTERS:
        return []
    found: list[int] = []
    starts = loaded.starts
    at = loaded.stream.find(skeleton)
    while at >= 0 and len(found) < limit:
        place = bisect_right(starts, at) - 1
        found.append(place)
        at = loaded.stream.find(skeleton, starts[place] + len(loaded.skeletons[place]))
    return found


def _walk(loaded: LoadedEdition, passage: int, letters: float, step: int) -> int:
    """The passage reached when `letters` more seed letters are wanted in the direction of `step`."""
    while letters > 2 and 0 <= passage + step < len(loaded.skeletons):
        passage += step
        letters -= len(loaded.skeletons[passage])
    return passage
