"""What shared passages promise for every collection."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catena.lexicons.folding import load_fold_table
from catena.model import Document, Finding, check_finding
from catena.text import fold_letters
from catena.transmission import Memory, find_shared, update_shared

TABLE = load_fold_table()
SENTENCES = [
    "The harbour of Varn is closed to every ship that carries salt from the northern marshes.",
    "لن نعود إلى المحادثات في فارن حتى يوقع الطرفان اتفاق البحيرة وينشر نصه كاملا",
    "Nobody in the old town hall had seen the letter before the bell rang for the second time.",
    "Совет постановил открыть все четыре шлюза для судов с зерном и солью до конца года.",
    "A wooden bridge, 40 paces long, leads from the mill to the island where the herons nest!",
    "Ἐν ἀρχῇ ἦν ὁ λόγος, καὶ ὁ λόγος ἦν πρὸς τὸν θεόν, καὶ θεὸς ἦν ὁ λόγος.",
]
NOISE = ["", " ", "\n\n", "…", "\u0640", "\u200f", "😀 ", "Yes. ", "و", "(12) "]
texts = st.lists(st.sampled_from(SENTENCES) | st.sampled_from(NOISE), max_size=6).map("".join)
unlike = st.lists(texts, max_size=6, unique_by=lambda text: fold_letters(text, TABLE).text)
collections = st.lists(texts, max_size=6, unique=True)


def _shared(given_texts: list[str]) -> dict[str, tuple[Finding, ...]]:
    documents = [Document.of(text) for text in given_texts]
    return dict(find_shared(documents, [document.id for document in documents], TABLE))


@given(collections)
def test_what_stands_in_one_document_is_said_of_the_other_too(given_texts: list[str]) -> None:
    found = _shared(given_texts)
    pairs = sorted(
        (
            one.document,
            str(one.value("other")),
            one.place.start,
            one.place.end,
            one.value("other_start"),
            one.value("other_end"),
        )
        for many in found.values()
        for one in many
    )
    assert pairs == sorted((b, a, e, f, c, d) for a, b, c, d, e, f in pairs)


@given(unlike, st.randoms(use_true_random=False))
def test_the_order_of_documents_of_unlike_letters_does_not_matter(given_texts: list[str], rng: object) -> None:
    mixed = list(given_texts)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    assert {key: set(many) for key, many in _shared(given_texts).items()} == {
        key: set(many) for key, many in _shared(mixed).items()
    }


@given(collections)
def test_spans_hold_the_same_letters_on_both_sides(given_texts: list[str]) -> None:
    by_id = {Document.of(text).id: Document.of(text) for text in given_texts}
    for many in _shared(given_texts).values():
        for one in many:
            check_finding(one, by_id[one.document])
            other = by_id[str(one.value("other"))].text[
                int(str(one.value("other_start"))) : int(str(one.value("other_end")))
            ]
            if one.value("kind") == "identical":
                assert fold_letters(one.text("content"), TABLE).text == fold_letters(other, TABLE).text


@given(collections)
def test_a_diff_spells_both_sides(given_texts: list[str]) -> None:
    for many in _shared(given_texts).values():
        for one in many:
            if one.diff and len(one.spans("content")) == 1:
                quoted = "".join(step.quoted for step in one.diff)
                assert fold_letters(quoted, TABLE).text == fold_letters(one.text("content"), TABLE).text


@given(collections, st.data())
def test_documents_added_one_part_after_another_give_what_a_full_run_gives(
    given_texts: list[str], data: st.DataObject
) -> None:
    documents = [Document.of(text) for text in given_texts]
    memory, said = Memory.empty(), {}
    for high in sorted({data.draw(st.integers(0, len(documents))), len(documents)}):
        part = documents[:high]
        memory = Memory.from_arrays(memory.to_arrays())
        shared = update_shared(part, [document.id for document in part], TABLE, memory)
        memory, said = shared.memory, said | dict(shared.findings)
    assert {key: set(many) for key, many in said.items() if many} == {
        key: set(many) for key, many in _shared(given_texts).items()
    }


@given(collections)
def test_nothing_is_said_anew_when_nothing_is_new(given_texts: list[str]) -> None:
    documents = [Document.of(text) for text in given_texts]
    names = [document.id for document in documents]
    memory = update_shared(documents, names, TABLE, Memory.empty()).memory
    assert update_shared(documents, names, TABLE, memory).findings == {}
