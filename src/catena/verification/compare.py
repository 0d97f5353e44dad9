"""A quotation against a stretch of an edition, word by word.

Vocabulary: a quoted *word* knows its place in the document, whether brackets hold it (a gloss) and whether an
ellipsis stands before it; a reference word knows its passage. A *step* is one operation of the alignment with
what joins or parts the words. Words are equal when `same_word` says so; the aligner sees one token for each
such class.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from catena.text.align import align_words
from catena.verification.breaks import REVERSED, RULE, are_alike, backwards, rebreak, turned
from catena.verification.lamalef import SWAPPED, may_be_swapped, restore, writes_none
from catena.verification.prepared import Prepared
from catena.verification.spelling import forms_of, letters_of, same_word
from catena.verification.tokens import Matcher
from catena.verification.vowels import doubled, has_vowels, vowels_conflict
from catena.verification.words import QuotedWord as QuotedWord
from catena.verification.words import ReferenceWord as ReferenceWord

NEAR = 0.5  # letters in common from which a changed word still speaks for the passage
DAMAGED_CLOSE = 0.7  # share of letters kept from which misprinted words are the passage's
DAMAGED_LETTERS = 18  # letters below which such likeness may be chance
SLIPPED_LEAST, SLIPPED_SHARE = 3, 0.3  # words with contradicting vowels, and their share, from which marks slipped
STRANGE = 0.34  # share of letters in equal words below which the line may stand back to front


Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One operation on half-open ranges of words; `rules` join words that are spelt differently."""

    op: str
    quoted: tuple[int, int]
    reference: tuple[int, int]
    rules: tuple[str, ...] = ()
    vowels: bool = False


