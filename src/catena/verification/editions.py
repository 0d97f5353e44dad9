"""The edition that a text names beside a quotation: `(Q 1:4, Warsh)`, `King James Version`.

Several editions of a work are all legitimate forms, so the best one decides. When the text names one, its own wording
counts: words that are another edition's and not the named one's are told apart from a misquotation.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from catena.model import Evidence, cover
from catena.verification.candidates import Stretch, comparable
from catena.verification.decision import Decision, passage_of, settled
from catena.verification.judge import judge
from catena.verification.ladder import HOLDS
from catena.verification.lexicon import CheckLexicon, Telling
from catena.verification.library_view import LoadedLibrary
from catena.verification.quoted import Quoted
from catena.verification.recited import claimed_works

LEAST_NAME = 3  # letters in a name that tells an edition
WHOLE = ("exact", "exact-spelling", "vowels-differ")
"""Verdicts of which another edition's may be the reason."""


def in_named_edition(
    decision: Decision, text: str, quoted: Quoted, library: LoadedLibrary, lexicon: CheckLexicon
) -> Decision:
    """`decision`, or the one that the edition named beside the quotation allows: its own, or `other-edition`."""
    if decision.match is None or decision.verdict not in WHOLE:
        return decision
    mine = decision.match.stretch
    named = _named(text, quoted, mine.edition, library)
    if named is None or named == mine.edition or named not in comparable(library, quoted.text):
        return decision
    there, here = library.editions[named], library.editions[mine.edition]
    places = [there.place.get(here.references[place]) for place in decision.match.comparison.passages]
    known = [place for place in places if place is not None]
    stretch = Stretch(named, min(known), max(known)) if known else None
    match = judge(quoted, stretch, library, lexicon) if stretch else None
    if match is not None and match.verdict in HOLDS:
        own = settled(match, library, cited=decision.cited)
        return replace(own, claimed=decision.claimed)
    said = passage_of(stretch, library) if stretch else "it has no such place"
    note = Evidence("named-edition-says", f"{there.edition.id}: {said}")
    return replace(decision, verdict="other-edition", evidence=(note, *decision.evidence))


def _named(text: str, quoted: Quoted, edition: int, library: LoadedLibrary) -> int | None:
    """The edition of the same work that the words beside the quotation name, nearest first, or `None`."""
    work = library.editions[edition].edition.work
    numbers = [number for number, one in enumerate(library.editions) if one.edition.work == work]
    if len(numbers) < 2:
        return None
    names = {number: _names(library, number) for number in numbers}
    shared = Counter(name.casefold() for many in names.values() for name in many)
    telling: list[Telling] = [
        (str(number), tuple(name for name in many if shared[name.casefold()] == 1)) for number, many in names.items()
    ]
    found = claimed_works(text, cover(quoted.spans), [one for one in telling if one[1]])
    return int(found[0]) if found else None


def names_edition(text: str, quoted: Quoted, number: int, library: LoadedLibrary, lexicon: CheckLexicon) -> bool:
    """True when the words beside the quotation name this edition, and not only its work."""
    work = library.editions[number].edition.work
    general = {name.casefold() for named, phrases in lexicon.telling if named == work for name in (named, *phrases)}
    names = tuple(name for name in _names(library, number) if name.casefold() not in {work.casefold(), *general})
    return bool(names and claimed_works(text, cover(quoted.spans), [("", names)]))


def _names(library: LoadedLibrary, number: int) -> tuple[str, ...]:
    edition = library.editions[number].edition
    names = dict.fromkeys((edition.id, edition.title, edition.reading))
    return tuple(name for name in names if len(name) >= LEAST_NAME)
