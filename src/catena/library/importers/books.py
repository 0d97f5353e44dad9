"""The books of the Bible under their codes in OSIS, USFM and by number: `data/library/books.yaml`.

Standards' codes only; the names that people write are with the reference systems, and come from the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from catena.library.yaml_texts import read_texts

NUMBERED = 66  # formats agree on the numbers of these books only


@cache
def book_codes() -> Mapping[str, str]:
    """A code in upper case (`GEN`, `1SAM`, `1`) -> the OSIS code that references are written with (`Gen`, `1Sam`)."""
    source = files("catena").joinpath("data/library/books.yaml").read_text(encoding="utf-8")
    table: dict[str, str] = {}
    for number, (osis, usfm) in enumerate(read_texts(source).items(), 1):
        for code in (osis, usfm, *((number,) if number <= NUMBERED else ())):
            table.setdefault(str(code).upper(), str(osis))
    return table


def osis_code(code: str) -> str | None:
    """The OSIS code of a book given by any of its codes, or `None`.

    >>> osis_code("PSA"), osis_code("ps"), osis_code("19"), osis_code("LAKES")
    ('Ps', 'Ps', 'Ps', None)
    """
    return book_codes().get(code.strip().upper())