@dataclass(frozen=True)
class Comparison:
    """The steps of one alignment, with the words they count. Nothing outside the quotation's stretch is in
    it. `slipped` says that the quotation's vowel marks stand on wrong letters, and were not judged.
    """

    quoted: tuple[QuotedWord, ...]
    reference: tuple[ReferenceWord, ...]
    steps: tuple[Step, ...]
    slipped: bool = False

    @property
    def equal(self) -> int:
        """Quoted words that stand in the reference, in another spelling or not."""
        return sum(step.quoted[1] - step.quoted[0] for step in self.steps if step.op == "equal")

    @property
    def equal_words(self) -> int:
        """Words of the reference that the quotation holds: where word breaks are lost, these count."""
        return sum(step.reference[1] - step.reference[0] for step in self.steps if step.op == "equal")

    @cached_property
    def letters(self) -> int:
        """Letters of the quotation, glosses aside."""
        return sum(len(letters_of(word.text)) for word in self.quoted if not word.gloss)

    @cached_property
    def likeness(self) -> float:
        """The share, 0 to 1, of the quotation's letters (glosses aside) that lie in equal words."""
        whole = self.letters
        return self.equal_letters / whole if whole else 0.0

    @cached_property
    def equal_letters(self) -> int:
        """Letters of the quotation in equal words."""
        return sum(
            len(letters_of(word.text))
            for step in self.steps
            if step.op == "equal"
            for word in self.quoted[slice(*step.quoted)]
            if not word.gloss
        )

    @cached_property
    def closeness(self) -> float:
        """Like `likeness`, with the letters that changed words share with the reference's: damage leaves it high."""
        return self._kept / self.letters if self.letters else 0.0

    @cached_property
    def fit(self) -> float:
        """Like `closeness`, as a share of the longer side: words of the passage that are left out lower it."""
        there = sum(len(letters_of(word.text)) for word in self.reference[slice(*self.extent)] if not word.gloss)
        return self._kept / max(1, self.letters, there)

    @property
    def _kept(self) -> float:
        """Letters of the quotation that equal words hold, and changed ones share."""
        near = 0.0
        for step in self.steps:
            if step.op != "equal" and step.reference[0] < step.reference[1]:
                mine = "".join(letters_of(word.text) for word in self.quoted[slice(*step.quoted)] if not word.gloss)
                other = "".join(letters_of(word.text) for word in self.reference[slice(*step.reference)])
                near += len(mine) * Levenshtein.normalized_similarity(mine, other, score_cutoff=NEAR)
        return self.equal_letters + near

    @property
    def vowels_unseen(self) -> bool:
        """True when the quotation writes vowels and the words it equals write none: nothing is known of them."""
        steps = [step for step in self.steps if step.op == "equal"]
        ours = any(has_vowels(word.text) for step in steps for word in self.quoted[slice(*step.quoted)])
        return ours and not any(
            has_vowels(word.text) for step in steps for word in self.reference[slice(*step.reference)]
        )

    @cached_property
    def differences(self) -> tuple[Step, ...]:
        """Steps that change the wording: not glosses, not verse numbers, not omissions that an ellipsis owns
        up to.
        """
        return tuple(step for step in self.steps if step.op != "equal" and not self._excused(step))

    @property
    def gaps(self) -> tuple[Step, ...]:
        """Omissions where the quotation shows an ellipsis."""
        return tuple(step for step in self.steps if step.op == "omit" and self._shown(step))

    @property
    def rules(self) -> tuple[str, ...]:
        """The spelling rules that join words, each once, sorted."""
        return tuple(sorted({rule for step in self.steps for rule in step.rules}))

    @property
    def vowels_differ(self) -> bool:
        return any(step.vowels for step in self.steps)

    @property
    def passages(self) -> tuple[int, ...]:
        """The passages of the equal words, in order, each once."""
        found = {
            word.passage for step in self.steps if step.op == "equal" for word in self.reference[slice(*step.reference)]
        }
        return tuple(sorted(found))

    @property
    def extent(self) -> tuple[int, int]:
        """The half-open range of reference words that the quotation covers."""
        return (self.steps[0].reference[0], self.steps[-1].reference[1]) if self.steps else (0, 0)

    def _shown(self, step: Step) -> bool:
        at = step.quoted[0]
        return at < len(self.quoted) and self.quoted[at].gap

    def _excused(self, step: Step) -> bool:
        if step.op == "omit":
            held = self.reference[slice(*step.reference)]
            return self._shown(step) or all(word.gloss for word in held)
        if step.op == "insert":
            added = self.quoted[slice(*step.quoted)]
            return all(word.gloss or word.text.isdigit() for word in added)
        return False


def compare(quoted: Sequence[QuotedWord], reference: Prepared, *, judge_vowels: bool = True) -> Comparison:
    """Align the quotation with the stretch of `reference` where it fits best; the rest of the stretch is left
    out.

    `judge_vowels` is off when the quotation's marks are displaced. No common word gives steps without
    `equal`. Where words differ, the same letters are tried in other words, in the other direction, and with each
    lam-alef turned round; what brings more letters into equal words is kept, with the rule that says so.
    """
    judge_vowels = judge_vowels and not any(doubled(word.text) for word in quoted)
    matcher = Matcher(reference)
    if _shares_none(quoted, matcher):
        return Comparison(tuple(quoted), reference.words, (Step("insert", (0, len(quoted)), (0, 0)),))
    best = _settled(_compare(quoted, matcher, judge_vowels))
    if best.differences and any(word.gloss for word in quoted):
        quoted = _own_brackets(best)
        best = replace(best, quoted=tuple(quoted))
        best = min(best, _settled(_around_glosses(quoted, matcher, judge_vowels)), key=lambda one: len(one.differences))
    if best.equal and not best.differences:
        return best
    best = _broken(best, quoted, matcher, judge_vowels)
    if best.likeness < STRANGE and turned(quoted):
        best = _turned(best, quoted, matcher)
    if best.differences and writes_none(quoted, best.reference[slice(*best.extent)]):
        forms = {form for text in {word.text for word in reference.words} for form in forms_of(text)}
        other = restore(best.quoted, forms)
        found = _ruled(_compare(other, matcher, judge_vowels), SWAPPED, besides=best.quoted)
        best = max(best, found, key=lambda one: one.equal_letters)
    return best


