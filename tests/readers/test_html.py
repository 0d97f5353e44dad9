"""HTML: every visible character, with its block."""

from __future__ import annotations

import contextlib
import time

import pytest
from benchmarks.reading_faithful import PAGE, count_lost

from catena.model import Block, Document, Span
from catena.readers import ReaderError, choose_reader, read_bytes
from catena.readers.checks import MAX_TAG, check_html
from catena.readers.main_text import Judgement, key, mark_boilerplate

ARTICLE = "".join(
    f"<p>The {word} paragraph of the statement says at some length what the council of Veldania decided on the dues, "
    "and why the boatmen of the lake asked for more time to consider it.</p>"
    for word in ("first", "second", "third", "fourth")
)


def read(body: str, head: str = "", root: str = "<html>") -> Document:
    page = f'<!doctype html>{root}<head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return read_bytes(page.encode(), "page.html")


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(document.text)) for block in document.blocks]


@pytest.mark.parametrize(
    "kept",
    [
        "می\u200cخواهیم",
        "a\u200fb",
        "9\u00a0May",
        "قَالَ",
        "so\u00adft",
        "x\u200by",
        "﴿نص﴾ ﷺ",
        "a\ufeffb",
        "e\u0301",
    ],
)
def test_characters_that_extractors_drop_are_kept(kept: str) -> None:
    assert read(f"<p>{kept}</p>").text == kept


def test_repeated_paragraphs_all_stand() -> None:
    assert read("<p>Same.</p><p>Same.</p><p>Same.</p>").text == "Same.\n\nSame.\n\nSame."


def test_white_space_runs_become_one_space_except_in_pre() -> None:
    assert read("<p> The \n\t talks <b> ended</b> . </p>").text == "The talks ended ."
    assert read("<p>a</p><pre>x  y\n z</pre>").text == "a\n\nx  y\n z"


def test_a_break_is_a_line_end() -> None:
    assert read("<p>one<br>two <br> three</p>").text == "one\ntwo\nthree"


def test_elements_inside_a_word_do_not_split_it() -> None:
    assert read("<p>Vel<b>dan</b>ia<i>n</i></p>").text == "Veldanian"


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ol start=5><li>a<li>b</ol>", "5. a\n6. b"),
        ("<ol><li>a<li value=9>b<li>c</ol>", "1. a\n9. b\n10. c"),
        ("<ol reversed><li>a<li>b</ol>", "2. a\n1. b"),
        ("<ol type=a><li>x<li>y</ol>", "a. x\nb. y"),
        ("<ol type=I><li>x<li>y</ol>", "I. x\nII. y"),
        ("<ol><li><p>a</p><li><p>b</p></ol>", "1. a\n\n2. b"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
    ],
)
def test_list_numbers_are_read_as_a_browser_shows_them(given: str, numbers: str) -> None:
    assert read(given).text == numbers


def test_every_stretch_of_text_lies_in_a_block_of_its_kind() -> None:
    found = read("<h2>Head</h2>loose<p>para</p><ul><li>item</ul><table><tr><td>cell<th>other</table>tail")
    assert blocks(found) == [
        ("heading", "Head"), ("paragraph", "loose"), ("paragraph", "para"), ("list-item", "item"),
        ("table-cell", "cell"), ("table-cell", "other"), ("paragraph", "tail"),
    ]  # fmt: skip


def test_a_quotation_of_one_paragraph_is_one_block() -> None:
    assert blocks(read("<blockquote><p>We agree.</p></blockquote>")) == [("blockquote", "We agree.")]


def test_a_quotation_of_two_paragraphs_is_one_block_around_both() -> None:
    assert blocks(read("<blockquote><p>We agree.</p><p>So do we.</p></blockquote>")) == [
        ("blockquote", "We agree.\n\nSo do we."), ("paragraph", "We agree."), ("paragraph", "So do we."),
    ]  # fmt: skip


def test_direction_and_language_come_from_the_nearest_element_that_states_them() -> None:
    found = read('<p>نص</p><div dir="ltr" lang="en"><p>text</p></div>', root='<html dir="RTL" lang="fa">')
    assert [(block.direction, block.language) for block in found.blocks] == [("rtl", "fa"), ("ltr", "en")]


