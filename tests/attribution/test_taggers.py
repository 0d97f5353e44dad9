"""Taggers of other programs behind one protocol. All sentences are our own; every model is made here."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

import catena.taggers as taggers
from catena.attribution import SpanTagger, Tagged, find_attributions, find_quotations
from catena.lexicons.cues import load_cues
from catena.lexicons.marks import load_marks
from catena.lexicons.tagger import VARIABLE, TaggerError, load_tagger, tagger_mark
from catena.model import Document, Finding, Span, check_finding
from catena.taggers import open_tagger
from catena.taggers.chat import KEY, place, read_answer
from catena.taggers.gliner_models import from_model
from catena.taggers.hugging_face import from_predictions
from catena.taggers.spacy_pipelines import from_pipeline

TEXT = "The pilots of Merrow oppose the new dues.\n\nNobody knows why the harbour office raised them."
SPANS = (("The pilots of Merrow", "source"), ("oppose", "cue"), ("the new dues", "content"))


def words(text: str, found: tuple[Tagged, ...]) -> list[tuple[str, str, str]]:
    return [
        (
            one.source.of(text) if one.source else "",
            one.cue.of(text) if one.cue else "",
            " … ".join(span.of(text) for span in one.content),
        )
        for one in found
    ]


def find(text: str, tagger: SpanTagger) -> list[Finding]:
    document = Document.of(text)
    found = list(find_attributions(document, find_quotations(document, load_marks()), load_cues(), tagger))
    for one in found:
        check_finding(one, document)
    return found


def spans_of(text: str) -> Iterator[dict[str, Any]]:
    """What a model that knows the three phrases answers, in the form of Hugging Face pipelines."""
    for phrase, role in SPANS:
        if phrase in text:
            start = text.index(phrase)
            yield {"start": start, "end": start + len(phrase), "entity_group": role.upper()}


class PhraseModel:
    """A model with the one method of GLiNER that is used; knows the three phrases."""

    def predict_entities(self, text: str, labels: list[str], threshold: float) -> list[dict[str, Any]]:
        assert labels == ["source", "cue", "content"]
        return [
            {"start": one["start"], "end": one["end"], "label": one["entity_group"].lower()} for one in spans_of(text)
        ]


def test_a_token_classifier_becomes_attributions_that_are_joined() -> None:
    tagger = from_predictions(spans_of, "hugging-face:phrases")
    assert words(TEXT, tagger.tag(TEXT, ())) == [("The pilots of Merrow", "oppose", "the new dues")]
    (found,) = find(TEXT, tagger)
    assert (found.made_by.name, found.made_by.version) == ("attribution-tagger", "hugging-face:phrases")


def test_a_gliner_model_is_asked_for_the_three_roles() -> None:
    tagger = from_model(PhraseModel(), "gliner:phrases")
    assert words(TEXT, tagger.tag(TEXT, ())) == [("The pilots of Merrow", "oppose", "the new dues")]


def test_a_spacy_pipeline_with_a_ruler_finds_what_it_knows() -> None:
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": role, "pattern": phrase} for phrase, role in SPANS])
    tagger = from_pipeline(pipeline, "spacy:ruler")
    assert words(TEXT, tagger.tag(TEXT, ())) == [("The pilots of Merrow", "oppose", "the new dues")]


def test_a_spacy_pipeline_is_loaded_from_its_folder(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": role, "pattern": phrase} for phrase, role in SPANS])
    pipeline.to_disk(tmp_path / "ruler")
    tagger = open_tagger(f"spacy:{tmp_path / 'ruler'}")
    assert words(TEXT, tagger.tag(TEXT, ())) == [("The pilots of Merrow", "oppose", "the new dues")]
    with pytest.raises(TaggerError, match="name or folder"):
        open_tagger("spacy:nothing_by_this_name")


def test_spans_past_the_text_are_cut_and_other_labels_are_left_out() -> None:
    def wild(text: str) -> list[dict[str, Any]]:
        return [
            {"start": 0, "end": 3, "entity_group": "source"},
            {"start": 4, "end": 9, "entity_group": "PERSON"},
            {"start": 4, "end": 8, "entity_group": "cue"},
            {"start": 9, "end": 9000, "entity_group": "content"},
            {"start": 7000, "end": 9000, "entity_group": "content"},
        ]

    text = "She said the boats were late."
    assert words(text, from_predictions(wild, "wild").tag(text, ())) == [("She", "said", "the boats were late.")]


class Chat(BaseHTTPRequestHandler):
    """A small server that answers each paragraph with what the test has set."""

    answers: ClassVar[dict[str, str]] = {}
    asked: ClassVar[list[dict[str, Any]]] = []
    keys: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body)
        self.keys.append(self.headers.get("Authorization", ""))
        text = body["messages"][-1]["content"]
        content = next((answer for words, answer in self.answers.items() if words in text), "[]")
        status = 500 if content == "broken" else 200
        given = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()
        self.send_response(status)
        self.end_headers()
        self.wfile.write(given if status == 200 else b"no")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def chat() -> Iterator[str]:
    Chat.answers, Chat.asked, Chat.keys = {}, [], []
    server = HTTPServer(("127.0.0.1", 0), Chat)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"chat:http://127.0.0.1:{server.server_port}/v1#small"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_language_model_is_asked_paragraph_by_paragraph_and_its_words_are_found(
    chat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, "open sesame")
    Chat.answers["oppose"] = (
        'Here it is: [{"source": "The pilots of Merrow", "cue": "oppose", "content": ["the new dues"]}]'
    )
    tagger = open_tagger(chat)
    (found,) = find(TEXT, tagger)
    assert found.text("source") == "The pilots of Merrow"
    assert found.text("content") == "the new dues"
    assert found.made_by.version == "chat:small"
    assert [body["messages"][-1]["content"] for body in Chat.asked] == TEXT.split("\n\n")
    assert Chat.asked[0]["model"] == "small"
    assert Chat.keys == ["Bearer open sesame"] * 2


def test_words_that_do_not_stand_in_the_text_are_never_shown(chat: str) -> None:
    Chat.answers["oppose"] = json.dumps(
        [
            {"source": "The pilots of Merrow", "cue": "oppose", "content": ["every due in the world"]},
            {"source": "Anton Brisk", "cue": "oppose", "content": ["the new dues"]},
        ]
    )
    assert words(TEXT, open_tagger(chat).tag(TEXT, ())) == [("", "oppose", "the new dues")]


@pytest.mark.parametrize("answer", ["", "I cannot do that.", "[1, 2", '{"source": 3}', '[{"content": 7}]', "[[]]"])
def test_an_answer_that_is_no_list_gives_nothing(chat: str, answer: str) -> None:
    Chat.answers["oppose"] = answer
    assert open_tagger(chat).tag(TEXT, ()) == ()


def test_an_address_that_fails_is_told_with_the_next_step(chat: str) -> None:
    Chat.answers["oppose"] = "broken"
    with pytest.raises(TaggerError, match="check the address"):
        open_tagger(chat).tag(TEXT, ())
    with pytest.raises(TaggerError, match="HOST:PORT"):
        open_tagger("chat:somewhere")


def test_repeated_words_are_taken_in_their_order_and_breaks_count_as_spaces() -> None:
    text = "“No,” Dahl said. “No,” Toub said. The dues\nare old, Toub added."
    answers = read_answer(
        '[{"source": "Dahl", "cue": "said", "content": ["No"]}, {"source": "Toub", "cue": "said", "content": ["No"]},'
        ' {"source": "Toub", "cue": "added", "content": "The dues are old"}]'
    )
    found = list(place(text, answers))
    assert [one.content[0] for one in found][2] == Span(34, 50)
    assert found[2].cue == Span(57, 62)


def test_a_whole_word_is_not_found_inside_another() -> None:
    assert list(place("The harbour opened.", [{"source": None, "cue": None, "content": ["harb"]}])) == []


def test_without_a_choice_the_trained_tagger_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert open_tagger() is load_tagger()


def test_the_choice_stands_in_the_recipe_of_a_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "spacy:my_pipeline")
    assert tagger_mark() == "spacy:my_pipeline"


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(TaggerError, match="chat, gliner, hugging-face, spacy"):
        open_tagger("oracle:delphi")


def test_what_is_not_installed_is_told_with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for extra, module in (("gliner", "gliner"), ("hugging-face", "transformers")):
        monkeypatch.setitem(__import__("sys").modules, module, None)
        with pytest.raises(TaggerError, match=rf"catena\[{extra}\]"):
            open_tagger(f"{extra}:anything")


PACKAGE = """
from catena.taggers.hugging_face import from_predictions


def open_phrases(where):
    return from_predictions(lambda text: [], "phrases:" + where)
"""


def test_a_package_adds_a_tagger_through_its_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = tmp_path / "phrase_tagger-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: phrase-tagger\nVersion: 1.0\n", encoding="utf-8")
    lines = f"[{taggers.GROUP}]\nphrases = phrase_tagger:open_phrases\n"
    (facts / "entry_points.txt").write_text(lines, encoding="utf-8")
    (tmp_path / "phrase_tagger.py").write_text(PACKAGE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert open_tagger("phrases:here").name == "phrases:here"
    with pytest.raises(TaggerError, match="phrases"):
        open_tagger("oracle:delphi")
