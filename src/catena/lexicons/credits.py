"""Load how texts say from whom they have a passage: `data/transmission/credits.yaml` into `CreditWords`."""

from __future__ import annotations

from functools import cache

from catena.lexicons.folding import load_fold_table
from catena.lexicons.yaml_words import read_yaml
from catena.text import fold
from catena.transmission.credits import CreditWords


@cache
def load_credits() -> CreditWords:
    """The phrases, folded as the texts are. Raises `KeyError` for a list that is missing."""
    raw, table = read_yaml("transmission/credits.yaml"), load_fold_table()

    def folded(words: list[str]) -> tuple[str, ...]:
        return tuple(fold(str(word), table).text for word in words)

    return CreditWords(
        before=folded([one["say"] for one in raw["before"] if not one.get("mark")]),
        marked=folded([one["say"] for one in raw["before"] if one.get("mark")]),
        articles=folded(raw["articles"]),
        after=folded(raw["after"]),
        forwarded=folded(raw["forwarded"]),
        sender=folded(raw["from"]),
    )
