"""The catalogue of texts that can be fetched from their publishers: `data/library/catalogue.yaml`, or one's own.

An entry names the text, its publisher and address, the licence with its own address, the SHA-256 of the file, and how
the file is imported. Where the publisher changes the file in place, `sha256` is null with the reason in `sha256_rule`:
then the hash that was seen is shown, and whoever fetches it accepts it once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from catena.library.model import LibraryError
from catena.library.yaml_texts import EMPTY, YAMLError, read_texts

MAX_BYTES = 100_000_000
_NEEDED = ("title", "work", "language", "publisher", "url", "licence", "licence_url", "format")
_KNOWN = (
    *_NEEDED,
    "sha256",
    "sha256_rule",
    "script",
    "reading",
    "names",
    "numbering",
    "options",
    "max_bytes",
    "edition",
)
_LISTS = ("names", "numbering")
_LOCAL = ("127.0.0.1", "localhost", "::1")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the catalogue. `name` is what `catena library get` takes, `edition` what it is called when added."""

    name: str
    edition: str
    title: str
    work: str
    language: str
    publisher: str
    url: str
    licence: str
    licence_url: str
    format: str
    sha256: str = ""
    sha256_rule: str = ""
    script: str = ""
    reading: str = ""
    names: tuple[str, ...] = ()
    numbering: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    max_bytes: int = MAX_BYTES


def load_catalogue(path: Path | None = None) -> dict[str, Entry]:
    """Every entry by name, in order: the catalogue that comes with the program, or the one at `path`.

    Raises `LibraryError` that lists everything wrong with it.
    """
    try:
        source = path.read_text(encoding="utf-8") if path else _shipped()
        said: Any = read_texts(source)
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise LibraryError(f"the catalogue {path} cannot be read: {error}") from error
    if not isinstance(said, dict):
        raise LibraryError(f"the catalogue {path} holds no entries; write: name: {{title: …, url: …}}")
    said = {name: _filled(fields) for name, fields in said.items()}
    problems = [problem for name, fields in said.items() for problem in _problems(name, fields)]
    if problems:
        raise LibraryError(f"the catalogue {path or ''} is not in order:\n" + "\n".join(problems))
    return {name: _entry(name, fields) for name, fields in said.items()}


def is_allowed_address(url: str) -> bool:
    """True for https, and for plain http on this machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL))


def _shipped() -> str:
    return files("catena").joinpath("data/library/catalogue.yaml").read_text(encoding="utf-8")


def _filled(fields: Any) -> Any:
    """The fields that have a value; anything but a mapping as it is."""
    if not isinstance(fields, dict):
        return fields
    return {name: value for name, value in fields.items() if not isinstance(value, str) or value not in EMPTY}


def _problems(name: str, fields: Any) -> list[str]:
    if not isinstance(fields, dict):
        return [f"{name}: no fields"]
    found = [f"{name}: {field} is missing" for field in _NEEDED if not fields.get(field)]
    found += [f"{name}: {field} is no field; there are: {', '.join(_KNOWN)}" for field in fields if field not in _KNOWN]
    for field in ("url", "licence_url"):
        if fields.get(field) and not is_allowed_address(str(fields[field])):
            found.append(f"{name}: {field} {fields[field]} is not https")
    sha256 = fields.get("sha256")
    if sha256 and not _HASH.fullmatch(str(sha256)):
        found.append(f"{name}: sha256 {sha256} is not 64 digits of 0-9 and a-f")
    found += [f"{name}: {field} is no list" for field in _LISTS if not isinstance(fields.get(field, []), list)]
    if not isinstance(fields.get("options", {}), dict):
        found.append(f"{name}: options are no names with values")
    if not str(fields.get("max_bytes", "1")).isdecimal():
        found.append(f"{name}: max_bytes {fields['max_bytes']} is no number of bytes")
    if not sha256 and not fields.get("sha256_rule"):
        found.append(f"{name}: without a sha256 it needs a sha256_rule that says why")
    return found


def _entry(name: str, fields: dict[str, Any]) -> Entry:
    said = {field: value for field, value in fields.items() if isinstance(value, str) and field != "max_bytes"}
    return Entry(
        **{"name": name, "edition": str(fields["title"]), **said},
        names=tuple(map(str, fields.get("names", ()))),
        numbering=tuple(map(str, fields.get("numbering", ()))),
        options=tuple((str(key), str(value)) for key, value in fields.get("options", {}).items()),
        max_bytes=int(fields.get("max_bytes", MAX_BYTES)),
    )
