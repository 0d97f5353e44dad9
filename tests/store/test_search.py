"""Search says exactly where; the yardstick is a scan of the text with nothing but a list of words."""

from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np
import pytest
from tests.store.conftest import make_result

from catena.model import Document, Finding, MadeBy, Span, make_finding
from catena.store import Project, QueryError, corpus, open_or_create, parse_query, search
from catena.store.tokens import (
    find_tokens,
    pack_numbers,
    pack_places,
    unpack_all,
    unpack_all_numbers,
    unpack_places,
)

# spelled form, the key that finds it. Written by hand: the yardstick does not fold.
WORDS = (
    ("Council", "council"), ("COUNCIL", "council"), ("don’t", "dont"), ("peace", "peace"), ("Café", "cafe"),
    ("cafe", "cafe"), ("سلام", "سلام"), ("سَلَام", "سلام"), ("قال", "قال"),
    ("4,500", "4500"), ("٣", "3"), ("treaty", "treaty"),
    ("treaties", "treaties"),
)  # fmt: skip
GAPS = (" ", " ", " ", ", ", " — ", ". ", "\n\n", " 😀 ", "\x00 ", " “", "” ", "\u200f ")


def make_text(chance: random.Random) -> tuple[str, list[tuple[str, Span]]]:
    text, words = "", []
    for _ in range(chance.randrange(1, 40)):
        text += chance.choice(GAPS)
        spelled, key = chance.choice(WORDS)
        words.append((key, Span(len(text), len(text) + len(spelled))))
        text += spelled
    return text, words


def scan(words: list[tuple[str, Span]], phrase: list[str], *, prefix: bool = False) -> list[tuple[int, int]]:
    """First and last word number of every place of `phrase`."""
    keys = [key for key, _ in words]
    found = []
    for at in range(len(keys) - len(phrase) + 1):
        piece = keys[at : at + len(phrase)]
        if piece == phrase or (prefix and piece[:-1] == phrase[:-1] and piece[-1].startswith(phrase[-1])):
            found.append((at, at + len(phrase) - 1))
    return found


