"""What extractors lose of one saved page: joiners, marks, repeats, list numbers, cells, notes.

The page is ours: an article in Arabic, Persian and English between a menu and a footer. Every kind of sign is counted
in what a browser shows of the article and in what comes out; a sign that is not there is lost. Runs of white space are
one space; where an element that the browser sets on its own line begins or ends, a line end is as good as a space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from benchmarks.reading_html import EXTRACTORS
from benchmarks.reading_table import Given, missing, show, version

NOTE = "The dues stay as they are until the council has met."
ARTICLE = f"""<article><h1>بيان صحفي: رسوم الميناء</h1><p>20 رجب 1436هـ</p>
<p>بِسْمِ اللَّهِ الرَّحْمَٰنِ الرَّحِيمِ</p>
<p>قال تعالى: ﴿<span style="color:green">لِمِثْلِ هَٰذَا</span> <b>فَلْيَعْمَلِ</b> الْعَامِلُونَ﴾ [الصافات: 61].</p>
<p>The council answers with the verse ﴿لِمِثْلِ هَٰذَا فَلْيَعْمَلِ الْعَامِلُونَ﴾ and calls the list «public».</p>
<p>می‌خواهیم نامه‌ها را بخوانیم و&nbsp;آن‌ها را در بندر نگه‌داریم، زیرا&#x200F; هیچ‌کس آن‌ها را ندیده است.</p>
<p>Port&#x200E; Amsel, 12&nbsp;km from the lake:<br>the second line<br/>and a third<sup>1</sup> of C<sub>2</sub>.</p>
<blockquote><p>No member may divert a river without the consent of the council, said the chair.</p></blockquote>
<ol><li>The lakes stay open to every member of the league.</li><li>The dues are published every spring.</li></ol>
<ol start="7"><li>The seventh point was left to the next meeting.</li><li>The eighth point was withdrawn.</li></ol>
<table><tr><th>Harbour</th><th>Boats</th></tr><tr><td>Sorin</td><td>25</td></tr><tr><td>Merrow</td><td>104</td></tr></table>
<p>{NOTE}</p><p>{NOTE}</p><p>{NOTE}</p>
<p>in<b>si</b>de a <i>wo</i>rd and <a href="/minutes">a link</a>.</p>
<p>ﻻ ﺣﻮﻝ ﷲ ﷺ</p>
<p style="text-align:center"><strong>The Office of the Council</strong><br>Sorin</p>
<aside class="footnotes"><p id="n1"><small>[1] Counted in the spring.</small></p></aside>
<p class="footnote"><small>[2] Translated from Arabic.</small></p></article>"""
PAGE = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>رسوم الميناء | المجلس</title>
<style>p {{ margin: 1em }}</style></head><body><nav><ul><li><a href="/">الرئيسية</a></li></ul></nav>
{ARTICLE}<p style="display:none">HIDDEN</p><script>var words = "SCRIPT";</script>
<footer>© 2015 all rights reserved</footer></body></html>"""
_TAG = re.compile("<[^>]*>")
_MARK = re.compile("[\u064b-\u065f\u0670\u06d6-\u06ed]")
_TITLE, _HARAKAT = "رسوم الميناء", "لِمِثْلِ هَٰذَا فَلْيَعْمَلِ الْعَامِلُونَ"


def _number(sign: str) -> Callable[[str], int]:
    return lambda text: text.count(sign)


def _each(*words: str) -> Callable[[str], int]:
    return lambda text: sum(word in text for word in words)


KINDS: dict[str, tuple[int, Callable[[str], int]]] = {
    "joiners": (ARTICLE.count("\u200c"), _number("\u200c")),
    "direction marks": (2, lambda text: text.count("\u200e") + text.count("\u200f")),
    "fixed spaces": (2, _number("\u00a0")),
    "marks": (len(_MARK.findall(_TAG.sub("", ARTICLE))), lambda text: len(_MARK.findall(text))),
    "verses whole": (2, _number(f"﴿{_HARAKAT}﴾")),
    "repeats": (3, _number(NOTE)),
    "list numbers": (4, _each("1. The lakes", "2. The dues", "7. The seventh", "8. The eighth")),
    "cells": (6, _each("Harbour", "Boats", "Sorin", "25", "Merrow", "104")),
    "notes": (2, _each("[1] Counted in the spring.", "[2] Translated from Arabic.")),
    "words whole": (2, _each("inside a word", "a link.")),
    "letter forms": (4, _each("ﻻ", "ﺣﻮﻝ", "ﷲ", "ﷺ")),
    "line breaks": (2, _each("lake:\nthe second line\nand a third", "The Office of the Council\nSorin")),
    "heading, date, quotation": (3, _each(_TITLE, "20 رجب 1436هـ", "No member may divert")),
}
"""What is counted: how often it stands in the article, and how it is counted in a text."""


def count_lost(text: str) -> dict[str, int]:
    """How much of each kind is not in `text`. None of it more than once: what is there too often is not lost."""
    text = re.sub("[ \t]*\n[ \t]*", "\n", text)
    return {kind: max(0, wanted - count(text)) for kind, (wanted, count) in KINDS.items()}


def run(given: Given) -> None:
    """One table: signs lost, by extractor."""
    head = ("lost of", *(f"{kind} ({wanted})" for kind, (wanted, _) in KINDS.items()), "hidden words shown")
    show(head, _rows(peers=given.peers))


def _rows(*, peers: bool) -> Iterator[list[str]]:
    for name, (extract, package) in EXTRACTORS.items():
        if not peers and package != "catena":
            continue
        if not version(package):
            yield missing(name, len(KINDS) + 2)
            continue
        text = extract(PAGE.encode())
        hidden = sum(word in text for word in ("HIDDEN", "SCRIPT"))
        yield [f"{name} {version(package)}", *map(str, count_lost(text).values()), str(hidden)]