def test_the_locator_is_the_path_to_the_element() -> None:
    found = read("<div><p>a</p><p>b</p></div>")
    assert [block.locator for block in found.blocks] == ["/html/body/div[1]/p[1]", "/html/body/div[1]/p[2]"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>no()</script>", "<style>p{}</style>", "<p hidden>no</p>", '<p style="display: none">no</p>',
        "<template><p>no</p></template>", "<!-- no -->", "<noscript>no</noscript>",
    ],
)  # fmt: skip
def test_what_a_browser_does_not_show_is_not_read(hidden: str) -> None:
    assert read(f"<p>a</p>{hidden}<p>b</p>").text == "a\n\nb"


def test_menus_and_the_foot_of_the_page_are_marked_and_stay() -> None:
    found = read(f"<nav>Home Contact</nav><article><h1>Dues</h1>{ARTICLE}</article><footer>4 Quay Street</footer>")
    assert found.text.startswith("Home Contact\n\nDues\n\nThe first")
    assert [text for kind, text in blocks(found) if kind == "boilerplate"] == [
        "Home Contact",
        "4 Quay Street",
    ]


def test_numbered_points_of_the_main_text_are_not_taken_for_boilerplate() -> None:
    points = "".join(
        f"<li>The council asks the boatmen to answer {word} before the dues of the harbour are changed.</li>"
        for word in ("in writing", "by name", "in time")
    )
    found = read(f"<article><h1>Dues</h1>{ARTICLE}<ol>{points}</ol></article>")
    assert [kind for kind, _ in blocks(found)] == ["heading", *["paragraph"] * 4, *["list-item"] * 3]


def test_the_head_of_an_article_is_not_the_head_of_the_page() -> None:
    found = read(f"<header>Lake Courier</header><article><header><h1>Dues</h1></header>{ARTICLE}</article>")
    assert blocks(found)[:2] == [("boilerplate", "Lake Courier"), ("heading", "Dues")]


def test_footnotes_are_notes() -> None:
    found = read(f"<article>{ARTICLE}<aside role=doc-footnote><p>1 See the charter.</p></aside></article>")
    assert blocks(found)[-1] == ("note", "1 See the charter.")


def test_title_author_and_date_are_taken_as_stated() -> None:
    head = (
        '<title>Dues</title><meta property="og:title" content="Dues of the lake">'
        '<meta name="author" content="Ilse Maren">'
        '<meta property="article:published_time" content="2021-03-25T09:00:00Z">'
    )
    found = read(f"<article>{ARTICLE}</article>", head)
    assert found.get_stated("title") == "Dues of the lake"
    assert found.get_stated("author") == "Ilse Maren"
    assert found.get_stated("date") == "2021-03-25"


def test_a_date_in_the_text_is_not_a_stated_date() -> None:
    assert read(f"<article>{ARTICLE}<p>Updated on 9 May 2019.</p></article>").get_stated("date") is None


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        ("<html><meta charset=windows-1256><p>بيان صحفي".encode("cp1256"), "cp1256"),
        ("<html><meta charset=iso-8859-1><p>the minister’s view".encode("cp1252"), "cp1252"),
        ("<html><meta charset=iso-8859-1><p>بيان صحفي".encode(), "utf-8"),
        ("<html><meta charset=utf-16><p>بيان صحفي".encode(), "utf-8"),
        ("<html><meta charset=utf-7><p>بيان صحفي".encode(), "utf-8"),
        ("\ufeff<html><p>بيان صحفي".encode("utf-16-le"), "utf-16"),
    ],
)
def test_the_declared_encoding_is_believed_unless_the_bytes_say_otherwise(page: bytes, encoding: str) -> None:
    found = read_bytes(page, "a.html")
    assert found.text in ("بيان صحفي", "the minister’s view")
    assert found.origin.encoding == encoding


def test_a_page_that_loses_most_of_its_letters_is_reported() -> None:
    long = "The words of this page stand where no browser shows them. " * 20
    found = read(f"<p>Short.</p><p hidden>{long}</p>")
    assert "letters of the page are in the text" in found.warnings[0]


def test_a_page_without_visible_text_is_refused() -> None:
    with pytest.raises(ReaderError, match="no visible text"):
        read("<script>x()</script>")


def test_a_large_picture_inside_the_page_is_no_reason_to_refuse_it() -> None:
    assert read(f'<img src="data:image/png;base64,{"A" * (MAX_TAG + 1)}"><p>Text</p>').text == "Text"


def test_ten_thousand_paragraphs_without_end_tags_do_not_count_as_nested() -> None:
    assert read("<p>a" * 10_000).text.count("a") == 10_000


