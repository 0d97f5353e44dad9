"""The names of books as reference works print them -> the names that references are written with.

The lists are those of the reference systems (`data/references`): what a statement may call a book, an edition may too.
"""

from __future__ import annotations

from functools import cache

from catena.lexicons.references import load_reference_systems
from catena.verification.systems import ReferenceSystem, name_key


@cache
def _systems() -> dict[str, ReferenceSystem]:
    return {system.work: system for system in load_reference_systems() if system.books}


def book_name(work: str, name: str) -> str | None:
    """What references call the book `name` of `work`, or `None` for a name that the lists do not have.

    >>> book_name("bible", "Song of Solomon"), book_name("hadith", "bukhari"), book_name("bible", "Lakes")
    ('Song', 'Sahih al-Bukhari', None)
    """
    system = _systems().get(work)
    book = system.by_key.get(name_key(name)) if system and name.strip() else None
    return book.name if book else None
