"""By what name a document is known in the texts of others, and who prints it.

A document's names are its reference number and its title. A name that many documents bear ("Press release", a column's
heading) names none of them: whoever prints it may mean any, or none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from catena.model import Finding, Span

_TITLE = 25  # code points: a shorter title may stand in a text by chance
_NUMBER = 4  # code points of a reference number
_BEARERS = 8  # documents that may bear a name: the versions and translations of one publication
_WORDS = 3  # words of a name by which it is looked for
_SLACK = 20  # code points that white space may add to a name
_EDGES = "()[]{},.;:!?\"'“”‘’«»،؛؟*_#"

Name = tuple[str, str]
"""A reference number or a title: (field, value)."""

Fields = tuple[Name, ...]
"""The names of one document."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A document (`later`) prints the reference number or title (`field`, `value`) of another (`earlier`)."""

    later: str
    earlier: str
    field: str
    value: str
    place: Span


def find_mentions(
    texts: Iterable[tuple[str, str]], named: Mapping[str, Fields], fields: Mapping[str, Fields]
) -> Iterator[Mention]:
    """Which of these texts, given as (id, text), print a name of one of the documents in `named` that is not their own.

    `fields` holds the names of each text's own document. The texts are looked through once: names are found by their
    first words, so that the work grows with the texts and not with the pairs of documents.
    """
    names: dict[tuple[str, ...], dict[tuple[str, str], list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for number, (id_, field, value) in enumerate((id_, *one) for id_, many in named.items() for one in many):
        names[opening_of(value)][field, value].append((number, id_))
    patterns = {value: re.compile(_words(value)) for groups in names.values() for _, value in groups}
    firsts = {opening[0] for opening in names if opening}
    for later, text in texts:
        own = set(fields.get(later, ()))
        tokens = [(match.start(), match[0].strip(_EDGES)) for match in re.finditer(r"\S+", text)] if names else []
        for place, (start, first) in enumerate(tokens):
            if first not in firsts:
                continue
            for length in range(1, _WORDS + 1):
                key = tuple(word for _, word in tokens[place : place + length])
                found = []
                # A name is looked for once, however many documents bear it.
                for (field, value), bearers in names.get(key, {}).items() if len(key) == length else ():
                    end = start + len(value) + _SLACK
                    match = None if (field, value) in own else patterns[value].search(text, start, end)
                    if match:
                        where = Span(*match.span())
                        found += [(number, Mention(later, one, field, value, where)) for number, one in bearers]
                yield from (mention for _, mention in sorted(found, key=itemgetter(0)) if mention.earlier != later)


def find_fields(findings: Iterable[Finding]) -> Fields:
    """Reference number and title of a document, where they are long enough to name it, in order of place."""
    shown = sorted((one for one in findings if one.kind == "layout"), key=lambda one: one.place)
    pairs = ((str(one.value("field")), str(one.value("value"))) for one in shown)
    return tuple(
        (field, value)
        for field, value in pairs
        if len(value) >= {"reference-number": _NUMBER, "title": _TITLE}.get(field, len(value) + 1)
    )


def find_telling(fields: Mapping[str, Fields]) -> frozenset[Name]:
    """The names that few enough documents bear to name one of them; `fields` are those of all documents, by id."""
    bearers = Counter(name for many in fields.values() for name in dict.fromkeys(many))
    return frozenset(name for name, count in bearers.items() if count <= _BEARERS)


def keep_telling(fields: Mapping[str, Fields], telling: Collection[Name]) -> dict[str, Fields]:
    """`fields` without the names that name nobody."""
    kept = {id_: tuple(name for name in many if name in telling) for id_, many in fields.items()}
    return {id_: many for id_, many in kept.items() if many}


def opening_of(value: str) -> tuple[str, ...]:
    """The first words of a name without the marks about them: a text without these does not print it."""
    return tuple(word.strip(_EDGES) for word in value.split()[:_WORDS])


def _words(value: str) -> str:
    return r"(?<![\w/])" + r"\s+".join(map(re.escape, value.split())) + r"(?![\w/])"
