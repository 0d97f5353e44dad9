"""Which printed names are one voice: the same name in another spelling, or the last word of the one longer name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from catena.attribution.lexicon import fold_word


def voice_key(name: str) -> str:
    """`name` without case, marks, letter forms and runs of white space: equal for spellings of one voice.

    >>> voice_key("LENA  Dahl") == voice_key("Lena Dahl")
    True
    """
    return " ".join(fold_word(word) for word in name.split())


def longer_names(names: Iterable[str]) -> Mapping[str, str]:
    """Key of a last name -> the one longer name among `names` (of one document) that ends with it.

    >>> dict(longer_names(["Lena Dahl", "Dahl", "the council of elders"]))
    {'dahl': 'Lena Dahl', 'elders': 'the council of elders'}
    """
    ends: dict[str, dict[str, str]] = defaultdict(dict)
    for name in names:
        if len(name.split()) > 1:
            ends[voice_key(name).split()[-1]].setdefault(voice_key(name), name)
    return {last: next(iter(many.values())) for last, many in ends.items() if len(many) == 1}