def spans(words: list[tuple[str, Span]], places: list[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(sorted({Span(words[low][1].start, words[high][1].end) for low, high in places}))


def make_case(chance: random.Random, words: list[tuple[str, Span]]) -> tuple[str, tuple[Span, ...]]:
    """A query and the spans that the yardstick expects."""
    (spelled_a, a), (spelled_b, b) = chance.choice(WORDS), chance.choice(WORDS)
    at_a, at_b = scan(words, [a]), scan(words, [b])
    match chance.randrange(7):
        case 0:
            return spelled_a, spans(words, at_a)
        case 1:
            return f'"{spelled_a} {spelled_b}"', spans(words, scan(words, [a, b]))
        case 2:
            return f"{a[:2]}*", spans(words, scan(words, [a[:2]], prefix=True))
        case 3:
            return f"{spelled_a} AND {spelled_b}", spans(words, at_a + at_b if at_a and at_b else [])
        case 4:
            return f"{spelled_a} OR {spelled_b}", spans(words, at_a + at_b)
        case 5:
            return f"{spelled_a} NOT {spelled_b}", spans(words, [] if at_b else at_a)
        case _:
            distance = chance.randrange(0, 6)
            near = [
                pair
                for first in at_a
                for second in at_b
                if abs(first[0] - second[0]) - 1 <= distance and first != second
                for pair in (first, second)
            ]
            if a == b:  # FTS5 lets one place stand for both phrases
                near = at_a
            return f"NEAR({spelled_a} {spelled_b}, {distance})", spans(words, near)


def test_spans_of_400_generated_cases_equal_those_of_a_plain_scan(tmp_path: Path) -> None:
    chance = random.Random(2021)
    texts = {f"{number}.txt": make_text(chance) for number in range(60)}
    with open_or_create(tmp_path / "p.catena") as project:
        project.add_many(make_result(text, path) for path, (text, _) in texts.items())
        for _ in range(400):
            state = chance.getstate()
            query, _ = make_case(chance, next(iter(texts.values()))[1])
            expected = {}
            for path, (_, words) in texts.items():
                chance.setstate(state)
                found = make_case(chance, words)[1]
                if found:
                    expected[path] = found
            page = project.search(query, limit=1000)
            assert {hit.document.path: hit.spans for hit in page.hits} == expected, query
            assert page.total == len(expected)


def test_tokens_of_generated_texts_are_the_words_put_in() -> None:
    chance = random.Random(7)
    for _ in range(400):
        text, words = make_text(chance)
        tokens, places = find_tokens(text)
        assert list(zip(tokens, places, strict=True)) == words


def test_the_index_splits_at_no_other_place_than_we_do(project: Project) -> None:
    text = "a.b 1.5/2 Qur’an ﷺ ﬁne İstanbul ߁ 𞤀𞤣𞤤 e\u0301te\u0301 नमस्ते x_y 4,500 don't 😀 Ⅷ ½ ªº"
    project.add(make_result(text))
    tokens, _ = find_tokens(text)
    project._connection.register_fts5_function("catena_size", lambda api: api.column_size(0))
    sizes = project._connection.execute("SELECT catena_size(search) FROM search('fine')").fetchall()
    assert sizes == [(len(tokens),)]


def test_packed_places_come_back_also_when_one_gap_is_wide() -> None:
    places = [Span(3, 5), Span(6, 9), Span(200_000, 200_004)]
    starts, ends = unpack_places(pack_places(np.array([(span.start, span.end) for span in places])))
    assert [(int(a), int(b)) for a, b in zip(starts, ends, strict=True)] == [
        (3, 5),
        (6, 9),
        (200_000, 200_004),
    ]


def test_places_and_numbers_of_many_texts_come_back_as_those_of_each() -> None:
    texts = [
        [(3, 5), (6, 9), (200_000, 200_004)],  # a gap that takes more than a byte
        [],
        [(0, 1), (0, 1), (0, 1), (2, 300)],  # several tokens of one ligature, and a word that takes more than a byte
        [(4, 7)],
    ]
    starts, ends, bounds = unpack_all([pack_places(np.array(places, np.int64).reshape(-1, 2)) for places in texts])
    flat = [place for places in texts for place in places]
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == flat
    assert bounds.tolist() == [0, 3, 3, 7, 8]
    numbers, bounds = unpack_all_numbers([pack_numbers(row) for row in ([1, 70_000, 3], [], [2**31], [9])])
    assert (numbers.tolist(), bounds.tolist()) == ([1, 70_000, 3, 2**31, 9], [0, 3, 3, 4, 5])
    assert [array.tolist() for array in unpack_all([])] == [[], [], [0]]


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_words_are_counted_the_same_in_any_portions(
    project: Project, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    for number, text in enumerate(("a b a c", "", "b b", "d a")):
        project.add(make_result(text, f"{number}.txt", sha256=f"{number:02}"))
    monkeypatch.setattr(corpus, "AT_ONCE", at_once)
    counted = project.corpus()
    rows = {word: (counted.frequencies[at], counted.ranges[at]) for word, at in counted.numbers.items()}
    assert rows == {"a": (3, 2), "b": (3, 2), "c": (1, 1), "d": (1, 1)}
    counts, size = counted.count_in(counted.versions[:3].tolist())
    assert (counts[counted.numbers["b"]], size) == (3, 6)


def test_hits_inside_the_passages_of_a_speaker_are_exact_beyond_one_portion(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "TOGETHER", 2)

    def said(document: Document) -> tuple[Finding, ...]:
        start = document.text.index("yes")
        content = Span(start, start + len("yes and yes"))
        return (make_finding(document, "attribution", {"content": content}, MadeBy("m"), values={"speaker": "Ada"}),)

    texts = [f"{'no ' * number}yes and yes, no yes" for number in range(5)]
    project.add_many([make_result(text, f"{number}.txt", findings=said) for number, text in enumerate(texts)])
    page = project.search("speaker:Ada (yes OR no)")
    found = {hit.document.path: [span.of(texts[int(hit.document.path[0])]) for span in hit.spans] for hit in page.hits}
    assert found == {f"{number}.txt": ["yes", "yes"] for number in range(5)}
    starts = {hit.document.path: [span.start for span in hit.spans] for hit in page.hits}
    assert starts["3.txt"] == [9, 17]


def test_a_text_without_words_is_kept_and_never_found(project: Project) -> None:
    project.add(make_result("— … 😀"))
    assert project.document("a.txt").document.text == "— … 😀"
    assert project.search("a").total == 0


def test_a_phrase_finds_its_words_inside_an_honorific_ligature(project: Project) -> None:
    project.add(make_result("قال النبي ﷺ كذا"))
    (hit,) = project.search('"صلى الله عليه وسلم"').hits
    assert hit.spans == (Span(10, 11),)


@pytest.mark.parametrize(
    ("query", "problem", "position"),
    [
        ("(peace", "a bracket is not closed", 0),
        ("peace )", "')' does not belong", 6),
        ("peace AND", "something is missing", 9),
        ("NOT peace", "NOT has nothing before it", 0),
        ("OR", "OR has nothing before it", 0),
        ('say "peace', "a quotation mark is not closed", 4),
        ("NEAR(peace)", "NEAR needs two words or phrases", 0),
        ("NEAR(peace talks, soon)", "NEAR needs a distance after the comma", 16),
        ("pe*ce", "`*` stands inside a term", 2),
        ("peace —", "'—' holds no letters or digits", 6),
        ("*", "'*' holds no letters or digits", 0),
    ],
)
def test_a_query_that_does_not_parse_says_what_where_and_what_to_do(query: str, problem: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(query)
    assert (caught.value.problem, caught.value.position) == (problem, position)
    assert caught.value.hint


def test_search_reports_a_bad_query_on_the_page_instead_of_raising(project: Project) -> None:
    page = project.search("(peace")
    assert page.total == 0
    assert page.error == "a bracket is not closed at character 1; add the closing bracket `)`"


def test_no_string_of_query_signs_reaches_the_index_as_bad_syntax(project: Project) -> None:
    project.add(make_result("peace talks"))
    chance = random.Random(3)
    signs = [
        "peace",
        "talks*",
        '"',
        "(",
        ")",
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        ",",
        "5",
        "^",
        "-",
        ":",
        "+",
        "{",
        "'",
        "“x”",
        "\x00",
    ]
    for _ in range(2000):
        query = " ".join(chance.choices(signs, k=chance.randrange(1, 8)))
        page = project.search(query)  # an apsw.SQLError would fail the test
        assert page.error is None or page.total == 0


def test_a_changed_text_is_found_by_its_new_words_only(project: Project) -> None:
    project.add(make_result("The old wording", sha256="01"))
    project.add(make_result("The new wording", sha256="02"))
    assert project.search("old").total == 0
    assert project.search("new").total == 1


def test_pages_of_hits_do_not_overlap(project: Project) -> None:
    project.add_many(make_result(f"peace {'x ' * n}", f"{n}.txt") for n in range(25))
    paths = [hit.document.path for at in (0, 10, 20) for hit in project.search("peace", limit=10, offset=at).hits]
    assert len(paths) == len(set(paths)) == 25


def test_the_snippet_holds_the_first_hit(project: Project) -> None:
    text = "one two " * 200 + "armistice " + "three four " * 200
    project.add(make_result(text))
    (hit,) = project.search("armistice").hits
    assert hit.spans == (Span(1600, 1609),)
    assert hit.snippet.contains(Span(1600, 1609))
    assert len(hit.snippet) <= 250
    assert re.match(r"(one|two)\b", hit.snippet.of(text))


@pytest.mark.parametrize(
    "query",
    [
        "lake", "lak*", '"the lake"', '"the lak"*', "lake boat", "lake OR boat*", "boat* NOT lake",
        '"lake the" OR tide', "nothing*", "lake NOT nothing", "البحيرة", "البح*",
    ],
)  # fmt: skip
def test_a_page_finds_from_the_words_what_the_index_says(project: Project, query: str) -> None:
    chance = random.Random(4)
    words = ["lake", "lakes", "the", "boat", "boats", "tide", "البحيرة", "البحيرات", "lake-side", "1,200"]
    for number in range(40):
        text = " ".join(chance.choices(words, k=chance.randint(1, 30)))
        project.add(make_result(text, f"{number}.txt", sha256=f"{number:064x}"))
    by_index = {match.version: match.spans for match in project.find_all(query)}
    page = project.search(query, limit=100)
    assert page.total == len(by_index)
    rows = project.rows_of_versions(list(by_index))
    assert {hit.document.path: hit.spans for hit in page.hits} == {
        rows[version].path: spans for version, spans in by_index.items()
    }
