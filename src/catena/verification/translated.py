"""Words in a translation that is not loaded: which passages they may be, and when that is worth saying.

A translation that is not loaded has other words than those that are, and is no misquotation of them. The passages are
ranked by the words that all editions share with it (`pooled`), and the best of them once more by their letters in
order, for translators change words more often than the order of a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from catena.model import Evidence, Finding
from catena.verification.candidates import comparable
from catena.verification.compare import Comparison
from catena.verification.decision import Decision, searched
from catena.verification.editions import names_edition
from catena.verification.judge import VARIANT
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import LoadedLibrary
from catena.verification.meant import SMALL, letters_of_work
from catena.verification.pooled import GLOSSES, Ranked
from catena.verification.quoted import Quoted
from catena.verification.skeleton import skeleton_of
from catena.verification.spelling import is_arabic

LOOKED_AT = 12  # passages of a work that are ranked once more
IN_ORDER = 2.0  # what letters in the same order count, beside shared words
# What the ranking must tell (`Ranked.telling`) of the passage that is cited or that the words match; of the best one of
# the work that the text names; of the best one when it names nothing. Of 3,000 quotations in news none reaches 0.9, of
# verses in a translation left out half reach 1.4. Which words are rare is known in works of some size only (`SMALL`).
POINTED, TOLD, ALONE = 0.25, 0.45, 1.15
FEW = 2  # changed words that are a misprint of the edition loaded, not another translation


def rank_passages(
    text: str, library: LoadedLibrary, *, works: Sequence[str] = (), limit: int = 5
) -> tuple[Ranked, ...]:
    """The passages that say the same as `text` in other words, best first, over all works or those named.

    For translations whose edition is not loaded. A rank is no verdict: it says where to look.
    """
    arabic = is_arabic(text)
    named = works or tuple(dict.fromkeys(loaded.edition.work for loaded in library.editions))
    found = [one for work in named for one in _in_work(text, work, arabic, library, max(limit, LOOKED_AT))]
    return tuple(sorted(found, key=lambda one: (-one.share, one.reference)))[:limit]


def _in_work(text: str, work: str, arabic: bool, library: LoadedLibrary, limit: int) -> list[Ranked]:
    """The passages of one work; their shares weighed by the letters in order of the edition that has most of them."""
    editions = [loaded for loaded in library.of_work(work) if loaded.arabic == arabic]
    if not editions:
        return []
    letters = skeleton_of(GLOSSES.sub(" ", text))
    found = []
    for one in library.pooled(work, arabic).rank(text, limit):
        texts = [held.texts[held.place[one.reference]] for held in editions if one.reference in held.place]
        alike = max(fuzz.ratio(letters, skeleton_of(other)) for other in texts) / 100
        found.append(replace(one, share=one.share * (1 + IN_ORDER * alike) / (1 + IN_ORDER)))
    return found


def as_translation(
    decision: Decision | None,
    text: str,
    quoted: Quoted,
    library: LoadedLibrary,
    lexicon: CheckLexicon,
    announced: Sequence[str],
) -> Decision | None:
    """`decision`, or `not-found` with the passages named that the words may translate, best first.

    Words that are far from every loaded translation, and name none of them, misquote none. How much the ranking must
    tell depends on what points to the passage: a citation or a match, the name of the work, or nothing.
    """
    if decision is not None and not _open(decision, text, quoted, library, lexicon):
        return decision
    cited = decision.cited if decision else None
    told = [str(cited.value("work") or "")] if cited else [*announced, *(["quran"] if quoted.use == "verse" else [])]
    told += [decision.work] if decision is not None and decision.match is not None else []
    works = _translated(told, quoted, library, lexicon)
    ranked = rank_passages(quoted.text, library, works=works) if works else ()
    pointed = (cited.reference if cited else decision.reference if decision else None) or ""
    here = any(_same_place(pointed, one.reference) and one.telling >= POINTED for one in ranked)
    large = any(letters_of_work(number, library) > SMALL for number in _of(ranked, library))
    if not here and not (large and ranked[0].telling >= (TOLD if told else ALONE)):
        return decision
    names = "; ".join(one.reference for one in ranked)
    note = Evidence("translation-not-loaded", f"translation, edition not loaded; the words may be of: {names}")
    if decision is not None and decision.verdict == "reference-text-differs" and not here:
        return replace(decision, evidence=(*decision.evidence, note))
    return _not_found(decision, note, cited, ranked[0], library)


def _open(decision: Decision, text: str, quoted: Quoted, library: LoadedLibrary, lexicon: CheckLexicon) -> bool:
    """True when the verdict says that the words differ from, or stand in, no loaded edition, and translations may."""
    if decision.verdict in ("not-found", "reference-text-differs"):
        return not any(reason.code == "no-such-place" for reason in decision.evidence)
    wording = next((reason.note for reason in decision.evidence if reason.code == "wording"), decision.verdict)
    if decision.match is None or wording != "altered":
        return False
    number, comparison = decision.match.stretch.edition, decision.match.comparison
    if comparison.likeness >= VARIANT or _changed(comparison) <= FEW:
        return False
    translation = lexicon.is_translation(library.editions[number].edition)
    return translation and not names_edition(text, quoted, number, library, lexicon)


def _changed(comparison: Comparison) -> int:
    """Words that differ, the longer side of each difference counted."""
    sides = ((step.quoted, step.reference) for step in comparison.differences)
    return sum(max(ours[1] - ours[0], theirs[1] - theirs[0]) for ours, theirs in sides)


def _translated(works: Sequence[str], quoted: Quoted, library: LoadedLibrary, lexicon: CheckLexicon) -> tuple[str, ...]:
    """Those of `works`, or of all when none is named, that are loaded in translation in the script of the words."""
    loaded = [library.editions[number].edition for number in comparable(library, quoted.text)]
    of = (one for one in loaded if not works or any(lexicon.is_of(one, work) for work in works))
    return tuple(dict.fromkeys(one.work for one in of if lexicon.is_translation(one)))


def _of(ranked: Sequence[Ranked], library: LoadedLibrary) -> list[int]:
    """The editions of the work that ranks first."""
    first = ranked[0].work if ranked else ""
    return [number for number, loaded in enumerate(library.editions) if loaded.edition.work == first]


def _same_place(cited: str, reference: str) -> bool:
    """True when `reference` is the cited place, or inside the range or chapter cited."""
    head, _, last = cited.partition("-")
    if reference == head or reference.startswith(f"{head}:"):
        return True
    chapter, _, first = head.rpartition(":")
    place, _, verse = reference.rpartition(":")
    numbers = first.isdigit() and last.isdigit() and verse.isdigit()
    return numbers and chapter == place and int(first) <= int(verse) <= int(last)


def _not_found(
    decision: Decision | None, note: Evidence, cited: Finding | None, best: Ranked, library: LoadedLibrary
) -> Decision:
    """The passage beside it is the cited one, else the likeliest; neither is given as the reference."""
    if decision is not None and decision.passage:
        passage, edition = decision.passage, decision.edition
    else:
        held = next(one for one in library.of_work(best.work) if best.reference in one.place)
        passage, edition = held.texts[held.place[best.reference]], held.edition.id
    claimed = decision.claimed if decision else ""
    evidence = (note, searched(library))
    return Decision("not-found", None, None, cited, evidence, passage, edition, best.work, claimed)
