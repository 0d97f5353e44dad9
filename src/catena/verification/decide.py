"""The ladder: which verdict the comparison of a quotation with the best stretch allows.

Each stretch is judged for itself (`judge`); `decide` weighs the cited place against all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from catena.model import Evidence, Finding
from catena.verification.candidates import (
    Stretch,
    cited_stretch,
    comparable,
    sought_stretches,
    whole_places,
)
from catena.verification.compare import is_damaged
from catena.verification.judge import HOLDS, Match, judge
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import LoadedLibrary
from catena.verification.quoted import Quoted
from catena.verification.skeleton import skeleton_of
from catena.verification.spelling import is_arabic

SAME_PLACE = 0.45  # share of letters in equal words from which a cited place is what is quoted
ELSEWHERE = 0.6  # the same, for a place that nothing in the text points to
# Equal words from which an unannounced quotation is worth a verdict. Six running English words meet by chance
# about three times in a million words of treaties; four Arabic ones, fused with their particles, hardly more
# often.
LEAST_WORDS, LEAST_ARABIC = 6, 4
LEAST_CHANGED = 8  # the same for other scripts than Arabic when a word differs: "some of them are friends of mine"
LEAST_SHORT = 3  # the same when the text announces the work, or verse brackets hold the words
MOST_NAMED = 12  # alternatives named one by one; more are counted


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with what it rests on; `match` is `None` when no stretch of the library does."""

    verdict: str
    reference: str | None = None
    match: Match | None = None
    cited: Finding | None = None
    evidence: tuple[Evidence, ...] = ()
    passage: str = ""
    edition: str = ""
    work: str = ""


def decide(quoted: Quoted, library: LoadedLibrary, lexicon: CheckLexicon, announced: Sequence[str]) -> Decision | None:
    """The verdict on one quotation, or `None` when nothing says that it quotes a work of the library.

    `announced` are the works that the text around the quotation names without a place.
    """
    matches = _matches(quoted, sought_stretches(library, quoted.text), library, lexicon)
    cited = _chosen(quoted.citations, library)
    if cited is not None:
        return _cited(quoted, cited, matches, library, lexicon)
    formula = lexicon.by_skeleton.get(skeleton_of(quoted.text))
    if formula is not None:
        return Decision("formula", evidence=(Evidence("formula", f"{formula.name}: {formula.reason}"),))
    return _uncited(quoted, matches, library, lexicon, announced)


def _matches(
    quoted: Quoted, stretches: Sequence[Stretch], library: LoadedLibrary, lexicon: CheckLexicon
) -> list[Match]:
    """Every stretch judged, best first."""
    found = [judge(quoted, stretch, library, lexicon) for stretch in stretches]
    return sorted((match for match in found if match is not None), key=lambda match: match.rank)


def _chosen(citations: Sequence[Finding], library: LoadedLibrary) -> Finding | None:
    """The citation that decides: the first whose work is loaded, else the first."""
    loaded = {one.edition.work for one in library.editions}
    return next((one for one in citations if one.value("work") in loaded), citations[0] if citations else None)


