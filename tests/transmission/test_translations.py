"""Documents are paired across languages as possible translations, with the evidence, and only on evidence."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from catena.kit import load_kit
from catena.model import Document, check_finding
from catena.pipeline import analyse
from catena.transmission import READ_FROM, Profile, find_pairs, make_profile, to_translations
from catena.transmission.translation_memory import TranslationMemory
from catena.transmission.translations import Key

CASES = Path(__file__).parent.parent / "cases" / "translations"
PILES = ("in-the-wild", "synthetic", "must-not-fire", "known-failures")
KIT = load_kit()


def _parameters() -> list[Any]:
    found = []
    for pile in PILES:
        for case in yaml.safe_load((CASES / f"{pile}.yaml").read_text(encoding="utf-8")):
            marks = [pytest.mark.xfail(strict=True, reason=case["note"])] if pile == "known-failures" else []
            found.append(pytest.param(case, id=f"{pile}: {case['label']}", marks=marks))
    return found


def profile(document: Document) -> Profile:
    return make_profile(document, [one for one in analyse(document, KIT) if one.kind in READ_FROM])


@pytest.mark.parametrize("case", _parameters())
def test_what_a_reader_would_pair_is_what_is_paired(case: dict[str, Any]) -> None:
    documents = [Document.of(text, str(number)) for number, text in enumerate(case["documents"])]
    profiles = [profile(document) for document in documents]
    pairs = find_pairs(profiles)
    assert [[pair.first, pair.second] for pair in pairs] == case["pairs"]
    by_id = {document.id: document for document in documents}
    for id_, many in to_translations(pairs, profiles, dict.fromkeys(by_id, "x"), by_id).items():
        for finding in many:
            check_finding(finding, by_id[id_])
            assert finding.evidence[-1].code == "not-certain"


def test_the_evidence_is_what_both_print() -> None:
    texts = yaml.safe_load((CASES / "synthetic.yaml").read_text(encoding="utf-8"))[0]["documents"]
    documents = {one.id: one for one in (Document.of(text) for text in texts)}
    profiles = [profile(document) for document in documents.values()]
    found = to_translations(find_pairs(profiles), profiles, {key: key[:6] for key in documents}, documents)
    english, arabic = (found[key][0] for key in documents)
    assert [reason.code for reason in english.evidence] == [
        "same-codes", "same-dates", "same-names", "same-numbers", "same-order", "same-structure", "not-certain",
    ]  # fmt: skip
    assert dict(english.texts)["dates"] == ("9 May 2015", "3 March 2015", "14 June 2015")
    assert dict(arabic.texts)["dates"] == ("9 مايو 2015", "3 مارس 2015", "14 يونيو 2015")
    assert dict(english.texts)["numbers"][0] == "1,240"
    assert (english.value("language"), english.value("other_language")) == ("en", "ar")


keys = st.builds(
    lambda kind, number, at: Key(kind, str(number), at, at + 3),
    st.sampled_from(["day", "number", "name", "code"]), st.integers(100, 108), st.integers(0, 500),
)  # fmt: skip
profiles_of_any = st.lists(
    st.tuples(st.sampled_from(["en", "ar", "ru"]), st.lists(keys, max_size=8)), max_size=7
).map(
    lambda many: [Profile(f"d{n}", language, 1000, 3, tuple(sorted(some, key=lambda key: key.start)))
                  for n, (language, some) in enumerate(many)]
)  # fmt: skip


@given(profiles_of_any, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(profiles: list[Profile], rng: random.Random) -> None:
    def said(given_profiles: list[Profile]) -> set[frozenset[str]]:
        pairs = find_pairs(given_profiles)
        return {frozenset((given_profiles[one.first].document, given_profiles[one.second].document)) for one in pairs}

    mixed = list(profiles)
    rng.shuffle(mixed)
    assert said(profiles) == said(mixed)


@given(profiles_of_any)
def test_no_pair_is_within_a_language_and_none_is_twice(profiles: list[Profile]) -> None:
    pairs = find_pairs(profiles)
    ends = [(end, profiles[other].language) for one in pairs
            for end, other in ((one.first, one.second), (one.second, one.first))]  # fmt: skip
    assert len(ends) == len(set(ends))
    assert all(profiles[one.first].language != profiles[one.second].language for one in pairs)


@given(profiles_of_any)
def test_profiles_come_back_from_their_record(profiles: list[Profile]) -> None:
    memory = TranslationMemory({one.document: one for one in profiles}, {"d0": "abc"})
    assert TranslationMemory.from_record(memory.to_record()) == memory
