"""Adding an edition: unpack, import, number, write. A change is whole or does not happen."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from catena.library.importers import IMPORTERS, ImportOptions, guess_importer
from catena.library.importers.usfm import is_peripheral
from catena.library.model import Edition, Imported, LibraryError
from catena.library.numbering import load_numbering
from catena.library.packing import pack_folder, unpack
from catena.library.passages import write_passages
from catena.library.references import VERSE_WORKS, BookName, canonical_passages
from catena.library.script import script_of
from catena.library.shelf import PASSAGES, SOURCE, manifest_text, slug

_SAVED = ("only", "skip_empty", "encoding", "heading", "leave_out", "level", "members")


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of an edition; empty where the file says it, or where it stays unknown.

    `names` are other names by which statements cite the work; `notice` is put before the file's own; `numbering` are
    tables that lead from the file's references to canonical ones, by name or path, in order.
    """

    work: str = ""
    title: str = ""
    language: str = ""
    script: str = ""
    reading: str = ""
    licence: str = ""
    url: str = ""
    notice: str = ""
    names: tuple[str, ...] = ()
    numbering: tuple[str, ...] = ()


def add_edition(
    folder: Path,
    name: str,
    file: Path,
    *,
    language: str = "",
    importer: str | None = None,
    work: str = "",
    names: Sequence[str] = (),
    notice: str = "",
    said: Said | None = None,
    options: ImportOptions | None = None,
    book_name: BookName | None = None,
) -> Edition:
    """Add `file` (a file, an archive or a folder) to the library in `folder` as the edition `name`.

    Returns its manifest. `importer` is a key of `IMPORTERS`, told from the file when not given. `language`, `work`,
    `names` and `notice` are short for the same fields of `said`. `book_name` settles the names of books. Raises
    `LibraryError` with file, line, reason and next step; the library is then as before.
    """
    about = said or Said()
    about = replace(
        about, language=language or about.language, work=work or about.work, names=(*about.names, *names),
        notice="\n\n".join(part for part in (notice, about.notice) if part),
    )  # fmt: skip
    place = _free_place(folder, name)
    data = pack_folder(file) if file.is_dir() else _read(file)
    given = options or ImportOptions()
    chosen, imported = import_bytes(data, file.name, importer=importer, options=given)
    edition, passages, files = _edition(name, file.name, chosen, imported, about, given, book_name)
    edition = replace(edition, sha256=hashlib.sha256(data).hexdigest())
    _place(folder, place, edition, {SOURCE: data, PASSAGES: passages, **files})
    return replace(edition, path=str(place / SOURCE))


def import_bytes(
    data: bytes, name: str, *, importer: str | None = None, options: ImportOptions | None = None
) -> tuple[str, Imported]:
    """The format of `data`, told from its first member when not given, and what it holds, members joined in order."""
    given = options or ImportOptions()
    members = unpack(data, name, given.members)
    chosen = importer or guess_importer(members[0][1], members[0][0])
    if chosen not in IMPORTERS:
        raise LibraryError(f"format {chosen!r} is unknown; known are: {', '.join(IMPORTERS)}")
    _check_taken(chosen, given)
    texts = [member for member in members if chosen != "usfm" or len(members) == 1 or not is_peripheral(member[1])]
    joined = _joined([IMPORTERS[chosen].read(inside, called, given) for called, inside in texts or members])
    if len(texts) < len(members):
        counts = (*joined.left_out, ("files of front and back matter", len(members) - len(texts)))
        joined = replace(joined, left_out=tuple(sorted(counts)))
    return chosen, joined


def _check_taken(chosen: str, options: ImportOptions) -> None:
    """Raises `LibraryError` for an option that the format does not heed: ignoring it would hide a mistake."""
    takes = IMPORTERS[chosen].takes
    default = ImportOptions()
    for option in ("fields", "only", "skip_empty", "encoding", "heading", "leave_out", "level"):
        if option not in takes and getattr(options, option) != getattr(default, option):
            flag = {"fields": "map"}.get(option, option).replace("_", "-")
            raise LibraryError(
                f"the format {chosen} takes no --{flag}; nothing was added. Next: name another --format."
            )


