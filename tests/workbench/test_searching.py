"""Fields, levels, concordance: what a search finds and how its hits are laid out."""

from __future__ import annotations

import pytest
from tests.workbench.conftest import fill

from catena import counting
from catena.lexicons.affixes import load_affixes
from catena.store import Project, QueryError, Settings


def paths(project: Project, query: str, level: str = "folded") -> list[str]:
    page = project.search(query, settings=Settings(level))
    assert page.error is None, page.error
    return sorted(hit.document.path for hit in page.hits)


def words(project: Project, query: str, level: str = "folded") -> list[str]:
    page = project.search(query, settings=Settings(level))
    return [span.of(project.text_of(hit.document.id)) for hit in page.hits for span in hit.spans]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("genre:speech", ["a.txt", "c.txt"]),
        ("genre:speech lakes", ["a.txt"]),
        ("lakes NOT genre:speech", ["b.txt"]),
        ("NOT genre:speech", ["b.txt", "d.txt"]),
        ("date:2016", ["b.txt", "c.txt"]),
        ("date:2015..2016-07", ["a.txt", "b.txt"]),
        ("date:..2015", ["a.txt"]),
        ("date:2016-07-10..", ["c.txt"]),
        ("path:D.TX", ["d.txt"]),
        ('speaker:"ada BRISK"', ["a.txt"]),
        ("speaker:eld", ["b.txt"]),
        ("kind:attribution", ["a.txt", "b.txt"]),
        ("lakes AND (harbour OR winter) AND genre:news", ["b.txt"]),
    ],
)
def test_a_field_narrows_the_search(project: Project, query: str, found: list[str]) -> None:
    assert paths(project, query) == found


def test_a_word_searched_with_a_speaker_must_stand_in_what_the_speaker_says(project: Project) -> None:
    assert words(project, "speaker:brisk harbour") == ["harbour"]
    assert paths(project, "speaker:brisk lakes") == []


def test_a_field_alone_shows_its_passages(project: Project) -> None:
    assert words(project, "speaker:brisk") == ["the harbour dues will fall"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("lakes OR genre:news", "genre: cannot stand here at character 10"),
        ("date:soon", "'soon' is no date"),
        ("figure:many", "'many' is no number"),
        ("code:tone", "no code 'tone'"),
    ],
)
def test_a_field_that_cannot_be_read_says_where_and_how(project: Project, query: str, said: str) -> None:
    assert said in str(project.search(query).error)
    with pytest.raises(QueryError):
        project.find_all(query)


def test_exact_means_the_very_characters(project: Project) -> None:
    assert words(project, "lakes", "exact") == ["lakes", "lakes"]
    assert words(project, "Lakes", "exact") == ["Lakes"]
    assert words(project, "كتاب", "exact") == ["كتاب"]
    assert words(project, "الكتاب", "exact") == []
    assert words(project, "الكتاب") == ["الكتابَ"]


def test_affixes_are_a_list_of_forms_with_counts_and_only_ticked_ones_are_searched(project: Project) -> None:
    corpus = project.corpus()
    forms = counting.find_forms(corpus, "كتاب", load_affixes())
    assert forms == {"كتاب": (("الكتاب", 1), ("كتاب", 1), ("والكتاب", 1), ("وكتابه", 1))}
    ticked = Settings("affixes", {"كتاب": ("كتاب", "وكتابه")})
    (hit,) = project.search("كتاب", settings=ticked).hits
    assert [span.of(project.text_of(hit.document.id)) for span in hit.spans] == ["كتاب", "وكتابه"]


def test_english_endings_are_forms_too(project: Project) -> None:
    assert counting.find_forms(project.corpus(), "lake", load_affixes())["lake"] == (("lakes", 3), ("lake", 1))


def test_a_concordance_has_one_line_for_each_hit_with_its_exact_surroundings(project: Project) -> None:
    lines = counting.find_lines(project, project.corpus(), "lakes")
    found = [
        (line.document.path, line.left, line.node, line.right) for line in counting.show_lines(project, lines, 0, 9, 8)
    ]
    assert found == [
        ("a.txt", "The ", "lakes", " stay op"),
        ("a.txt", "ll. The ", "Lakes", " are cal"),
        ("b.txt", "ld. The ", "lakes", " close i"),
    ]
    assert lines.matched == 2


def test_lines_are_sorted_by_the_words_after_or_before(project: Project) -> None:
    corpus = project.corpus()
    lines = counting.find_lines(project, corpus, "lakes")
    after = [line.right.split()[0] for line in counting.show_lines(project, lines.sort("right"), 0, 9)]
    assert after == ["are", "close", "stay"]
    before = [line.left.split() for line in counting.show_lines(project, lines.sort("left"), 0, 9)]
    assert [words[-2:] for words in before] == [["The"], ["Eld.", "The"], ["fall.", "The"]]
    with pytest.raises(ValueError, match="allowed: place, left, right, node"):
        lines.sort("sideways")


def test_counts_are_of_folded_words_with_documents(project: Project) -> None:
    (first, *_) = counting.list_words(project.corpus())
    assert (first.words, first.count, first.documents) == ("the", 6, 3)
    assert first.rate == pytest.approx(6 / len(project.corpus().words) * 1_000_000)


def test_keywords_compare_a_part_with_the_rest(project: Project) -> None:
    corpus = project.corpus()
    found = counting.find_keywords(
        corpus, project.find_versions("path:a.txt"), project.find_versions("path:b.txt"), least=2
    )
    lakes = next(word for word in found if word.word == "lakes")
    assert (lakes.target, lakes.reference) == (2, 1)


def test_the_trend_counts_hits_and_words_of_each_year(project: Project) -> None:
    lines = counting.find_lines(project, project.corpus(), "lakes")
    found = [(one.name, one.count, one.documents) for one in counting.find_trend(lines)]
    assert found == [("", 0, 1), ("2015", 2, 1), ("2016", 1, 2)]


def test_saved_searches_are_kept_replaced_and_forgotten(project: Project) -> None:
    project.save_search("Ada", "water", "lakes")
    project.save_search("Ada", "water", "lakes OR lake")
    assert project.searches() == (("water", "lakes OR lake", "Ada", ""),)
    project.forget_search("Ada", "water")
    assert project.searches() == ()
    assert [event.what for event in project.history(3)] == ["search.forget", "search.save", "search.save"]


def test_a_new_version_of_a_file_changes_the_corpus_and_its_stamp(project: Project) -> None:
    before = project.corpus()
    fill(project, {"a.txt": "Only rivers now."})
    after = project.corpus()
    assert before.stamp != after.stamp == project.corpus_stamp()
    assert "rivers" in after.numbers
    assert after.frequencies[after.numbers["lakes"]] == 1
