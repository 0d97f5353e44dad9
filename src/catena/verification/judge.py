"""One quotation against one stretch of an edition: the verdict that their words alone allow.

No citation is known here; `decide` weighs the matches of several stretches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catena.model import Evidence
from catena.verification.breaks import RULE
from catena.verification.candidates import Stretch, prepared_stretch
from catena.verification.compare import Comparison, ReferenceWord, Step, compare
from catena.verification.ladder import HOLDS, LADDER
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import LoadedLibrary
from catena.verification.quoted import Quoted
from catena.verification.spelling import letters_of
from catena.verification.torn import mend

__all__ = ["HOLDS", "Match", "judge", "judge_all"]

VARIANT = 0.85  # share of letters in equal words from which a saying is called a variant, not another saying
_CODES = {"substitute": "words-substituted", "omit": "words-omitted", "insert": "words-inserted"}
_SAID = {
    "words-substituted": "other words than the passage",
    "words-omitted": "words are left out and no ellipsis shows it",
    "words-inserted": "words are added",
}


@dataclass(frozen=True, slots=True)
class Match:
    """A comparison with its own verdict and reasons. `words` is the stretch compared."""

    stretch: Stretch
    comparison: Comparison
    verdict: str
    evidence: tuple[Evidence, ...] = ()

    @property
    def rank(self) -> tuple[float, float, int, int, int]:
        """Sorts better matches first: fewer changes by the share of letters kept, the ladder, the library's order.

        An edition without vowels cannot agree with those of the quotation: one that contradicts them knows more.
        """
        kept = self.comparison.closeness if self.verdict not in HOLDS else 1.0
        unseen = self.verdict in ("exact", "exact-spelling") and self.comparison.vowels_unseen
        return (
            -round(kept, 3),
            LADDER.index("vowels-differ") + 0.5 if unseen else LADDER.index(self.verdict),
            len(self.comparison.differences),
            self.stretch.edition,
            self.stretch.first,
        )


def judge_all(
    quoted: Quoted,
    stretches: Sequence[Stretch],
    library: LoadedLibrary,
    lexicon: CheckLexicon,
    known: Sequence[Match] = (),
) -> list[Match]:
    """Every stretch judged, best first; those of `known`, judged before for the same quotation, are taken from it."""
    held = {match.stretch: match for match in known}
    found = [held.get(stretch) or judge(quoted, stretch, library, lexicon) for stretch in stretches]
    return sorted((match for match in found if match is not None), key=lambda match: match.rank)


def judge(quoted: Quoted, stretch: Stretch, library: LoadedLibrary, lexicon: CheckLexicon) -> Match | None:
    """Compare `quoted` with `stretch`; `None` when no word is shared."""
    prepared = prepared_stretch(library, stretch)
    comparison = compare(quoted.words, prepared, judge_vowels=not quoted.displaced)
    if not comparison.equal:
        return None
    evidence: list[Evidence] = []
    mended = mend(comparison) if comparison.differences and quoted.displaced else None
    comparison = mended or comparison
    if comparison.differences:
        evidence += _changes(comparison, lexicon)
        handed_down = lexicon.collection(library.editions[stretch.edition].edition)[0] != ""
        close = comparison.likeness >= VARIANT and not any(one.code == "changed-negation" for one in evidence)
        verdict = "variant" if handed_down and close else "altered"
    else:
        verdict, evidence = _unchanged(quoted, comparison, prepared.words, lexicon)
    if comparison.rules:
        evidence.append(Evidence("spelling", ", ".join(comparison.rules)))
    if mended or RULE in comparison.rules:
        evidence.append(Evidence("word-breaks-not-judged", "words are torn in the text; letters alone are compared"))
    if quoted.displaced or comparison.slipped:
        slipped = "the text is damaged here: its vowel marks are not checkable, letters alone are judged"
        evidence.append(Evidence("marks-displaced", slipped))
    if any(word.gloss for word in comparison.quoted):
        evidence.append(Evidence("gloss", "words in brackets are the quoter's and are not compared"))
    return Match(stretch, comparison, verdict, tuple(evidence))


def _changes(comparison: Comparison, lexicon: CheckLexicon) -> Iterator[Evidence]:
    """What kinds of change there are: each once, in the order of the quotation; then weighty words, then order."""
    for op in dict.fromkeys(step.op for step in comparison.differences):
        code = _CODES.get(op, "words-substituted")
        yield Evidence(code, _SAID[code])
    ours, theirs = _changed(comparison, comparison.differences)
    weights = {word: lexicon.weight(word) for word in (*ours, *theirs)}
    weighty = set(weights.values())
    for kind in ("negation", "number", "modal"):
        if kind not in weighty:
            continue
        lost, gained = ([word for word in side if weights[word] == kind] for side in (theirs, ours))
        if Counter(map(letters_of, lost)) != Counter(map(letters_of, gained)):
            yield Evidence(f"changed-{kind}", f"passage: {' '.join(lost) or '–'}; quotation: {' '.join(gained) or '–'}")
    if ours and Counter(map(letters_of, ours)) == Counter(map(letters_of, theirs)):
        yield Evidence("words-reordered", "the same words in another order")


def _changed(comparison: Comparison, steps: Sequence[Step]) -> tuple[list[str], list[str]]:
    """The words of the quotation and of the passage in `steps`."""
    ours = [word.text for step in steps for word in comparison.quoted[slice(*step.quoted)]]
    theirs = [word.text for step in steps for word in comparison.reference[slice(*step.reference)]]
    return ours, theirs


def _unchanged(
    quoted: Quoted, comparison: Comparison, words: Sequence[ReferenceWord], lexicon: CheckLexicon
) -> tuple[str, list[Evidence]]:
    """The verdict when every word kept is the edition's: what was left out decides."""
    left_out = [word for step in comparison.gaps for word in comparison.reference[slice(*step.reference)]]
    edges = _edges(quoted, comparison, words, lexicon)
    weighty = [(word.text, kind) for word in left_out if (kind := lexicon.weight(word.text))] + edges
    evidence = [Evidence("left-out", " ".join(word.text for word in left_out))] if left_out else []
    if weighty:
        evidence += [Evidence(f"left-out-{kind}", text) for text, kind in weighty]
        return "shortened-meaning", evidence
    if left_out or quoted.lead or quoted.trail:
        return "shortened", evidence
    if comparison.vowels_differ:
        return "vowels-differ", evidence
    return ("exact-spelling" if comparison.rules else "exact"), evidence


def _edges(
    quoted: Quoted, comparison: Comparison, words: Sequence[ReferenceWord], lexicon: CheckLexicon
) -> list[tuple[str, str]]:
    """Weighty words right outside the quotation, in the same passage: `[("not", "negation")]`."""
    first, last = comparison.extent
    found: list[tuple[str, str]] = []
    if first and words[first - 1].passage == words[first].passage:
        word = words[first - 1].text
        if _in(word, lexicon.edge_before) or (quoted.lead and lexicon.weight(word) == "negation"):
            found.append((word, "negation"))
    if last < len(words) and words[last - 1].passage == words[last].passage:
        word = words[last].text
        if _in(word, lexicon.edge_after) or (quoted.trail and lexicon.weight(word)):
            found.append((word, lexicon.weight(word) or "modal"))
    return found


def _in(word: str, words: frozenset[str]) -> bool:
    return letters_of(word) in words
