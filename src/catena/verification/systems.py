"""How works are cited: reference systems as values, and the keys by which printed names are looked up.

Vocabulary: a *system* is one manner of citing (suras and verses, collections, document symbols, articles); a
*book* is what a name stands for (a sura, a Bible book, a collection, a charter); its *extent* is how many
verses (sura) or chapters (Bible) it has, 0 for unknown. The lists are YAML in `data/references`, loaded by
`catena.lexicons`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from catena.verification.library_view import LoadedLibrary
from catena.verification.spelling import is_arabic, letters_of

KINDS = ("verses", "collection", "documents", "articles")

_ARTICLE = re.compile(r"^(?:al|an|ar|as|ash|at|ath|ad|adh|az|el)[\s'’-]+(?=\w{2})")
_ALEFS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": ""})


@dataclass(frozen=True, slots=True)
class Book:
    """One citable unit. `names` are citations wherever they stand; `short` only beside a number or a word of
    telling.

    `name` is canonical: a sura's number, an OSIS abbreviation, a collection's full name. `person` marks a
    name that is also a person's or an ordinary word.
    """

    name: str
    names: tuple[str, ...]
    extent: int = 0
    short: tuple[str, ...] = ()
    person: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document symbol: a regular expression and how its named groups are written canonically."""

    pattern: str
    canonical: str


@dataclass(frozen=True)
class ReferenceSystem:
    """One manner of citing. Which fields are used depends on `kind`, one of `KINDS`.

    `prefix` starts a canonical reference (`Q` in `Q 51:55`). `prefixes` stand before a bare number pair;
    `chapter_words` before a name, of which `whole_words` cite a chapter without a number too; `words` before an
    article's number, of which `alone` need no named work. Collections: `after` tells, `titles` stand before a name;
    `kinds`, `parts` and `joined` follow it (`in his Sahih`, `Book of Faith`, `and`).
    """

    id: str
    kind: str
    work: str
    title: str
    prefix: str = ""
    books: tuple[Book, ...] = ()
    both: tuple[Book, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    prefixes: tuple[str, ...] = ()
    chapter_words: tuple[str, ...] = ()
    verse_words: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    whole_words: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    bare: bool = False

    @cached_property
    def by_key(self) -> Mapping[str, Book]:
        """`name_key` of every name -> its book; the first book wins."""
        found: dict[str, Book] = {}
        for book in self.books:
            for name in (*book.names, *book.short):
                found.setdefault(name_key(name), book)
        return found


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The key of a printed name: article, hyphens, apostrophes, accents and doubled letters folded.

    >>> name_key("An-Nisaa") == name_key("al Nisa’"), name_key("Ya-Seen") == name_key("Yasin")
    (True, True)
    """
    if is_arabic(name):
        return "".join(letters_of(part).translate(_ALEFS) for part in name.split())
    flat = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    bare = _ARTICLE.sub("", flat.casefold().strip())
    bare = re.sub(r"[^a-z0-9]", "", bare)
    for long, short in (("ee", "i"), ("oo", "u"), ("ou", "u")):
        bare = bare.replace(long, short)
    bare = re.sub(r"([a-z])\1+", r"\1", bare)
    return bare[:-1] if len(bare) > 3 and bare.endswith("ah") else bare


def work_systems(library: LoadedLibrary) -> tuple[ReferenceSystem, ...]:
    """How the editions of `library` are cited: by their titles and the names their manifests give them.

    Add these to the systems of `catena.lexicons.load_reference_systems` before `find_citations`.
    """
    books: dict[str, list[str]] = {}
    for loaded in library.editions:
        edition = loaded.edition
        if edition.kind != "numbered-verses":
            books.setdefault(edition.work, []).extend((edition.title, edition.work, *edition.names))
    if not books:
        return ()
    found = tuple(Book(work, tuple(dict.fromkeys(names))) for work, names in books.items())
    return (ReferenceSystem("library", "articles", "", "Works of the library", books=found),)
