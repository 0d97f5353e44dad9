"""Load the reference systems of `data/references` into typed values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from catena.lexicons.yaml_words import read_yaml
from catena.verification.citing import plain_of
from catena.verification.lexicon import ChainLexicon, Telling
from catena.verification.systems import Book, ReferenceSystem, Symbol, name_key

FILES = ("quran", "bible", "hadith", "un", "articles")
"""The systems, in the order in which they are tried on a citation."""


@cache
def load_reference_systems() -> tuple[ReferenceSystem, ...]:
    """Every bundled reference system, in the order of `FILES`. Raises `KeyError` for a field that is
    missing.
    """
    return tuple(_system(name) for name in FILES)


@cache
def _given(name: str) -> dict[str, Any]:
    given: dict[str, Any] = read_yaml(f"references/{name}.yaml")
    return given


def _system(name: str) -> ReferenceSystem:
    given = _given(name)
    books = [_book(book) for book in given.get("books", ())]
    books += [Book(work["work"], tuple(work["names"])) for work in given.get("works", ())]
    return ReferenceSystem(
        id=given["id"],
        kind=given["kind"],
        work=given["work"],
        title=given["title"],
        prefix=given.get("prefix", ""),
        books=tuple(books),
        both=tuple(_book(book) for book in given.get("both", ())),
        symbols=tuple(Symbol(**symbol) for symbol in given.get("patterns", ())),
        bare=given.get("bare", False),
        **{name: tuple(given.get(name, ())) for name in _LISTS},
    )


_LISTS = (
    "prefixes",
    "chapter_words",
    "verse_words",
    "after",
    "words",
    "alone",
    "links",
    "whole_words",
    "titles",
    "kinds",
    "parts",
    "joined",
)


def _book(given: dict[str, Any]) -> Book:
    return Book(
        name=str(given["name"]),
        names=tuple(given["names"]),
        extent=given.get("extent", 0),
        short=tuple(given.get("short", ())),
        person=given.get("person", False),
    )


@cache
def load_telling() -> tuple[Telling, ...]:
    """Work -> the phrases by which a text announces that it quotes it (`telling` in the files)."""
    found: list[Telling] = []
    for given in map(_given, FILES):
        if given.get("telling"):
            found.append((given["work"], tuple(given["telling"])))
        found += [(work["work"], tuple(work["names"])) for work in given.get("works", ())]
    return tuple(found)


@cache
def load_introducing() -> tuple[Telling, ...]:
    """Work -> the phrases that its words follow after a colon (`introducing` in the files)."""
    return tuple((given["work"], tuple(given["introducing"])) for given in map(_given, FILES) if "introducing" in given)


@cache
def load_labels() -> tuple[Telling, ...]:
    """Work -> the words that announce it right before its words only (`labels` in the files)."""
    return tuple((given["work"], tuple(given["labels"])) for given in map(_given, FILES) if "labels" in given)


@cache
def load_bracket_cues() -> tuple[Telling, ...]:
    """Work -> the words that round brackets with its words follow (`bracket_cues` in the files)."""
    return tuple(
        (given["work"], tuple(given["bracket_cues"])) for given in map(_given, FILES) if "bracket_cues" in given
    )


@cache
def load_originals() -> Mapping[str, frozenset[str]]:
    """Work -> the languages in which it was written, for works that are much translated."""
    return {given["work"]: frozenset(given["original"]) for given in map(_given, FILES) if "original" in given}


@cache
def load_honorifics() -> frozenset[str]:
    """The blessings after a name (`honorifics` in the files), in plain letters."""
    return frozenset(plain_of(text) for given in map(_given, FILES) for text in given.get("honorifics", ()))


@cache
def load_collections() -> Mapping[str, tuple[str, str]]:
    """`name_key` of every name of a collection -> (its family, its canonical name). The first name wins."""
    found: dict[str, tuple[str, str]] = {}
    for system in load_reference_systems():
        for book in system.books if system.kind == "collection" else ():
            for name in (book.name, *book.names, *book.short):
                found.setdefault(name_key(name), (system.work, book.name))
    return found


@cache
def load_chain() -> ChainLexicon:
    """The words of chains of narrators (`isnad.yaml`); the blessings are those of the other files."""
    lists = {name: tuple(plain_of(word) for word in words) for name, words in _given("isnad").items()}
    return ChainLexicon(**lists, blessings=tuple(sorted(load_honorifics())))