def _cited(
    quoted: Quoted, cited: Finding, matches: list[Match], library: LoadedLibrary, lexicon: CheckLexicon
) -> Decision:
    """The verdict when the text names the place: there, elsewhere, or nowhere."""
    work, reference = str(cited.value("work") or ""), cited.reference or ""
    names = [reference, str(cited.value("also") or "")]
    everywhere = [
        stretch
        for number, loaded in enumerate(library.editions)
        if loaded.edition.work == work
        and (stretch := next(filter(None, (cited_stretch(loaded, number, name) for name in names if name)), None))
    ]
    same_script = set(comparable(library, quoted.text))
    here = _matches(quoted, [one for one in everywhere if one.edition in same_script], library, lexicon)
    if not here or here[0].verdict == "altered":
        wider = [_widened(one, library) for one in everywhere if one.edition in same_script]
        here = sorted(here + _matches(quoted, wider, library, lexicon), key=lambda match: match.rank)
    inside = [one for one in here if one.comparison.likeness >= SAME_PLACE or is_damaged(one.comparison, LEAST_SHORT)]
    if inside and _touches(inside[0], everywhere) and (inside[0].verdict in HOLDS or not _better(matches, inside[0])):
        return _settled(inside[0], library, cited=cited)
    strong = [match for match in matches if _strong(match, LEAST_SHORT)]
    if strong:
        note = f"cited {reference}; the words stand at {_reference(strong[0], library)}"
        return _settled(
            strong[0],
            library,
            cited=cited,
            verdict="wrong-reference",
            extra=Evidence("stands-elsewhere", note),
        )
    if any(reason.code == "no-such-place" for reason in cited.evidence):
        place = next(reason for reason in cited.evidence if reason.code == "no-such-place")
        return Decision("not-found", cited=cited, evidence=(place, _searched(library)), work=work)
    if not everywhere:
        loaded_work = library.of_work(work)
        if loaded_work:
            return Decision(
                "not-found",
                cited=cited,
                evidence=(
                    Evidence("no-such-place", f"the edition {loaded_work[0].edition.id} has no place {reference}"),
                    _searched(library),
                ),
                work=work,
            )
        code = Evidence("work-not-loaded", f"no edition of {work or reference} is loaded")
        return Decision("not-found", cited=cited, evidence=(code, _searched(library)), work=work)
    passage, edition = _passage(everywhere[0], library), library.editions[everywhere[0].edition].edition
    if not any(one.edition in same_script for one in everywhere) or not _same_language(quoted, everywhere, library):
        code = Evidence("edition-language-not-loaded", f"{edition.work} is loaded in {edition.language} only")
        return Decision("not-found", None, None, cited, (code, _searched(library)), passage, edition.id, work)
    code = Evidence("cited-place-says", passage)
    return Decision(
        "reference-text-differs",
        reference,
        here[0] if here else None,
        cited,
        (code,),
        passage,
        edition.id,
        work,
    )


def _same_language(quoted: Quoted, stretches: Sequence[Stretch], library: LoadedLibrary) -> bool:
    """False only when no cited edition is in the script of the quotation."""
    same = set(comparable(library, quoted.text))
    return any(stretch.edition in same for stretch in stretches)


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


def _better(matches: Sequence[Match], here: Match) -> bool:
    """True when the words stand unchanged at another place, while they are altered here."""
    return (
        bool(matches) and matches[0].verdict in HOLDS and _strong(matches[0], LEAST_SHORT) and here.verdict not in HOLDS
    )


def _strong(match: Match, least: int) -> bool:
    """True when the words, or in damaged text their letters, are a passage's and not chance."""
    held = match.comparison
    return (held.equal >= least and held.likeness >= ELSEWHERE) or is_damaged(held, least)


def _uncited(
    quoted: Quoted,
    matches: list[Match],
    library: LoadedLibrary,
    lexicon: CheckLexicon,
    announced: Sequence[str],
) -> Decision | None:
    """The verdict when no place is named: a strong match, several equal ones, or an announced work without a
    match.
    """
    verse = quoted.use == "verse" or quoted.style == "verse-brackets"
    alone = LEAST_ARABIC if is_arabic(quoted.text) else LEAST_WORDS
    least = LEAST_SHORT if verse or announced else alone
    changed = least if verse or announced or alone == LEAST_ARABIC else LEAST_CHANGED
    strong = [match for match in matches if _strong(match, least if match.verdict in HOLDS else changed)]
    if not strong:
        composite = _composite(quoted, library, lexicon)
        if composite is not None:
            return composite
        works = [work for work in announced if library.of_work(work)]
        if not (verse or works) or len(quoted.words) < LEAST_SHORT:
            return None
        return _unmatched(quoted, works or ["quran"], library)
    best = strong[0]
    if best.verdict not in HOLDS and (part := _without_loose_ends(quoted, best)) is not None:
        inner = judge(part, best.stretch, library, lexicon)
        if inner is not None and inner.verdict in HOLDS and _strong(inner, least):
            note = Evidence("part-of-quotation", "the words before or after belong to the speaker")
            return _settled(inner, library, extra=note)
    if best.verdict in HOLDS:
        others = _also_in(quoted, best, library, lexicon)
        if others:
            return _ambiguous(best, others, library)
    elif best.comparison.likeness < 0.9 and (composite := _composite(quoted, library, lexicon)) is not None:
        return composite
    return _settled(best, library)