def _shares_none(quoted: Sequence[QuotedWord], matcher: Matcher) -> bool:
    """True when no way of comparing can find a word in common: as they stand, in other words, or back to front."""
    texts = [word.text for word in quoted]
    if _may_share(texts, matcher) or any(word.gloss for word in quoted) or may_be_swapped(quoted):
        return False
    return not (turned(quoted) and _may_share(_backwards(texts), matcher))


def _may_share(texts: Sequence[str], matcher: Matcher) -> bool:
    return matcher.may_share(texts) or are_alike(texts, matcher.reference.written)


def _backwards(texts: Sequence[str]) -> tuple[str, ...]:
    return _turned_round(tuple(texts))


@lru_cache(maxsize=16)  # one quotation is compared with many stretches
def _turned_round(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([text[::-1] for text in reversed(texts)])


def _turned(best: Comparison, quoted: Sequence[QuotedWord], matcher: Matcher) -> Comparison:
    """The comparison, or that of the words in visual order when it holds more letters. Few do, so that what they could
    hold is asked first.
    """
    texts = [None if word.gloss else word.text[::-1] for word in reversed(quoted)]
    most = matcher.most_letters(_backwards([word.text for word in quoted]))
    if most <= best.equal_letters and not are_alike(texts, matcher.reference.written):
        return best
    other = backwards(quoted)
    found = _broken(_compare(other, matcher, False), other, matcher, False)
    return max(best, _ruled(found, REVERSED), key=lambda one: one.equal_letters)


def _broken(first: Comparison, quoted: Sequence[QuotedWord], matcher: Matcher, judge: bool) -> Comparison:
    """The comparison, or the one with the word breaks of the reference when that holds more letters."""
    if first.equal and not first.differences:
        return first
    other = rebreak(quoted, matcher.reference.written)
    if other is None:
        return first
    found = _ruled(_settled(_compare(other, matcher, judge)), RULE, besides=quoted)
    return max(first, found, key=lambda one: one.equal_letters)


def _settled(found: Comparison) -> Comparison:
    """The comparison without its vowel conflicts when so many words have one that the marks must have slipped."""
    conflicts = sum(step.vowels for step in found.steps)
    if conflicts < SLIPPED_LEAST or conflicts < SLIPPED_SHARE * found.equal:
        return found
    return replace(found, steps=tuple(replace(step, vowels=False) for step in found.steps), slipped=True)


def _ruled(found: Comparison, rule: str, besides: Collection[QuotedWord] = ()) -> Comparison:
    """The comparison with `rule` on every equal word that is not one of `besides`."""
    steps = tuple(
        replace(step, rules=tuple(dict.fromkeys((*step.rules, rule))))
        if step.op == "equal" and not all(word in besides for word in found.quoted[slice(*step.quoted)])
        else step
        for step in found.steps
    )
    return replace(found, steps=steps)


def _compare(quoted: Sequence[QuotedWord], matcher: Matcher, judge_vowels: bool) -> Comparison:
    reference, theirs = matcher.reference.words, matcher.reference.tokens
    ours, widths = matcher.tokens([word.text for word in quoted])
    starts = [0]
    for width in widths:
        starts.append(starts[-1] + width)
    found: list[Step] = []
    for op, (low, high), there in _aligned(ours, theirs):
        if op == "equal":
            for at in range(low, high):
                place = there[0] + at - low
                found.append(_equal(quoted, reference, (starts[at], starts[at + 1]), (place, place + 1), judge_vowels))
            continue
        found.append(_unequal(op, quoted, reference, (starts[low], starts[high]), there, judge_vowels))
    while found and found[0].op == "omit":
        del found[0]
    while found and found[-1].op == "omit":
        del found[-1]
    return Comparison(tuple(quoted), reference, tuple(found))


def _own_brackets(found: Comparison) -> Sequence[QuotedWord]:
    """The quoted words, those no longer glosses whose brackets are the passage's: half of their words stand there."""
    told = {at for step in found.steps if step.op == "equal" for at in range(*step.quoted)}
    words = list(found.quoted)
    for gloss, run in groupby(range(len(words)), key=lambda at: words[at].gloss):
        held = list(run)
        if gloss and 2 * len(told.intersection(held)) >= len(held):
            for at in held:
                words[at] = replace(words[at], gloss=False)
    return words


def _around_glosses(quoted: Sequence[QuotedWord], matcher: Matcher, judge_vowels: bool) -> Comparison:
    """The comparison without the words in brackets, which stand in it as inserted: a verse number or the mark of a note
    is then not taken for the next word.
    """
    kept = [number for number, word in enumerate(quoted) if not word.gloss]
    bare = _compare([quoted[number] for number in kept], matcher, judge_vowels)
    steps: list[Step] = []
    at = 0
    for step in bare.steps:
        low, high = (kept[step.quoted[0]], kept[step.quoted[1] - 1] + 1) if step.op != "omit" else (at, at)
        if at < low:
            steps.append(Step("insert", (at, low), (step.reference[0], step.reference[0])))
        steps.append(replace(step, quoted=(low, high)))
        at = high
    if at < len(quoted):
        steps.append(Step("insert", (at, len(quoted)), (bare.extent[1], bare.extent[1])))
    return Comparison(tuple(quoted), bare.reference, tuple(steps))


def _aligned(ours: list[str], theirs: tuple[str, ...]) -> list[tuple[str, Range, Range]]:
    """The steps of the alignment; a quotation that stands whole in the reference needs none of its work."""
    many = len(ours)
    whole = tuple(ours)
    if ours and ours[-1] in theirs:
        at = _next(theirs, whole[0], 0)
        while at >= 0:
            if theirs[at : at + many] == whole:
                return [("equal", (0, many), (at, at + many))]
            at = _next(theirs, whole[0], at + 1)
    return [(step.op, step.quoted, step.reference) for step in align_words(ours, theirs, within=True)]


def _next(words: tuple[str, ...], word: str, start: int) -> int:
    """The first place of `word` from `start` on, or -1."""
    try:
        return words.index(word, start)
    except ValueError:
        return -1


def is_damaged(comparison: Comparison, least: int) -> bool:
    """True when the letters of `least` words or more are the passage's, though few words are: misprints, one or two a
    word. A paraphrase replaces whole words, whose letters then agree by chance only.
    """
    first, last = comparison.extent
    return last - first >= least and comparison.letters >= DAMAGED_LETTERS and comparison.closeness >= DAMAGED_CLOSE


def _equal(
    quoted: Sequence[QuotedWord], reference: Sequence[ReferenceWord], ours: Range, theirs: Range, judge: bool
) -> Step:
    mine = "".join(word.text for word in quoted[slice(*ours)])
    other = reference[theirs[0]].text
    rules = same_word(mine, other) or ()
    if ours[1] - ours[0] > 1:
        rules = (*rules, "word-break")
    vowels = judge and vowels_conflict(mine, other, last=ours[1] == len(quoted))
    return Step("equal", ours, theirs, rules, vowels)


def _unequal(
    op: str,
    quoted: Sequence[QuotedWord],
    reference: Sequence[ReferenceWord],
    ours: Range,
    theirs: Range,
    judge: bool,
) -> Step:
    """A step that the aligner calls unequal, unless the words are one in another spelling or word break."""
    if op in ("substitute", "merge", "split"):
        mine = "".join(word.text for word in quoted[slice(*ours)])
        other = "".join(word.text for word in reference[slice(*theirs)])
        rules = same_word(mine, other)
        if rules is not None:
            broken = () if op == "substitute" else ("word-break",)
            vowels = judge and vowels_conflict(mine, other, last=ours[1] == len(quoted))
            return Step("equal", ours, theirs, (*rules, *broken), vowels)
        op = "substitute"
    return Step(op, ours, theirs)
