"""A project for keeping: BagIt and RO-Crate, each a zip with the texts, the findings and what describes them.

The same project gives the same bytes for the same `made`. Members are written as they come: one in memory at a time.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import quote

from catena.version import __version__

_FIRST = (1980, 1, 1, 0, 0, 0)
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
PROFILE = "https://w3id.org/ro/crate/1.1"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive: `path` with `/` and below no other folder's, what it is, and its bytes."""

    path: str
    media_type: str
    title: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Description:
    """What the archive says of itself. `made` is a day, ISO 8601."""

    name: str
    made: str
    about: str
    libraries: tuple[str, ...] = ()


def write_bagit(about: Description, members: Iterable[Member], out: BinaryIO) -> int:
    """Write a bag (RFC 8493) as a zip with one folder; returns how many files it carries."""
    root = _safe(about.name)
    sums: list[str] = []
    size = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            path = f"data/{member.path}"
            _add(archive, f"{root}/{path}", member.data)
            sums.append(f"{hashlib.sha256(member.data).hexdigest()}  {_escape(path)}\n")
            size += len(member.data)
        info = {
            "Bag-Software-Agent": f"catena {__version__}",
            "Bagging-Date": about.made,
            "External-Description": about.about,
            "Payload-Oxum": f"{size}.{len(sums)}",
        }
        tags = {
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": "".join(f"{name}: {' '.join(value.split())}\n" for name, value in info.items()),
            "manifest-sha256.txt": "".join(sums),
        }
        for name, text in tags.items():
            _add(archive, f"{root}/{name}", text.encode())
        manifest = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in tags.items())
        _add(archive, f"{root}/tagmanifest-sha256.txt", manifest.encode())
    return len(sums)


def write_rocrate(about: Description, members: Iterable[Member], out: BinaryIO) -> int:
    """Write an RO-Crate 1.1 as a zip; returns how many files it carries."""
    files: list[dict[str, Any]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            _add(archive, member.path, member.data)
            files.append(
                {
                    "@id": quote(member.path),
                    "@type": "File",
                    "name": member.title,
                    "encodingFormat": member.media_type,
                    "contentSize": str(len(member.data)),
                    "sha256": hashlib.sha256(member.data).hexdigest(),
                }
            )
        graph = _describe(about, files)
        written = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)
        _add(archive, "ro-crate-metadata.json", written.encode())
    return len(files)


def _describe(about: Description, files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    parts = [{"@id": file["@id"]} for file in files]
    made_by = {"@id": "#catena", "@type": "SoftwareApplication", "name": "catena", "version": __version__}
    action = {
        "@id": "#made",
        "@type": "CreateAction",
        "name": "read and analysed",
        "instrument": {"@id": "#catena"},
        "result": parts,
        **({"description": "compared with " + "; ".join(about.libraries)} if about.libraries else {}),
    }
    return [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": PROFILE},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": about.name,
            "description": about.about,
            "datePublished": about.made,
            "hasPart": parts,
            "mentions": [{"@id": "#made"}],
        },
        made_by,
        action,
        *files,
    ]


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    facts = zipfile.ZipInfo(name, _FIRST)
    facts.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(facts, data)


def _safe(name: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name).strip("-")
    return kept[:80] or "project"


def _escape(path: str) -> str:
    """A path as a manifest writes it (RFC 8493, 2.1.3)."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


ARCHIVES = {"bagit": write_bagit, "ro-crate": write_rocrate}
"""Archives by the name that `catena export` takes."""
