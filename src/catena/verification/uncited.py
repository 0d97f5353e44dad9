"""The verdict when no place is named: a strong match, several equal ones, or an announced work without a match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catena.model import Evidence
from catena.verification.candidates import Stretch, comparable, whole_places
from catena.verification.cited import LEAST_SHORT, LEAST_TOLD, strong
from catena.verification.decision import Decision, reference_of, searched, settled
from catena.verification.judge import VARIANT, Match, judge
from catena.verification.ladder import HOLDS
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import LoadedLibrary
from catena.verification.meant import SMALL, find_meant, kept_by_letters, letters_of_work, shared_words
from catena.verification.parts import find_composite, without_loose_ends
from catena.verification.quoted import Quoted
from catena.verification.skeleton import skeleton_of
from catena.verification.spelling import is_arabic

# Equal words from which an unannounced quotation is worth a verdict. Six running English words meet by chance
# about three times in a million words of treaties; four Arabic ones, fused with their particles, hardly more
# often.
LEAST_WORDS, LEAST_ARABIC = 6, 4
LEAST_CHANGED = 8  # the same for other scripts than Arabic when a word differs: "some of them are friends of mine"
SURE = 0.9  # likeness from which an altered quotation is not taken apart
MOST_NAMED = 12  # alternatives named one by one; more are counted


def decide_uncited(
    quoted: Quoted,
    matches: Sequence[Match],
    library: LoadedLibrary,
    lexicon: CheckLexicon,
    announced: Sequence[str],
) -> Decision | None:
    """The decision without a citation, or `None` when nothing says that a work of the library is quoted."""
    told = bool(announced) or quoted.use == "verse"
    by_words = [match for match in matches if _worth(match, quoted, told, library)]
    kept = by_words or [match for match in matches if told and kept_by_letters(match, library, lexicon)]
    if not kept:
        composite = find_composite(quoted, None, library, lexicon)
        meant = find_meant(quoted, matches, library, lexicon, announced) if told and composite is None else None
        if meant is not None:
            return settled(meant, library, extra=(shared_words(meant),))
        return composite or _unmatched(quoted, announced, library, lexicon)
    best = _fittest(kept, library)
    if best.verdict not in HOLDS and not told and (part := without_loose_ends(quoted, best)) is not None:
        inner = judge(part, best.stretch, library, lexicon)
        if inner is not None and inner.verdict in HOLDS and _worth(inner, part, told, library):
            note = Evidence("part-of-quotation", "the words before or after belong to the speaker")
            return settled(inner, library, extra=(note,))
    if best.verdict in HOLDS:
        others = _also_in(quoted, best, matches, library, lexicon)
        return _ambiguous(best, others, library) if others else settled(best, library)
    if best.comparison.likeness < SURE:
        whole = best if by_words else None  # misprints set no parts apart
        if (composite := find_composite(quoted, whole, library, lexicon)) is not None:
            return composite
    return settled(best, library)


def _fittest(kept: Sequence[Match], library: LoadedLibrary) -> Match:
    """The first match, or when its words are changed the one of its work that leaves least out on both sides."""
    if kept[0].verdict != "altered":
        return kept[0]
    work = library.editions[kept[0].stretch.edition].edition.work
    rivals = (match for match in kept if library.editions[match.stretch.edition].edition.work == work)
    return max(rivals, key=lambda match: match.comparison.fit)


def _worth(match: Match, quoted: Quoted, told: bool, library: LoadedLibrary) -> bool:
    """True when the match says more than chance would: by its words, or because the text announces the work."""
    alone = LEAST_ARABIC if is_arabic(quoted.text) else LEAST_WORDS
    if match.verdict in HOLDS:
        return strong(match, LEAST_TOLD if told else alone) or (told and _whole(match, library))
    if told:  # in a large work chance finds likenesses too, so that rare words must tell (`find_meant`)
        small = letters_of_work(match.stretch.edition, library) <= SMALL
        return strong(match, LEAST_SHORT) and (small or match.comparison.likeness >= VARIANT)
    return strong(match, alone if alone == LEAST_ARABIC else LEAST_CHANGED)


def _whole(match: Match, library: LoadedLibrary) -> bool:
    """True when the quotation is a whole passage: a verse may be one word."""
    texts = library.editions[match.stretch.edition].texts
    places = match.comparison.passages
    return len(places) == 1 and skeleton_of(texts[places[0]]) == skeleton_of(
        " ".join(word.text for word in match.comparison.quoted if not word.gloss)
    )


def _unmatched(
    quoted: Quoted, announced: Sequence[str], library: LoadedLibrary, lexicon: CheckLexicon
) -> Decision | None:
    """Announced words that stand nowhere; `None` when no loaded work is announced."""
    loaded = [one.edition for one in library.editions]
    works = [work for work in announced if any(lexicon.is_of(edition, work) for edition in loaded)]
    if not (quoted.use == "verse" or works) or len(quoted.words) < LEAST_SHORT:
        return None
    work = works[0] if works else "quran"
    same = set(comparable(library, quoted.text))
    of_work = [number for number, edition in enumerate(loaded) if lexicon.is_of(edition, work)]
    evidence = [searched(library)]
    if of_work and not same & set(of_work):
        edition = loaded[of_work[0]]
        note = f"{edition.work} is loaded in {edition.language} only"
        evidence.insert(0, Evidence("edition-language-not-loaded", note))
    return Decision("not-found", evidence=tuple(evidence), work=work)


def _also_in(
    quoted: Quoted, best: Match, matches: Sequence[Match], library: LoadedLibrary, lexicon: CheckLexicon
) -> list[Match]:
    """Other places that hold the same words: in the same edition, or in another work that is no scripture.

    A saying stands in several collections, and a verse in sayings about it, as a matter of course.
    """
    number = best.stretch.edition
    mine = set(best.comparison.passages)
    found: list[Match] = []
    for place in whole_places(library.editions[number], skeleton_of(quoted.text)):
        if place not in mine:
            match = judge(quoted, Stretch(number, place, place), library, lexicon)
            if match is not None and match.verdict in HOLDS and match.comparison.likeness == best.comparison.likeness:
                found.append(match)
    if _plain(number, library, lexicon):
        works = {library.editions[number].edition.work}
        for match in matches:
            work = library.editions[match.stretch.edition].edition.work
            if work not in works and match.verdict in HOLDS and _plain(match.stretch.edition, library, lexicon):
                works.add(work)
                found.append(match)
    return found


def _plain(number: int, library: LoadedLibrary, lexicon: CheckLexicon) -> bool:
    edition = library.editions[number].edition
    return edition.kind != "numbered-verses" and not lexicon.collection(edition)[0]


def _ambiguous(best: Match, others: list[Match], library: LoadedLibrary) -> Decision:
    """All places of the words; none is preferred, so `reference` names them all when they are few."""
    everyone = sorted([best, *others], key=lambda match: (match.stretch.edition, match.stretch.first))
    names = list(dict.fromkeys(reference_of(match, library) for match in everyone))
    shown = "; ".join(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        shown += f" and {len(names) - MOST_NAMED} more"
    extra = (Evidence("stands-in", f"{len(names)} places: {shown}"),)
    return replace(settled(best, library, verdict="ambiguous", extra=extra), reference=shown)
