"""The cases of the four piles on every engine: what the plain one finds, to the last word of the evidence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from tests.engines.test_engines import open_engine

from catena.engines import ENGINES
from catena.lexicons.folding import load_fold_table
from catena.model import Document, Finding
from catena.transmission import Memory, find_shared, update_shared

CASES = Path(__file__).parent.parent / "cases" / "transmission"
PILES = ("in-the-wild", "synthetic", "must-not-fire", "known-failures")
TABLE = load_fold_table()


def documents_of(pile: str) -> tuple[list[Document], list[str]]:
    """Every document of a pile, each case's beside the others': a text that stands in two cases once."""
    cases = yaml.safe_load((CASES / f"{pile}.yaml").read_text(encoding="utf-8"))
    texts = dict.fromkeys(re.sub("[⟦⟧]", "", text) for case in cases for text in case["documents"])
    return [Document.of(text) for text in texts], [f"{pile} {number}" for number in range(len(texts))]


def said(found: dict[str, tuple[Finding, ...]]) -> dict[str, list[tuple[Finding, str]]]:
    return {key: [(one, repr(one.evidence) + repr(one.diff)) for one in many] for key, many in found.items()}


@pytest.mark.parametrize("name", sorted(ENGINES))
@pytest.mark.parametrize("pile", PILES)
def test_a_pile_gives_the_same_on_every_engine(name: str, pile: str) -> None:
    engine = open_engine(name)
    documents, names = documents_of(pile)
    plain = dict(find_shared(documents, names, TABLE))
    on_engine = dict(update_shared(documents, names, TABLE, Memory.empty(), join=engine.join).findings)
    assert said(on_engine) == said(plain)
    if pile in ("in-the-wild", "synthetic"):
        assert len(plain) > len(documents) / 2  # the pile holds passages that are found
