"""`catena library get`: a text of the catalogue, its licence accepted, its hash known or accepted and pinned."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from catena.library.adding import Said, add_edition
from catena.library.catalogue import Entry
from catena.library.download import Patience, download
from catena.library.folders import cache_folder
from catena.library.importers import ImportOptions, ReadDocument, parse_map, parse_only, written_options
from catena.library.model import Edition, LibraryError
from catena.library.references import BookName

PINS = "pins.json"


@dataclass(frozen=True, slots=True)
class Trust:
    """How the hash of a file is settled that the catalogue does not know: by `accept`ing it, or the `first` seen."""

    accept: str = ""
    first: bool = False


def get_edition(
    folder: Path,
    entry: Entry,
    *,
    trust: Trust | None = None,
    patience: Patience | None = None,
    book_name: BookName | None = None,
    read_document: ReadDocument | None = None,
) -> Edition:
    """Fetch the text of `entry` from its publisher and add it to the library in `folder`.

    The caller has shown the licence. Raises `LibraryError` when it cannot be fetched, when its hash is another than
    the catalogue's or the pinned one, or when it is known to neither and not accepted; the library is then as before.
    """
    downloads = cache_folder() / "downloads"
    place = downloads / f"{entry.name}-{hashlib.sha256(entry.url.encode()).hexdigest()[:12]}"
    sha256 = download(entry.url, place, max_bytes=entry.max_bytes, patience=patience)
    try:
        _check(folder, entry, sha256, trust or Trust())
        edition = _add(folder, entry, place, book_name, read_document)
    finally:
        if place.is_file():
            place.unlink()
    _pin(folder, entry, sha256)
    return edition


def read_pins(folder: Path) -> dict[str, dict[str, str]]:
    """Name in the catalogue -> `url` and `sha256` of what was accepted into this library before."""
    path = folder / PINS
    if not path.is_file():
        return {}
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): {"url": str(pin["url"]), "sha256": str(pin["sha256"])} for name, pin in said.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise LibraryError(f"{path} cannot be read ({error}); repair it, or remove it to accept hashes anew") from error


def _check(folder: Path, entry: Entry, sha256: str, trust: Trust) -> None:
    accept = trust.accept.strip().lower()
    if accept and accept != sha256:
        raise LibraryError(f"{entry.url} has the SHA-256 {sha256}, not the accepted {accept}; nothing was added")
    if entry.sha256 and not accept:
        if sha256 != entry.sha256:
            raise LibraryError(
                f"{entry.url} has the SHA-256 {sha256} instead of {entry.sha256}: it is another file than the "
                f"catalogue knows; nothing was added. Next: compare it with the publisher's, then --accept {sha256}."
            )
        return
    pinned = read_pins(folder).get(entry.name, {})
    known = pinned.get("sha256") if pinned.get("url") == entry.url else None
    if accept or sha256 == known or (known is None and trust.first):
        return
    if known is not None:
        why = f"another than was accepted before ({known}): the publisher changed the file"
    else:
        why = f"which nobody has accepted yet ({entry.sha256_rule or 'no hash is known'})"
    raise LibraryError(
        f"{entry.url} has the SHA-256 {sha256}, {why}; nothing was added. Next: compare it with a copy you trust, "
        f"then --accept {sha256}" + ("" if known else ", or --trust-first") + "."
    )


def _add(
    folder: Path, entry: Entry, place: Path, book_name: BookName | None, read_document: ReadDocument | None
) -> Edition:
    said = Said(
        work=entry.work, title=entry.title, language=entry.language, script=entry.script, reading=entry.reading,
        licence=f"{entry.licence} ({entry.licence_url})", url=entry.url, names=entry.names, numbering=entry.numbering,
        notice=f"{entry.title}. {entry.publisher}, {entry.url}\nLicence: {entry.licence} ({entry.licence_url})",
    )  # fmt: skip
    with tempfile.TemporaryDirectory(dir=place.parent) as named:
        file = Path(named) / (entry.url.partition("?")[0].rstrip("/").rpartition("/")[2] or entry.name)
        place.rename(file)
        return add_edition(
            folder, entry.edition, file, importer=entry.format, said=said, book_name=book_name,
            options=_options(entry, read_document),
        )  # fmt: skip


def _options(entry: Entry, read_document: ReadDocument | None) -> ImportOptions:
    said = dict(entry.options)
    fields = parse_map([said["map"]]) if "map" in said else ()
    return written_options(said, fields, parse_only([said["only"]]) if "only" in said else (), read_document)


def _pin(folder: Path, entry: Entry, sha256: str) -> None:
    pins = {**read_pins(folder), entry.name: {"url": entry.url, "sha256": sha256}}
    draft = folder / f".{PINS}.part"
    draft.write_text(json.dumps(pins, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(folder / PINS)
