"""The ladder: which verdict the comparison of a quotation with the best stretches allows.

Each stretch is judged for itself (`judge`); a cited place is weighed against all others (`cited`); without one the
words must speak for themselves (`uncited`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from catena.model import Evidence, Finding
from catena.verification.candidates import Seeker, Stretch, comparable, sought_stretches
from catena.verification.cited import decide_cited
from catena.verification.decision import Decision
from catena.verification.judge import Match, judge_all
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import LoadedLibrary
from catena.verification.quoted import Quoted
from catena.verification.runs import run_stretches
from catena.verification.skeleton import skeleton_of
from catena.verification.uncited import decide_uncited

__all__ = ["Decision", "decide"]


def decide(quoted: Quoted, library: LoadedLibrary, lexicon: CheckLexicon, announced: Sequence[str]) -> Decision | None:
    """The verdict on one quotation, or `None` when nothing says that it quotes a work of the library.

    `announced` are the works that the text around the quotation names without a place.
    """
    cited = _chosen(quoted.citations, library, lexicon)
    works = (str(cited.value("work") or ""),) if cited is not None else tuple(announced)
    if not works and quoted.use == "verse":
        works = ("quran",)
    claimed = works[0] if works else ""
    search = partial(_matches, quoted, works, library, lexicon)
    if cited is not None:
        return replace(decide_cited(quoted, cited, search, library, lexicon), claimed=claimed)
    formula = lexicon.by_skeleton.get(skeleton_of(quoted.text))
    if formula is not None:
        return Decision(
            "formula", evidence=(Evidence("formula", f"{formula.name}: {formula.reason}"),), claimed=claimed
        )
    decision = decide_uncited(quoted, search(), library, lexicon, works)
    return replace(decision, claimed=claimed) if decision is not None else None


def _matches(
    quoted: Quoted,
    works: Sequence[str],
    library: LoadedLibrary,
    lexicon: CheckLexicon,
    known: Sequence[Match] = (),
) -> list[Match]:
    """Every stretch worth comparing, judged: those of the works named first, then the best; `known` are judged."""
    named = [any(lexicon.is_of(one.edition, work) for work in works) for one in library.editions]
    seeker = Seeker(library, skeleton_of(quoted.text))
    first = [number for number, one in enumerate(named) if one]
    stretches = sought_stretches(library, quoted.text, first, seeker=seeker)
    stretches = list(dict.fromkeys(stretches + run_stretches(library, quoted.text, seeker=seeker)))
    if works:
        stretches += _short_passages(quoted, library)
    found = judge_all(quoted, stretches, library, lexicon, known)
    return sorted(found, key=lambda match: (not named[match.stretch.edition], match.rank)) if works else found


def _short_passages(quoted: Quoted, library: LoadedLibrary) -> list[Stretch]:
    """Passages that are these few letters and nothing else."""
    skeleton = skeleton_of(quoted.text)
    return [
        Stretch(number, place, place)
        for number in comparable(library, quoted.text)
        for place in library.editions[number].short.get(skeleton, ())
    ]


def _chosen(citations: Sequence[Finding], library: LoadedLibrary, lexicon: CheckLexicon) -> Finding | None:
    """The citation that decides: the first whose work is loaded, else the first."""
    loaded = [one.edition for one in library.editions]
    held = (one for one in citations if any(lexicon.is_of(edition, str(one.value("work") or "")) for edition in loaded))
    return next(held, citations[0] if citations else None)