def _joined(parts: Sequence[Imported]) -> Imported:
    """Several files as one: titles differ from file to file and are dropped, the rest is the first that says it."""
    first = parts[0]
    if len(parts) == 1:
        return first
    left_out: Counter[str] = Counter()
    for part in parts:
        left_out.update(dict(part.left_out))
    return replace(
        first,
        passages=tuple(passage for part in parts for passage in part.passages),
        notice=next((part.notice for part in parts if part.notice), ""),
        work=next((part.work for part in parts if part.work), ""),
        language=next((part.language for part in parts if part.language), ""),
        title="",
        chapters=tuple(pair for part in parts for pair in part.chapters),
        left_out=tuple(sorted(left_out.items())),
    )


def _edition(
    name: str, file: str, chosen: str, imported: Imported, about: Said, options: ImportOptions,
    book_name: BookName | None,
) -> tuple[Edition, bytes, dict[str, bytes]]:  # fmt: skip
    work = about.work or imported.work or name
    language = about.language or imported.language
    if not language:
        raise LibraryError(f"{file} does not say its language; nothing was added. Next: give --language, such as en.")
    tables = [load_numbering(given) for given in about.numbering]
    found = canonical_passages(work, imported, book_name=book_name, numberings=tables)
    passages = write_passages(found)
    files = {
        f"numbering-{number}.tsv": "".join(f"{local}\t{canonical}\n" for local, canonical in table.rows).encode()
        for number, table in enumerate(tables, 1)
    }
    edition = Edition(
        name=name, work=work, language=language, importer=chosen,
        kind="numbered-verses" if work in VERSE_WORKS else imported.kind,
        passages=len(found), sha256="", source=file,
        notice="\n\n".join(part for part in (about.notice, imported.notice) if part), names=about.names,
        title=about.title or imported.title, script=about.script or script_of(one.text for one in found),
        reading=about.reading, licence=about.licence, url=about.url, chapters=imported.chapters,
        numbering=tuple(table.name for table in tables), options=_saved(options), left_out=imported.left_out,
        files=tuple((each, hashlib.sha256(data).hexdigest()) for each, data in ((PASSAGES, passages), *files.items())),
    )  # fmt: skip
    return edition, passages, files


def _saved(options: ImportOptions) -> tuple[tuple[str, str], ...]:
    """The options that are not the default, as text, for the manifest."""
    default = ImportOptions()
    found = [(f"map {target}", template) for target, template in options.fields]
    for name in _SAVED:
        value = getattr(options, name)
        if value != getattr(default, name):
            text = ", ".join("=".join(pair) for pair in value) if isinstance(value, tuple) else str(value)
            found.append((name, text))
    return tuple(found)


def _free_place(folder: Path, name: str) -> Path:
    if not name.strip() or not slug(name):
        raise LibraryError(f"{name!r} is no name for an edition; give it letters or digits")
    place = folder / slug(name)
    if place.exists():
        raise LibraryError(f"{name!r} is in the library already; remove it first: catena library remove {name!r}")
    return place


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise LibraryError(f"{file} cannot be read: {error.strerror}; check the path and its permissions") from error


def _place(folder: Path, place: Path, edition: Edition, files: Mapping[str, bytes]) -> None:
    """Write the edition under a temporary name and rename it: a run that is killed leaves nothing that is read."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=folder) as temporary:
            draft = Path(temporary) / "edition"
            draft.mkdir()
            for name, data in files.items():
                (draft / name).write_bytes(data)
            (draft / "manifest.json").write_text(manifest_text(edition), encoding="utf-8")
            draft.rename(place)
    except OSError as error:
        raise LibraryError(f"{folder} cannot be written: {error.strerror}; nothing was added") from error
