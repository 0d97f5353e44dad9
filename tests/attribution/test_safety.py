"""Laws: on any text the detectors raise nothing, stay inside it, and say the same thing twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from catena.attribution import find_attributions, find_quotations
from catena.lexicons.cues import load_cues
from catena.lexicons.marks import load_marks
from catena.model import Document, Finding, check_finding

PIECES = [
    '"',
    "“",
    "”",
    "‘",
    "’",
    "'",
    "«",
    "»",
    "‹",
    "›",
    "„",
    "﴿",
    "﴾",
    "{",
    "}",
    "((",
    "))",
    "❝",
    "❞",
    ">",
    "\n",
    "\n\n",
    " ",
    "  ",
    ", ",
    ". ",
    ": ",
    "?",
    "…",
    "—",
    "12",
    "5'",
    '10"',
    "Salim",
    "the minister",
    "said",
    "that",
    "told",
    "according to",
    "as reported by",
    "Marble Agency",
    "(Marble Agency)",
    "he",
    "and",
    "قال",
    "وأضاف",
    "إن",
    "الوزير",
    "وفقا ل",
    "لوكالة",
    "نقلت",
    "عن",
    "قوله",
    "گفت",
    "که",
    "сказал",
    "что",
    "😀",
    "\u064e",
    "\u200d",
    "\u200f",
    "\x00",
    "was quoted as saying",
    "is accused of",
    "so-called",
    "[51:55]",
    "DAHL:",
    "\u0640",
    "ﷺ",
    "tweet",
    "A.",
    "Mr.",
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=60
).map("".join)


def run(text: str) -> tuple[Document, tuple[Finding, ...]]:
    document = Document.of(text)
    quotations = find_quotations(document, load_marks())
    return document, quotations + find_attributions(document, quotations, load_cues())


@settings(max_examples=400, derandomize=True, deadline=None)
@given(SOUP)
def test_every_finding_stands_inside_the_text_and_points_at_a_finding_that_exists(text: str) -> None:
    document, found = run(text)
    ids = {finding.id for finding in found}
    for finding in found:
        check_finding(finding, document)
        assert finding.parent is None or finding.parent in ids
        for _, spans in finding.roles:
            assert list(spans) == sorted(spans)


@settings(max_examples=400, derandomize=True, deadline=None)
@given(SOUP)
def test_the_same_text_gives_the_same_findings(text: str) -> None:
    assert run(text) == run(text)


@settings(max_examples=400, derandomize=True, deadline=None)
@given(SOUP)
def test_pairs_of_marks_are_nested_or_apart_and_never_cross(text: str) -> None:
    _, found = run(text)
    pairs = [f.place for f in found if f.kind == "quotation" and f.spans("open")]
    for one in pairs:
        for other in pairs:
            assert not one.overlaps(other) or one.contains(other) or other.contains(one)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(max_size=80))
def test_any_text_at_all_is_survived(text: str) -> None:
    document = Document.of(text.encode("utf-8", "ignore").decode())
    quotations = find_quotations(document, load_marks())
    find_attributions(document, quotations, load_cues())


def test_an_unclosed_mark_never_swallows_the_document() -> None:
    text = "The “plan was read.\n\n" + "Nothing is said here at all.\n\n" * 50
    document = Document.of(text)
    problem = find_quotations(document, load_marks())[0]
    assert problem.text("content") == "plan was read."


def test_a_block_of_the_file_is_a_quotation() -> None:
    from catena.model import Block, Origin, Span

    text = "The chair wrote:\nWe agree to all of it.\nThen they left."
    document = Document(text, Origin("a.html"), blocks=(Block(Span(17, 39), "blockquote"),))
    quotations = find_quotations(document, load_marks())
    assert [f.text("content") for f in quotations] == ["We agree to all of it."]
    said = find_attributions(document, quotations, load_cues())
    assert [(f.text("source"), f.text("cue"), f.parent) for f in said] == [("The chair", "wrote", quotations[0].id)]