def test_a_page_that_stands_inside_a_form_as_a_whole_keeps_its_main_text() -> None:
    sentence = "The council of Veldania met on Saturday in Sorin and spoke about the harbour and the lakes at length. "
    body = f"<nav><a>Home</a></nav><article><h1>Dues</h1><p>{sentence * 3}</p><p>{sentence * 4}</p></article>"
    found = read(f"<form>{body}</form>")
    assert [kind for kind, text in blocks(found) if len(text) > 100] == ["paragraph", "paragraph"]


def test_a_long_script_is_no_long_tag() -> None:
    script = "if (a<b) { " + "x = y - 1; " * (MAX_TAG // 10) + "}"
    assert read(f"<script>{script}</script><style>a<b{'c' * MAX_TAG}</style><p>Text</p>").text == "Text"


def test_a_lone_quotation_mark_in_a_tag_does_not_swallow_the_page() -> None:
    page = f'<meta content=“site” name=x8"><p>{"The lakes stay open. " * (MAX_TAG // 20)}</p>'
    assert read(page).text.startswith("The lakes stay open.")


@pytest.mark.parametrize("start", ["<!--", "<script>", "<script", "<style></style ", '<p a="', "<a '\"", "<title>"])
def test_beginnings_that_never_end_are_looked_through_once(start: str) -> None:
    begun = time.process_time()
    with contextlib.suppress(ReaderError):
        check_html(start * 100_000)
    assert time.process_time() - begun < 10  # quadratic, it would take hours


def test_a_page_made_for_browsers_without_scripts_is_read_as_they_show_it() -> None:
    found = read("<noscript><p>The lakes stay open.</p></noscript><script>x()</script>")
    assert found.text == "The lakes stay open."
    assert "text for browsers without scripts" in found.origin.steps
    assert read("<p>Text</p><noscript>Turn scripts on.</noscript>").text == "Text"


def test_a_blog_whose_scripts_fill_the_page_keeps_the_text_it_holds_for_other_browsers() -> None:
    said = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES * 2)
    found = read(
        f"<h1>Dues</h1><script type='text/template'>{said}</script><noscript>{said}</noscript><p>Older posts</p>"
    )
    assert found.text.count(SENTENCES[2]) == 2
    assert "text for browsers without scripts" in found.origin.steps
    again = read(f"<h1>Dues</h1>{said}<noscript>{said}</noscript>")
    assert again.text.count(SENTENCES[2]) == 2


SENTENCES = tuple(
    f"{who} told the council in Sorin that {what}, and that nobody had been asked before the decision was taken."
    for who, what in (
        ("The minister", "the dues will stay as they are"), ("The envoy", "the boats will return before the winter"),
        ("The mayor", "the pier is open to every member"), ("The speaker", "the list hangs in every harbour"),
    )
)  # fmt: skip
REPORT = f"<article><h1>Dues</h1>{''.join(f'<p>{one}</p>' for one in SENTENCES)}</article>"


def main_text(page: str) -> list[str]:
    return [text for kind, text in blocks(read(page)) if kind != "boilerplate"]


def test_the_beginning_of_the_article_in_a_list_of_articles_is_no_main_text() -> None:
    teaser = f"<ul class='latest'><li>Dues {SENTENCES[0]}</li><li>Weather: rain until Monday</li></ul>"
    assert [text for text in main_text(f"<div>{teaser}</div>{REPORT}<div>{teaser}</div>") if "minister" in text] == [
        SENTENCES[0]
    ]


def test_a_sentence_repeated_inside_the_article_stays_main_text() -> None:
    again = f"<article><h1>Dues</h1>{''.join(f'<p>{one}</p><p>{SENTENCES[0]}</p>' for one in SENTENCES)}</article>"
    assert main_text(again).count(SENTENCES[0]) == 5


def test_a_quotation_among_the_comments_is_no_main_text() -> None:
    said = "I have read the list myself, and half of the harbours are not on it, whatever the minister says."
    comments = f"<div class='comments'><ol><li><blockquote><p>{said}</p></blockquote>Not so.</li></ol></div>"
    kinds = {kind for kind, text in blocks(read(REPORT + comments)) if "half of the harbours" in text}
    assert kinds == {"boilerplate"}


