"""Hostile collections end, and what is said of them grows no faster than they do."""

from __future__ import annotations

import random

import pytest

from catena.lexicons.folding import load_fold_table
from catena.model import Document
from catena.transmission import Memory, find_shared, update_shared

TABLE = load_fold_table()
RNG = random.Random(1)
LEXICON = ["".join(RNG.choice("abcdefghijklmnoprstuvwz") for _ in range(RNG.randint(2, 9))) for _ in range(3000)]


def words(count: int) -> str:
    return " ".join(RNG.choice(LEXICON) for _ in range(count))


def count(texts: list[str]) -> int:
    found = find_shared(list(map(Document.of, texts)), [str(number) for number in range(len(texts))], TABLE)
    return sum(map(len, found.values()))


FORMULA = words(120)
COLLECTIONS = {
    "the same formula in every document": lambda n: [f"{words(60)} {FORMULA} {words(60)}" for _ in range(n)],
    "nearly identical documents": lambda n: [f"{FORMULA} {words(4)}" for _ in range(n)],
    "copies": lambda n: [FORMULA + " " * number for number in range(n)],
}


@pytest.mark.parametrize("label", COLLECTIONS)
def test_findings_grow_with_the_number_of_documents_and_not_with_its_square(label: str) -> None:
    small, large = count(COLLECTIONS[label](30)), count(COLLECTIONS[label](90))
    assert large <= 4.5 * small  # three times the documents; the first eight are joined each with each


@pytest.mark.parametrize("label", COLLECTIONS)
def test_every_document_that_carries_a_passage_is_found(label: str) -> None:
    texts = COLLECTIONS[label](40)
    documents = list(map(Document.of, texts))
    found = find_shared(documents, list(map(str, range(40))), TABLE)
    carriers = {one.document for many in found.values() for one in many if one.value("other")}
    assert carriers == {document.id for document in documents}


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["peace"] * 3, ["a b"], ["…", "!"], ["\u0640", "\u200f"]])
def test_next_to_nothing_gives_nothing(texts: list[str]) -> None:
    assert count(texts) == 0


def test_a_refrain_without_end_is_cut_and_said() -> None:
    song = "and nobody will ever close the harbour "
    texts = [song * 400 + words(30), words(30) + " " + song * 300]
    shared = update_shared(list(map(Document.of, texts)), ["a", "b"], TABLE, Memory.empty())
    assert shared.findings
    assert all("were not compared" in shared.notes[Document.of(text).id] for text in texts)


def test_one_word_without_end_ends() -> None:
    assert count(["a" * 200_000, "a" * 150_000 + "b"]) <= 4


def test_one_passage_in_160_of_400_documents_is_found_in_all_of_them() -> None:
    passage = words(80)
    carriers = set(RNG.sample(range(400), 160))
    texts = [f"{words(50)} {passage if number in carriers else ''} {words(50)}" for number in range(400)]
    documents = list(map(Document.of, texts))
    found = find_shared(documents, list(map(str, range(400))), TABLE)
    held = {number for number, document in enumerate(documents) if any(passage in one.text("content") for one in found.get(document.id, ()))}  # fmt: skip  # noqa: E501
    assert held == carriers
