"""A verdict with what it rests on, and how matches are written as one."""

from __future__ import annotations

from dataclasses import dataclass

from catena.model import Evidence, Finding
from catena.verification.candidates import Stretch
from catena.verification.judge import Match
from catena.verification.library_view import LoadedLibrary


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with what it rests on; `match` is `None` when no stretch of the library does.

    `work` is the work of the passage, or the one sought; `claimed` the work that the text says it quotes, or "".
    """

    verdict: str
    reference: str | None = None
    match: Match | None = None
    cited: Finding | None = None
    evidence: tuple[Evidence, ...] = ()
    passage: str = ""
    edition: str = ""
    work: str = ""
    claimed: str = ""


def settled(
    match: Match,
    library: LoadedLibrary,
    *,
    cited: Finding | None = None,
    verdict: str = "",
    extra: tuple[Evidence, ...] = (),
) -> Decision:
    """The decision that `match` allows; a `verdict` above it keeps the wording's own in the evidence."""
    edition = library.editions[match.stretch.edition].edition
    evidence = match.evidence + extra
    if verdict and verdict != match.verdict:
        evidence += (Evidence("wording", match.verdict),)
    places = match.comparison.passages
    passage = passage_of(Stretch(match.stretch.edition, places[0], places[-1]), library)
    reference = reference_of(match, library)
    return Decision(verdict or match.verdict, reference, match, cited, evidence, passage, edition.id, edition.work)


def reference_of(match: Match, library: LoadedLibrary) -> str:
    """The canonical reference of the passages that hold the words: `Q 51:55`, `Q 51:55-56`, `Q 1:7-2:1`."""
    references = library.editions[match.stretch.edition].references
    places = match.comparison.passages
    first, last = references[places[0]], references[places[-1]]
    if first == last:
        return first
    head = first.rpartition(":")[0]
    if head and last.rpartition(":")[0] == head:
        return f"{first}-{last.rpartition(':')[2]}"
    return f"{first}-{last.rpartition(' ')[2]}"


def passage_of(stretch: Stretch, library: LoadedLibrary) -> str:
    """The text of the stretch, passages joined by a space."""
    return " ".join(library.editions[stretch.edition].texts[stretch.first : stretch.last + 1])


def searched(library: LoadedLibrary) -> Evidence:
    """What was searched, for verdicts that found nothing."""
    names = "; ".join(library.names) or "none"
    return Evidence("libraries-searched", f"editions loaded: {names}; not found there does not mean false")