def test_short_lines_at_the_end_of_an_article_belong_to_it_one_by_one() -> None:
    lines = "".join(f"<p>Point {n}: the harbour of lake {n}.</p>" for n in range(1, 9))
    found = main_text(f"<nav><a>Home</a></nav>{REPORT.replace('</article>', lines + '</article>')}")
    assert [text for text in found if text.startswith("Point")] == [
        f"Point {n}: the harbour of lake {n}." for n in range(1, 9)
    ]


def test_a_short_list_behind_buttons_inside_the_article_belongs_to_it() -> None:
    buttons = f"<div class='share'>{''.join(f'<p>{word}</p>' for word in ('Share', 'Print', 'Mail', 'Copy'))}</div>"
    dues = "<ul><li>Rowing boat: 12 crowns</li><li>Sailing boat: 20 crowns</li></ul>"
    found = main_text(f"<nav><a>Home</a></nav>{REPORT.replace('</article>', buttons + dues + '</article>')}")
    assert [text for text in found if "crowns" in text] == ["Rowing boat: 12 crowns", "Sailing boat: 20 crowns"]
    assert "Print" not in found


def test_a_block_is_main_text_when_half_of_its_lines_are() -> None:
    text = "Beds and linen are said to be ready, and so is breakfast, at any hour.\n" + SENTENCES[0]
    block = Block(Span(0, len(text)), "paragraph", "/html/body/p")
    told = Judgement(3 * key(SENTENCES[0]), frozenset((key(SENTENCES[0]),)))
    assert [one.kind for one in mark_boilerplate(text, (block,), told)] == ["paragraph"]
    told = Judgement(3 * key(SENTENCES[0]), frozenset((key(SENTENCES[1]),)))
    assert [one.kind for one in mark_boilerplate(text, (block,), told)] == ["boilerplate"]


def test_nothing_is_lost_of_the_page_that_is_made_to_be_lost() -> None:
    found = read_bytes(PAGE.encode(), "page.html")
    main = "\n".join(block.span.of(found.text) for block in found.blocks if block.kind != "boilerplate")
    assert {kind: lost for kind, lost in count_lost(found.text).items() if lost} == {}
    assert {kind: lost for kind, lost in count_lost(main).items() if lost} == {}
    assert "HIDDEN" not in found.text


SINGLE_FILE = f"""<!DOCTYPE html> <html lang=en style><!--
 Page saved with SingleFile
 url: https://example.org/news/dues
 saved date: Sat May 09 2015 10:00:00 GMT+0000
--><meta charset=utf-8><title>Dues | The Lakeside Courier</title>
<style>:root{{--sf-img-1: url("data:image/png;base64,{"iVBORw0KGgo" * 9000}")}}</style>
<meta property=og:site_name content="The Lakeside Courier"><link rel=canonical href=https://example.org/news/dues>
<style>.x{{background:url("data:font/woff2;base64,{"d09GMgAB" * 9000}")}}</style></head>
<body><nav><a href=https://example.org/>Home</a></nav><main><article><h1>Dues</h1>
<p>{SENTENCES[0]}</p><p dir=rtl lang=ar>قال الوزير: «ستبقى البحيرات مفتوحة».</p>
<p>{SENTENCES[1]}</p><img src="data:image/svg+xml,&lt;svg&gt;&lt;text&gt;drawn&lt;/text&gt;&lt;/svg&gt;" alt>
<template shadowrootmode=open><p>Inside a part of the page.</p></template>
<iframe srcdoc="&lt;p&gt;An advertisement.&lt;/p&gt;"></iframe></article></main>
<script data-template-shadow-root>(()=>{{document.currentScript.remove()}})()</script></body></html>"""


def test_a_page_saved_by_singlefile_is_read_as_the_page_it_was() -> None:
    found = read_bytes(SINGLE_FILE.encode(), "dues.html")
    assert [(kind, text) for kind, text in blocks(found) if kind != "boilerplate"] == [
        ("heading", "Dues"),
        ("paragraph", SENTENCES[0]),
        ("paragraph", "قال الوزير: «ستبقى البحيرات مفتوحة»."),
        ("paragraph", SENTENCES[1]),
    ]
    assert "base64" not in found.text
    assert "SingleFile" not in found.text
    assert found.get_stated("url") == "https://example.org/news/dues"
    assert [block.direction for block in found.blocks if "البحيرات" in block.span.of(found.text)] == ["rtl"]


def test_a_page_saved_by_singlefile_is_known_for_html_by_its_content() -> None:
    assert choose_reader(SINGLE_FILE.encode(), "page.dat").name == "html"
