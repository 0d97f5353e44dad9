"""References as files print them -> canonical ones, as citations are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from catena.library.model import Imported, LibraryError, Passage
from catena.library.numbering import NumberingTable
from catena.verification.library_view import parent_of

BookName = Callable[[str, str], str | None]
"""Work and a printed name (`bible`, `Song of Solomon`) -> the name that references are written with, or `None`."""

VERSE_WORKS = frozenset(("bible", "quran", "hadith"))
"""Works that are cited by their books' names, never by their own."""

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_NAMED = re.compile(r"(.*[^\W\d_][^\d\s]*)[\s.]+(\d.*)")


def canonical_reference(work: str, printed: str) -> str:
    """The reference of a passage as citations are written: `Q 51:55`, `Lake Charter 7(2)`; those of the Bible and of
    hadith stay as printed, their books' names are settled by `canonical_passages`.

    >>> canonical_reference("quran", "51:55"), canonical_reference("Lake Charter", "Art. 7 (2)")
    ('Q 51:55', 'Lake Charter 7(2)')
    """
    if work in ("bible", "hadith"):
        return printed
    prefix = "Q" if work == "quran" else work
    if printed.startswith(f"{prefix} "):
        return printed
    locus = printed.translate(_DIGITS)
    found = re.search(r"\d", locus)
    locus = re.sub(r"\s+(?=\()", "", locus[found.start() :] if found else locus).strip()
    return f"{prefix} {locus}"


def canonical_passages(
    work: str,
    imported: Imported,
    *,
    book_name: BookName | None = None,
    numberings: Sequence[NumberingTable] = (),
) -> tuple[Passage, ...]:
    """The passages of an import with canonical references, what the file printed as `local`, and their parents.

    `book_name` settles the names of books (`Song of Solomon 1:1` is `Song 1:1`). `numberings` are applied in order.
    Raises `LibraryError` that names both places when two passages would have one reference.
    """
    passages = imported.passages
    found = (
        [one.reference for one in passages]
        if imported.canonical
        else _told_apart(work, [one.reference for one in passages], book_name)
    )
    for table in numberings:
        found = table.apply(found, [one.reference for one in passages], work, canonical_reference)
    _check_once(passages, found)
    return tuple(
        replace(
            one,
            reference=reference,
            local=tuple(dict.fromkeys(each for each in (one.reference, *one.local) if each and each != reference)),
            parent=one.parent or parent_of(reference),
        )
        for one, reference in zip(passages, found, strict=True)
    )


def find_passage(passages: Sequence[Passage], reference: str) -> Passage | None:
    """The passage called `reference`, canonically or as the file prints it; `None` when there is none."""
    canonical = next((one for one in passages if one.reference == reference), None)
    return canonical or next((one for one in passages if reference in one.local), None)


def _told_apart(work: str, printed: Sequence[str], book_name: BookName | None) -> list[str]:
    """Canonical references; where two would be the same (`Art. 1` and `Rule 1`), both keep their words."""
    found = [_with_book(work, canonical_reference(work, one), book_name) for one in printed]
    if work in VERSE_WORKS:
        return found
    many = Counter(found)
    return [
        reference if many[reference] == 1 else f"{work} {one}" for reference, one in zip(found, printed, strict=True)
    ]


def _with_book(work: str, reference: str, book_name: BookName | None) -> str:
    if book_name is None or work not in ("bible", "hadith"):
        return reference
    named = _NAMED.fullmatch(reference.translate(_DIGITS))
    book = book_name(work, named[1].strip()) if named else None
    return f"{book} {named[2].strip()}" if named and book else reference


def _next_step(place: str, other: str) -> str:
    """In one file a reference is given twice by mistake; in two files of an archive, both are most often one text."""
    file, file_before = (where.rpartition(", line ")[0] for where in (place, other))
    if file == file_before:
        return "give every passage a reference of its own, or add a numbering table"
    return f"leave one of the files out, such as with --members '!{file}'"


def _check_once(passages: Sequence[Passage], found: Sequence[str]) -> None:
    seen: dict[str, Passage] = {}
    for one, reference in zip(passages, found, strict=True):
        if reference in seen:
            first = seen[reference]
            reason = f"{one.reference} is {reference}, and so is {first.reference} in {first.place}"
            if {one.reference, first.reference} == {reference}:
                reason = f"{reference} is there already, in {first.place}"
            step = _next_step(one.place, first.place)
            raise LibraryError(f"{one.place}: {reason}; nothing was added. Next: {step}.")
        seen[reference] = one
