"""A comparison as the word diff that a finding carries: both wordings side by side, each difference typed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from catena.model import Operation, cover
from catena.verification.compare import Comparison, Step
from catena.verification.lexicon import CheckLexicon


def to_operations(comparison: Comparison, text: str, lexicon: CheckLexicon) -> tuple[Operation, ...]:
    """The steps as operations in order; neighbouring equal words of one kind are one operation.

    `text` is the document's. An omission that an ellipsis shows is an `omit` like any other: the verdict
    tells.
    """
    return tuple(
        _operation(list(steps), comparison, text, lexicon)
        for _, steps in groupby(_split(comparison), key=lambda step: (step.op, _what(step, comparison, lexicon)))
    )


def _split(comparison: Comparison) -> Iterator[Step]:
    """The steps, with substitutions of several words and all others as the comparison has them."""
    yield from comparison.steps


def _what(step: Step, comparison: Comparison, lexicon: CheckLexicon) -> str:
    """The type of a difference; for equal words `vowels`, `spelling` or ""."""
    if step.op == "equal":
        return "vowels" if step.vowels else "spelling" if step.rules else ""
    held = [word.text for word in comparison.quoted[slice(*step.quoted)]]
    held += [word.text for word in comparison.reference[slice(*step.reference)]]
    kinds = [lexicon.weight(word) for word in held]
    for kind in ("negation", "number", "modal"):
        if kind in kinds:
            return kind
    inner = [word for word in held if word[:1].isupper()]
    return "name" if len(inner) == len(held) else "word"


def _operation(steps: list[Step], comparison: Comparison, text: str, lexicon: CheckLexicon) -> Operation:
    quoted = comparison.quoted[steps[0].quoted[0] : steps[-1].quoted[1]]
    reference = comparison.reference[steps[0].reference[0] : steps[-1].reference[1]]
    span = cover([word.span for word in quoted]) if quoted else None
    return Operation(
        op=steps[0].op,
        quoted=span.of(text) if span else "",
        reference=" ".join(word.text for word in reference),
        span=span,
        what=_what(steps[0], comparison, lexicon),
    )
