"""The gold file: what a careful reader marks in the examples, as frozen entries."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentGold:
    """The marks on one document; `name` is its file name. Fields as explained at the head of `examples/gold.yaml`."""

    name: str
    layout: Entry
    sections: tuple[str, ...]
    quotations: tuple[Entry, ...]
    indirect: tuple[Entry, ...]
    verifications: tuple[Entry, ...]
    citations: tuple[Entry, ...]
    dates: tuple[Entry, ...]
    figures: tuple[Entry, ...]
    names: tuple[str, ...]
    problems: tuple[str, ...]
    times: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """All marks: by document, shared passages between documents, and the spellings of one person."""

    documents: tuple[DocumentGold, ...]
    reuse: tuple[Entry, ...]
    people: tuple[tuple[str, ...], ...]


def load_gold(folder: Path = EXAMPLES) -> Gold:
    """The gold of `folder`. Raises `ValueError` when it names a document that is not there, or leaves one out."""
    raw = yaml.safe_load((folder / "gold.yaml").read_text(encoding="utf-8"))
    named, there = set(raw["documents"]), {path.name for path in (folder / "statements").iterdir()}
    if named != there:
        raise ValueError(f"gold.yaml and statements/ differ: {', '.join(sorted(named ^ there))}; mark or remove them")
    documents = tuple(_document(name, marks) for name, marks in raw["documents"].items())
    return Gold(documents, tuple(raw["reuse"]), tuple(tuple(group) for group in raw["people"]))


def _document(name: str, marks: Entry) -> DocumentGold:
    return DocumentGold(
        name=name,
        layout=marks.get("layout", {}),
        **{
            field: tuple(marks.get(field, ()))
            for field in (
                "sections", "quotations", "indirect", "verifications", "citations", "dates", "times", "figures",
                "names", "problems",
            )
        },
    )  # fmt: skip


def fingerprint(folder: Path = EXAMPLES) -> str:
    """SHA-256 over gold, statements and library, in order of their paths."""
    digest = hashlib.sha256()
    paths = [folder / "gold.yaml", *(folder / "statements").rglob("*"), *(folder / "library").rglob("*")]
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
