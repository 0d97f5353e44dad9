"""Load genres, labels and letterhead words: `data/anatomy/layout.yaml` into a `LayoutLexicon`."""

from __future__ import annotations

from functools import cache

from catena.anatomy.lexicon import LayoutLexicon
from catena.anatomy.scan import bare, plain
from catena.lexicons.dates import load_dates, read_anatomy


@cache
def load_layout() -> LayoutLexicon:
    """The layout lexicon of every language, with the month names it needs. Cached."""
    raw = read_anatomy("layout")
    lists = {
        key: tuple(bare(str(word)) for word in raw[key])
        for key in (
            "genre_links",
            "genre_openers",
            "genre_stops",
            "issued_by",
            "subject_links",
            "publisher_labels",
            "offices",
            "bodies",
            "states",
            "issue_words",
            "periodicals",
            "name_cuts",
            "name_links",
            "not_first",
            "not_inside",
            "translated",
            "translated_from",
            "author",
            "reference",
            "date_labels",
            "addressee",
            "closings",
            "links",
            "vocatives",
            "callers",
            "addressees",
            "roles",
        )
    }
    return LayoutLexicon(
        genres=tuple((bare(form), genre) for genre, forms in raw["genres"].items() for form in forms),
        labels=tuple((bare(form), label) for label, forms in raw["labels"].items() for form in forms),
        ordinals=tuple((bare(form), number) for form, number in raw["ordinals"].items()),
        invocations=tuple(plain(bare(form)) for form in raw["invocations"]),
        languages=tuple((bare(form), code) for code, forms in raw["languages"].items() for form in forms),
        dates=load_dates(),
        **lists,
    )