def _without_loose_ends(quoted: Quoted, match: Match) -> Quoted | None:
    """`quoted` without the words at its ends that the passage lacks; `None` when it has no such ends."""
    steps = match.comparison.steps
    low = steps[0].quoted[1] if steps[0].op == "insert" else 0
    high = steps[-1].quoted[0] if steps[-1].op == "insert" else len(match.comparison.quoted)
    if low >= high or (low == 0 and high == len(match.comparison.quoted)):
        return None
    return replace(quoted, words=match.comparison.quoted[low:high])


def _unmatched(quoted: Quoted, works: Sequence[str], library: LoadedLibrary) -> Decision:
    same = set(comparable(library, quoted.text))
    of_works = [number for number, one in enumerate(library.editions) if one.edition.work in works]
    evidence = [_searched(library)]
    if of_works and not same & set(of_works):
        edition = library.editions[of_works[0]].edition
        evidence.insert(
            0, Evidence("edition-language-not-loaded", f"{edition.work} is loaded in {edition.language} only")
        )
    return Decision("not-found", evidence=tuple(evidence), work=works[0])


def _also_in(quoted: Quoted, best: Match, library: LoadedLibrary, lexicon: CheckLexicon) -> list[Match]:
    """Other passages of the same edition that hold the same words, in order."""
    loaded = library.editions[best.stretch.edition]
    mine = set(best.comparison.passages)
    found: list[Match] = []
    for place in whole_places(loaded, skeleton_of(quoted.text)):
        if place in mine:
            continue
        match = judge(quoted, Stretch(best.stretch.edition, place, place), library, lexicon)
        if match is not None and match.verdict in HOLDS and match.comparison.likeness == best.comparison.likeness:
            found.append(match)
    return found


def _ambiguous(best: Match, others: list[Match], library: LoadedLibrary) -> Decision:
    """All places of the words; none is preferred, so `reference` names them all when they are few."""
    everyone = sorted([best, *others], key=lambda match: match.stretch.first)
    names = [_reference(match, library) for match in everyone]
    shown = "; ".join(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        shown += f" and {len(names) - MOST_NAMED} more"
    settled = _settled(best, library, verdict="ambiguous", extra=Evidence("stands-in", f"{len(names)} places: {shown}"))
    return replace(settled, reference=shown)


def _composite(quoted: Quoted, library: LoadedLibrary, lexicon: CheckLexicon) -> Decision | None:
    """A quotation whose parts, set apart by ellipses, each stand unchanged in a different place; else
    `None`.
    """
    cuts = [0, *(number for number, word in enumerate(quoted.words) if word.gap), len(quoted.words)]
    if len(cuts) < 3:
        return None
    parts: list[Match] = []
    for low, high in pairwise(cuts):
        words = quoted.words[low:high]
        part = replace(quoted, words=(replace(words[0], gap=False), *words[1:]), lead=False, trail=False)
        matches = _matches(part, sought_stretches(library, part.text), library, lexicon)
        if not matches or matches[0].verdict not in HOLDS or not _strong(matches[0], LEAST_SHORT):
            return None
        parts.append(matches[0])
    names = [_reference(match, library) for match in parts]
    if len(set(names)) < 2:
        return None
    settled = _settled(parts[0], library, verdict="composite", extra=Evidence("joined-from", "; ".join(names)))
    passage = " … ".join(_passage(match.stretch, library) for match in parts)
    return replace(settled, reference="; ".join(names), match=None, passage=passage)


def _settled(
    match: Match,
    library: LoadedLibrary,
    *,
    cited: Finding | None = None,
    verdict: str = "",
    extra: Evidence | None = None,
) -> Decision:
    edition = library.editions[match.stretch.edition].edition
    evidence = match.evidence + ((extra,) if extra else ())
    if verdict and verdict != match.verdict:
        evidence += (Evidence("wording", match.verdict),)
    places = match.comparison.passages
    passage = _passage(Stretch(match.stretch.edition, places[0], places[-1]), library)
    return Decision(
        verdict or match.verdict,
        _reference(match, library),
        match,
        cited,
        evidence,
        passage,
        edition.id,
        edition.work,
    )


def _reference(match: Match, library: LoadedLibrary) -> str:
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


def _passage(stretch: Stretch, library: LoadedLibrary) -> str:
    return " ".join(library.editions[stretch.edition].texts[stretch.first : stretch.last + 1])


def _searched(library: LoadedLibrary) -> Evidence:
    names = "; ".join(library.names) or "none"
    return Evidence("libraries-searched", f"editions loaded: {names}; not found there does not mean false")
