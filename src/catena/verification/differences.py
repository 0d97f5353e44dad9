"""A comparison as the word diff that a finding carries: both wordings side by side, each difference typed.

Types, the first that holds: `order` for words that stand elsewhere in the other wording, `negation`, `number`, `modal`
by the word lists, `name` for capitalised words that no sentence opens, `word` for all others. Scripts without capitals
have no `name`: telling names apart would need a list of all names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby

from catena.model import Operation, cover
from catena.verification.compare import Comparison, QuotedWord, ReferenceWord, Step
from catena.verification.lexicon import CheckLexicon
from catena.verification.spelling import letters_of

WEIGHTY = ("negation", "number", "modal")


def to_operations(comparison: Comparison, text: str, lexicon: CheckLexicon) -> tuple[Operation, ...]:
    """The steps as operations in order; neighbouring equal words of one kind are one operation.

    `text` is the document's. An omission that an ellipsis shows is an `omit` like any other: the verdict
    tells.
    """
    moved = _moved(comparison)
    typed = [(step, _what(step, comparison, lexicon, moved)) for step in comparison.steps]
    return tuple(
        _operation([step for step, _ in steps], comparison, text, what)
        for (_, what), steps in groupby(typed, key=lambda one: (one[0].op, one[1]))
    )


def _moved(comparison: Comparison) -> Mapping[str, int]:
    """Letters of the words that both wordings have among their differences: the same words at another place."""
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for step in comparison.steps:
        if step.op != "equal":
            ours.update(letters_of(word.text) for word in comparison.quoted[slice(*step.quoted)])
            theirs.update(letters_of(word.text) for word in comparison.reference[slice(*step.reference)])
    return ours & theirs


def _what(step: Step, comparison: Comparison, lexicon: CheckLexicon, moved: Mapping[str, int]) -> str:
    """The type of a difference; for equal words `vowels`, `spelling` or ""."""
    if step.op == "equal":
        return "vowels" if step.vowels else "spelling" if step.rules else ""
    ours = comparison.quoted[slice(*step.quoted)]
    theirs = comparison.reference[slice(*step.reference)]
    held = [word.text for word in ours] + [word.text for word in theirs]
    if all(letters_of(word) in moved for word in held):
        return "order"
    kinds = {lexicon.weight(word) for word in held}
    weighty = next((kind for kind in WEIGHTY if kind in kinds), "")
    return weighty or ("name" if _are_names(step, comparison, (*ours, *theirs)) else "word")


def _are_names(step: Step, comparison: Comparison, words: tuple[QuotedWord | ReferenceWord, ...]) -> bool:
    """True when every word is capitalised, though no sentence begins with it."""
    first = step.quoted[0] == 0 or step.reference[0] == 0 or _opens_passage(step, comparison)
    return not first and all(word.text[:1].isupper() and not word.text.isupper() for word in words)


def _opens_passage(step: Step, comparison: Comparison) -> bool:
    return any(word.start == 0 for word in comparison.reference[slice(*step.reference)])


def _operation(steps: list[Step], comparison: Comparison, text: str, what: str) -> Operation:
    quoted = comparison.quoted[steps[0].quoted[0] : steps[-1].quoted[1]]
    reference = comparison.reference[steps[0].reference[0] : steps[-1].reference[1]]
    span = cover([word.span for word in quoted]) if quoted else None
    return Operation(
        op=steps[0].op,
        quoted=span.of(text) if span else "",
        reference=" ".join(word.text for word in reference),
        span=span,
        what=what,
    )
