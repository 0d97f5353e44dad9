"""The trained tagger that comes with the program, alone and together with the rules. All sentences are our own."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from catena.attribution import find_attributions, find_quotations
from catena.attribution.tagger import tag
from catena.attribution.tagger.features import make_features, quote_states
from catena.attribution.tagger.network import score
from catena.attribution.tagger.tokens import normalise, shape, tokenize
from catena.lexicons import tagger as files
from catena.lexicons.cues import load_cues
from catena.lexicons.marks import load_marks
from catena.lexicons.tagger import TaggerError, load_tagger, read_tagger, write_tagger
from catena.model import Document, Finding, Span, check_finding


def find(text: str, *, trained: bool = True) -> list[Finding]:
    document = Document.of(text)
    quotations = find_quotations(document, load_marks())
    found = list(find_attributions(document, quotations, load_cues(), load_tagger() if trained else None))
    for one in found:
        check_finding(one, document)
    return found


def tagged(text: str) -> list[tuple[str, str, str]]:
    return [
        (
            one.source.of(text) if one.source else "",
            one.cue.of(text) if one.cue else "",
            " … ".join(span.of(text) for span in one.content),
        )
        for one in tag(text, (), load_tagger())
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("The harbour minister said that the ferry would sail again in June.", "The harbour minister", "said"),
        ("According to the police report, the driver was asleep.", "the police report", "According to"),
        ("The bridge will open in May, Lena Dahl told the council.", "Lena Dahl", "told the council"),
        ("She warned that the water was rising faster than last year.", "She", "warned"),
    ],
)
def test_plain_reports_have_their_source_and_cue(text: str, source: str, cue: str) -> None:
    ((found_source, found_cue, _),) = tagged(text)
    assert found_source == source
    assert cue in found_cue or found_cue in cue


def test_a_text_without_voices_has_no_attribution() -> None:
    assert tagged("The ferry leaves Merrow at nine. It carries forty boats and a crane.") == []


def test_other_languages_are_left_alone() -> None:
    assert tagged("Der Minister sagte, die Brücke werde im Mai geöffnet, und die Gebühren blieben gleich.") == []
    assert tagged("Le ministre a dit que le pont ouvrirait en mai et que les droits resteraient les mêmes.") == []
    assert tagged("وقال الوزير إن الجسر سيفتح في أيار.") == []


def test_an_empty_text_is_no_error() -> None:
    assert tagged("") == []
    assert tagged("\n\n  \n") == []


def test_what_only_the_tagger_sees_names_the_model() -> None:
    text = "The pilots of Merrow oppose the new dues."
    assert find(text, trained=False) == []
    (found,) = find(text)
    assert found.made_by.name == "attribution-tagger"
    assert found.made_by.version == load_tagger().name
    assert found.value("mode") == "reported"
    assert [reason.code for reason in found.evidence][:2] == ["cue-verb", "tagger"]
    assert load_tagger().name in found.evidence[1].note
    assert found.text("source") == "The pilots of Merrow"


def test_clear_marks_keep_the_finding_of_the_rules() -> None:
    text = "“The dues will stay as they are,” Lena Dahl said."
    assert find(text) == find(text, trained=False)


def test_the_tagger_corrects_where_a_clause_ends_and_is_named() -> None:
    text = "The council said that the bridge would open in May."
    (found,) = find(text)
    assert found.made_by.name == "attribution-rules"
    assert found.text("content") == "the bridge would open in May"
    assert "tagger" in [reason.code for reason in found.evidence]


def test_arabic_is_read_by_the_rules_beside_english() -> None:
    text = "The council said that the bridge would open.\n\nوأعلن المجلس أن الجسر سيفتح."
    assert [one.text("source") for one in find(text)] == ["The council", "المجلس"]


def test_line_breaks_of_the_page_do_not_part_a_sentence() -> None:
    text = (
        "The harbour minister said on Monday that\nthe ferry would sail again in June, when the\nnew cable is in place."
    )
    (found,) = find(text)
    assert " ".join(found.text("content").split()).startswith("the ferry would sail again in June")


def test_tokens_are_cut_where_the_words_are() -> None:
    text = "“We don’t agree,” U.S. envoy Zamir K. said in 1998."
    tokens = tokenize(text)
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == list(tokens.words)
    assert tokens.words[:4] == ("“", "We", "do", "n’t")
    assert "U.S." in tokens.words


def test_a_paragraph_is_one_sequence_and_a_long_one_is_cut_at_a_sentence() -> None:
    tokens = tokenize("One two.\nThree four.\n\n" + "A boat lay there. " * 200)
    assert tokens.sequences[:2] == ((0, 3), (3, 6))
    assert all(end - begin <= 400 for begin, end in tokens.sequences)
    assert all(tokens.words[end - 1] == "." for _, end in tokens.sequences)


def test_words_are_looked_up_without_case_digits_or_kinds_of_marks() -> None:
    assert [normalise(word) for word in ("Council", "“", "''", "1998", "don’t")] == [
        "council", '"', '"', "0000", "don't",
    ]  # fmt: skip
    assert [shape(word) for word in ("McDahl", "OK", "1998", "“")] == ["XxXxx", "XX", "dd", '"']


def test_the_quote_state_tells_marks_inside_and_nested() -> None:
    text = "He said “we agree ‘in part’ now” ."
    tokens = tokenize(text)
    quoted = (Span(9, 31), Span(19, 26))
    assert list(quote_states(tokens, quoted)) == [0, 0, 1, 2, 2, 2, 4, 4, 2, 2, 3, 0]


def test_a_sequence_scores_the_same_alone_and_among_others() -> None:
    model = load_tagger()
    tokens = tokenize(
        "The council said yes.\nA long paragraph of the harbour office follows here, with many words.\nNo."
    )
    features = make_features(tokens, (), model.vocabulary)
    together = score(features, tokens.sequences, model.weights)
    for begin, end in tokens.sequences:
        alone = score(features, [(begin, end)], model.weights)
        np.testing.assert_allclose(alone[begin:end], together[begin:end], atol=1e-5)


def test_a_model_is_read_back_as_written_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    model = load_tagger()
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    write_tagger(first, model, {"note": "a copy"})
    time.sleep(2.1)  # archives keep times in steps of two seconds
    write_tagger(second, read_tagger(first), {"note": "a copy"})
    assert first.read_bytes() == second.read_bytes()
    text = "The council said that the bridge would open in May."
    assert tag(text, (), read_tagger(second)) == tag(text, (), model)


def test_a_model_of_the_users_own_takes_the_place_of_the_bundled_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.npz"
    bundled = load_tagger()
    write_tagger(own, type(bundled)("mine-1", bundled.vocabulary, bundled.weights, bundled.links), {})
    monkeypatch.setenv(files.VARIABLE, str(own))
    load_tagger.cache_clear()
    try:
        assert load_tagger().name == "mine-1"
        assert files.tagger_mark()
    finally:
        load_tagger.cache_clear()


def test_a_file_that_is_no_model_says_what_to_do(tmp_path: Path) -> None:
    for name, data in (("empty.npz", b""), ("text.npz", b"not a model"), ("zip.npz", b"PK\x05\x06" + b"\0" * 18)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(TaggerError, match="catena train"):
            read_tagger(tmp_path / name)


def test_the_model_is_small() -> None:
    path = Path(files.__file__).parent.parent / "data" / "attribution" / "tagger.en.npz"
    assert path.stat().st_size <= 15_000_000
