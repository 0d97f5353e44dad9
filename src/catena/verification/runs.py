"""Runs of short passages: several verses quoted as one, each too short to point to the run alone.

Each verse of such a quotation shares its letters with its own passage only, so no single passage holds much of the
quotation. Candidates that follow each other in the edition, in the order of the quotation, are therefore joined.
"""

from __future__ import annotations

from collections.abc import Iterator

from catena.text.seeds import Candidate
from catena.verification.candidates import LEAST_SHARED, Seeker, Stretch, comparable
from catena.verification.library_view import LoadedLibrary
from catena.verification.skeleton import skeleton_of

MOST_JOINED = 32  # candidates looked at: about as many short verses as one quotation holds
MOST_BETWEEN = 2  # passages between two candidates that a joined run may hold unseen: verses shorter than a seed


def run_stretches(library: LoadedLibrary, text: str, *, seeker: Seeker | None = None) -> list[Stretch]:
    """Stretches of two passages or more that together hold a fair share of the letters of `text`."""
    seeker = seeker or Seeker(library, skeleton_of(text))
    skeleton = seeker.skeleton
    found: list[Stretch] = []
    for number in comparable(library, text):
        loaded = library.editions[number]
        if loaded.edition.kind != "numbered-verses":
            continue
        for run in _runs(sorted(seeker.candidates(number, MOST_JOINED), key=lambda one: one.passage)):
            if len(run) > 1 and sum(one.shared for one in run) >= LEAST_SHARED * len(skeleton):
                last = len(loaded.texts) - 1
                found.append(Stretch(number, max(0, run[0].passage - 1), min(last, run[-1].passage + 1)))
    return found


def _runs(candidates: list[Candidate]) -> Iterator[list[Candidate]]:
    """Candidates, in the order of the edition, cut where the passages or the quotation do not go on."""
    run: list[Candidate] = []
    for one in candidates:
        goes_on = run and one.passage - run[-1].passage <= 1 + MOST_BETWEEN and one.quoted_start > run[-1].quoted_start
        if run and not goes_on:
            yield run
            run = []
        run.append(one)
    if run:
        yield run
