"""The verdict when the text names the place: the words stand there, elsewhere, or nowhere.

A verse or an article is a place; a collection of sayings is cited as a whole, for its numbers differ between prints.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from catena.model import Evidence, Finding
from catena.verification.candidates import Stretch, cited_stretch, comparable
from catena.verification.compare import is_damaged
from catena.verification.decision import Decision, passage_of, reference_of, searched, settled
from catena.verification.judge import Match, judge_all
from catena.verification.ladder import HOLDS
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import Edition, LoadedLibrary
from catena.verification.meant import tells_of
from catena.verification.quoted import Quoted

Search: TypeAlias = Callable[[Sequence[Match]], Sequence[Match]]
SAME_PLACE = 0.45  # share of letters in equal words from which a cited place is what is quoted
ELSEWHERE = 0.6  # the same, for a place that nothing in the text points to
LEAST_SHORT = 3  # equal words from which words that stand elsewhere than cited are reported there
LEAST_TOLD = 2  # equal words that suffice where the text itself says which work it quotes


@dataclass(frozen=True)
class _Case:
    """What one cited quotation is decided from. `search` looks for it in the whole library."""

    quoted: Quoted
    cited: Finding
    search: Search
    library: LoadedLibrary
    lexicon: CheckLexicon

    @cached_property
    def matches(self) -> Sequence[Match]:
        """Those of the whole library, best first. Words that hold at the place cited are not looked for elsewhere."""
        return self.search(() if self.cited.value("collection") else self.here)

    @cached_property
    def everywhere(self) -> Sequence[Stretch]:
        """The cited place in each edition of the work that has it."""
        return _stretches(self)

    @cached_property
    def here(self) -> Sequence[Match]:
        """The matches at the cited place, best first."""
        return _here(self, self.everywhere)

    @property
    def reference(self) -> str:
        return self.cited.reference or ""

    @property
    def work(self) -> str:
        return str(self.cited.value("work") or "")


def decide_cited(
    quoted: Quoted, cited: Finding, search: Search, library: LoadedLibrary, lexicon: CheckLexicon
) -> Decision:
    """The decision on a quotation beside `cited`; never `None`, for the text says what it quotes. `search` gives the
    matches of the whole library, best first; it is handed those that are judged already.
    """
    case = _Case(quoted, cited, search, library, lexicon)
    return _in_collections(case) if cited.value("collection") else _at_place(case)


def strong(match: Match, least: int) -> bool:
    """True when so many words agree, or in damaged text so many of their letters, that chance is no explanation."""
    held = match.comparison
    return (held.equal >= least and held.likeness >= ELSEWHERE) or is_damaged(held, least)


def _holds_here(match: Match) -> bool:
    """True when the words are like those of the cited place."""
    return match.comparison.likeness >= SAME_PLACE or is_damaged(match.comparison, LEAST_SHORT)


def _at_place(case: _Case) -> Decision:
    cited, library = case.cited, case.library
    everywhere, here = case.everywhere, case.here
    inside = [one for one in here if _touches(one, everywhere) and (_holds_here(one) or tells_of(one, library))]
    if inside and not _better(case, inside[0]):
        return settled(inside[0], library, cited=cited)
    elsewhere = [match for match in case.matches if strong(match, LEAST_SHORT)]
    if elsewhere:
        return _misplaced(case, elsewhere[0])
    if not everywhere or any(reason.code == "no-such-place" for reason in cited.evidence):
        return _no_place(case)
    passage, edition = passage_of(everywhere[0], library), library.editions[everywhere[0].edition].edition
    same_script = set(comparable(library, case.quoted.text))
    if not any(one.edition in same_script for one in everywhere):
        code = Evidence("edition-language-not-loaded", f"{edition.work} is loaded in {edition.language} only")
        return Decision("not-found", None, None, cited, (code, searched(library)), passage, edition.id, case.work)
    code = Evidence("cited-place-says", passage)
    match = here[0] if here else None
    return Decision("reference-text-differs", case.reference, match, cited, (code,), passage, edition.id, case.work)


def _misplaced(case: _Case, match: Match) -> Decision:
    note = f"cited {case.reference}; the words stand at {reference_of(match, case.library)}"
    return settled(
        match, case.library, cited=case.cited, verdict="wrong-reference", extra=(Evidence("stands-elsewhere", note),)
    )


def _stretches(case: _Case) -> list[Stretch]:
    """The cited place in each edition of the work that has it."""
    names = [name for name in (case.reference, *str(case.cited.value("also") or "").split("; ")) if name]
    return [
        stretch
        for number, loaded in enumerate(case.library.editions)
        if loaded.edition.work == case.work
        and (stretch := next(filter(None, (cited_stretch(loaded, number, name) for name in names)), None))
    ]


def _here(case: _Case, everywhere: Sequence[Stretch]) -> list[Match]:
    """The matches at the cited place, best first; with its neighbours when the words do not hold there."""
    same_script = set(comparable(case.library, case.quoted.text))
    near = [one for one in everywhere if one.edition in same_script]
    here = judge_all(case.quoted, near, case.library, case.lexicon)
    if not here or here[0].verdict not in HOLDS:
        wider = [_widened(one, case.library) for one in near]
        here += judge_all(case.quoted, wider, case.library, case.lexicon)
    return sorted(here, key=lambda match: match.rank)


def _no_place(case: _Case) -> Decision:
    """Nothing to compare with: the place does not exist, or no edition of the work is loaded."""
    reasons = [reason for reason in case.cited.evidence if reason.code == "no-such-place"]
    loaded = case.library.of_work(case.work)
    if not reasons and loaded:
        reasons = [Evidence("no-such-place", f"the edition {loaded[0].edition.id} has no place {case.reference}")]
    if not reasons:
        reasons = [_not_loaded(case.work or case.reference)]
    return Decision("not-found", cited=case.cited, evidence=(reasons[0], searched(case.library)), work=case.work)


def _not_loaded(name: str) -> Evidence:
    return Evidence("work-not-loaded", f"no edition of {name} is loaded")


def _widened(stretch: Stretch, library: LoadedLibrary) -> Stretch:
    """The cited place with its neighbours, for quotations that run on past it."""
    last = len(library.editions[stretch.edition].texts) - 1
    return replace(stretch, first=max(0, stretch.first - 1), last=min(last, stretch.last + 3))


def _touches(match: Match, cited: Sequence[Stretch]) -> bool:
    """True when the match holds words of a cited passage."""
    return any(
        one.edition == match.stretch.edition
        and any(one.first <= place <= one.last for place in match.comparison.passages)
        for one in cited
    )


def _better(case: _Case, here: Match) -> bool:
    """True when the words stand unchanged at another place, while they are altered here."""
    if here.verdict in HOLDS:
        return False
    return any(match.verdict in HOLDS and strong(match, LEAST_SHORT) for match in case.matches)


# -- collections of sayings -------------------------------------------------------------------------------------


def _in_collections(case: _Case) -> Decision:
    """The verdict when whole collections are cited. Numbers are compared, but decide nothing."""
    names = str(case.cited.value("collection")).split("; ")
    by_name = {
        name: [number for number, one in enumerate(case.library.editions) if case.lexicon.is_of(one.edition, name)]
        for name in names
    }
    missing = tuple(_not_loaded(name) for name, editions in by_name.items() if not editions)
    held = {name: _held(case, editions) for name, editions in by_name.items()}
    here = sorted((match for match in held.values() if match), key=lambda match: match.rank)
    if here:
        absent = [name for name, match in held.items() if match is None and by_name[name]]
        extra = tuple(Evidence("not-in-collection", f"not found in {name}") for name in absent)
        return settled(here[0], case.library, cited=case.cited, extra=(*extra, *_numbers(case, here[0]), *missing))
    family = [match for match in case.matches if case.lexicon.is_of(_edition(case, match), case.work)]
    others = [match for match in family if strong(match, LEAST_TOLD)]
    if others and not missing:
        return _misplaced(case, others[0])
    if others:
        return settled(others[0], case.library, cited=case.cited, extra=missing)
    return Decision("not-found", cited=case.cited, evidence=(*missing, searched(case.library)), work=case.work)


def _held(case: _Case, editions: Sequence[int]) -> Match | None:
    """The best match in one collection, when it is this saying."""
    return next((one for one in case.matches if one.stretch.edition in editions and strong(one, LEAST_TOLD)), None)


def _edition(case: _Case, match: Match) -> Edition:
    return case.library.editions[match.stretch.edition].edition


def _numbers(case: _Case, match: Match) -> tuple[Evidence, ...]:
    """The cited number, when the saying stands under another one: prints number differently."""
    cited = case.reference.rpartition(" ")[2]
    stands = reference_of(match, case.library)
    if not cited.isdigit() or stands.endswith(f" {cited}"):
        return ()
    return (Evidence("number-differs", f"cited {case.reference}, stands at {stands}; prints number differently"),)
