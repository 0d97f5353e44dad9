"""The comparison of a project's documents after a change: what is new is compared with all, the rest is remembered.

Steps: what documents share; then their dating, of those only that are new or connected with what is new; then which of
them may be translations of each other, from what is remembered of each.

Vocabulary: the *memory* is what the last comparison remembers (`catena.transmission.Memory`, and the `DatingMemory` of
`catena.anatomy`), in a file beside the project that can be deleted at any time: the next build then compares
everything. Its *stamp* says which comparison it belongs to; the project knows the stamp of its last one, so that a
memory that does not go with the findings in the project (a build that was killed, an older copy of the file) is never
used.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from catena.anatomy import DATING, DatingMemory, Source, find_fields, to_sources
from catena.kit import Kit
from catena.model import Document, Finding
from catena.pipeline import DATED_BY, DATED_WITH, DATED_WITH_ANY, date_collection, pair_profiles, relate_more
from catena.store import Project
from catena.text import FoldTable
from catena.transmission import (
    MAKER,
    READ_FROM,
    TRANSLATIONS,
    Join,
    Memory,
    TranslationMemory,
    find_mark,
    find_said,
    join_here,
    make_profile,
)

STAGE = "compare"
_STAMP, _MARK, _REST = "stamp", "mark", "rest"


def relate_project(
    project: Project,
    kit: Kit,
    tell: Callable[[int, int], None] = lambda done, total: None,
    *,
    join: Join = join_here,
) -> None:
    """Find what the documents share and date them, once after any change (the setting `relate` is `pending`).

    Costs what the new documents cost, as far as the memory goes. A document that changed or went makes a full
    comparison. `tell` hears of documents done and of all of them; `join` is the engine's.
    """
    if project.get_meta("relate") != "pending":
        return
    documents, names, dates = _load(project)
    tell(0, len(documents))
    memory, rest = _remember(project, kit.fold, {document.id for document in documents})
    bare = project.documents_without(MAKER)  # read again, and so without what was said of them
    memory = replace(memory, said={key: said for key, said in memory.said.items() if key not in bare})
    shared = relate_more(documents, names, kit, memory, dates=dates, join=join)
    project.set_meta(_STAMP, "")
    project.replace_findings(MAKER, shared.findings, only_these=bool(memory.ids))
    project.replace_notes(STAGE, shared.notes)
    stamps = project.stamps()
    fresh = rest.dated.find_fresh(stamps)
    dated = _date(project, documents, stamps, fresh, set(shared.findings), rest.dated)
    translated = _pair(project, documents, names, fresh, rest.translated)
    _keep(project, kit.fold, shared.memory, _Rest(dated, translated))
    project.set_meta("relate", "done")
    tell(len(documents), len(documents))


def memory_path(project: Path) -> Path:
    """Where the memory of a project lies: beside it, under its name with `.memory` behind."""
    return project.with_name(f"{project.name}.memory")


def _load(project: Project) -> tuple[list[Document], list[str], dict[str, str]]:
    """Documents and paths, by path, and dates by document id; of a text with several dates the earliest."""
    documents: list[Document] = []
    names: list[str] = []
    dates: dict[str, str] = {}
    for path, id_, date, text in project.all_texts():
        documents.append(Document.of(text, path))
        names.append(path)
        if date:
            dates[id_] = min(date, dates.get(id_, date))
    return documents, names, dates


def _date(
    project: Project,
    documents: Sequence[Document],
    stamps: Mapping[str, str],
    fresh: set[str],
    changed: set[str],
    memory: DatingMemory,
) -> DatingMemory:
    """Date what is `fresh`, what shares something else than before (`changed`), and the neighbours of both."""
    if len(fresh) == len(stamps):
        memory = DatingMemory.empty()
    shown: dict[str, list[Finding]] = {key: [] for key in fresh}
    for _, finding, _ in project.all_findings(["layout"], only=fresh):
        shown[finding.document].append(finding)
    fields = {key: find_fields(many) for key, many in shown.items()}
    now = memory.and_more(stamps, fields, {document.id: document.text for document in documents})
    affected = fresh | changed | memory.partners(fresh) | now.partners(fresh) | now.ends_apart(memory)
    affected &= stamps.keys()
    looked_at = affected | now.partners(affected) | _sharers(project, affected)
    found = date_collection(documents, _sources(project, looked_at), now.telling)
    mine = {key: found.get(key, ()) for key in affected}
    project.replace_findings(DATING.name, mine, only_these=bool(memory.stamps))
    return now


def _pair(
    project: Project,
    documents: Sequence[Document],
    names: Sequence[str],
    fresh: set[str],
    memory: TranslationMemory,
) -> TranslationMemory:
    """Which documents may translate each other, read from the findings of what is `fresh` and else remembered."""
    by_id = {document.id: document for document in documents}
    kept = memory.without(fresh)
    shown: dict[str, list[Finding]] = {key: [] for key in by_id if key not in kept.profiles}
    for _, finding, _ in project.all_findings(READ_FROM, only=set(shown)):
        shown[finding.document].append(finding)
    made = {key: make_profile(by_id[key], many) for key, many in shown.items()}
    profiles = {key: made.get(key) or kept.profiles[key] for key in by_id}
    found = pair_profiles(documents, names, profiles)
    said = find_said(found)
    changed = {key: found.get(key, ()) for key in said.keys() | kept.said.keys() if said.get(key) != kept.said.get(key)}
    project.replace_findings(TRANSLATIONS.name, changed, only_these=bool(memory.profiles))
    return TranslationMemory(profiles, said)


def _sharers(project: Project, documents: set[str]) -> set[str]:
    """The documents that share a passage with one of these."""
    found = project.all_findings(["reuse"], only=documents)
    return {str(finding.value("other")) for _, finding, _ in found if finding.value("other")}


def _sources(project: Project, documents: set[str]) -> Iterator[Source]:
    """What the dating of these documents rests on, one at a time; of paths with the same text the first."""
    seen: set[str] = set()
    for _, group in groupby(project.all_findings(DATED_BY, only=documents), key=itemgetter(0)):
        rows = list(group)
        path, finding, text = rows[0]
        if finding.document in seen:
            continue
        seen.add(finding.document)
        if any(one.kind in DATED_WITH_ANY for _, one, _ in rows):
            rows += [(path, one, text) for one in project.findings(finding.document, DATED_WITH)]
        yield from to_sources(rows)


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is remembered beside what documents share."""

    dated: DatingMemory
    translated: TranslationMemory


def _remember(project: Project, table: FoldTable, ids: set[str]) -> tuple[Memory, _Rest]:
    """The memory of the last comparison; an empty one when it does not go with this project or these documents."""
    stamp = project.get_meta(_STAMP)
    nothing = Memory.empty(), _Rest(DatingMemory.empty(), TranslationMemory.empty())
    try:
        arrays = _read(memory_path(project.path))
        if not stamp or arrays.pop(_STAMP).item() != stamp or arrays.pop(_MARK).item() != find_mark(table):
            return nothing
        dated, translated = json.loads(arrays.pop(_REST).tobytes())
        rest = _Rest(DatingMemory.from_record(dated), TranslationMemory.from_record(translated))
        memory = Memory.from_arrays(arrays)
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile):
        return nothing
    return (memory, rest) if ids.issuperset(memory.ids) else nothing


def _read(path: Path) -> dict[str, NDArray[Any]]:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as held:  # numpy leaves a torn file open
        return dict(held)


def _keep(project: Project, table: FoldTable, memory: Memory, rest: _Rest) -> None:
    """Write the memory, then its stamp; where the folder cannot be written to, the next build compares everything."""
    path, stamp = memory_path(project.path), uuid4().hex
    fresh = path.with_name(f"{path.name}-{stamp}")
    try:
        with fresh.open("wb") as out:
            arrays: dict[str, Any] = {_STAMP: np.array(stamp), _MARK: np.array(find_mark(table))}
            told = json.dumps([rest.dated.to_record(), rest.translated.to_record()])
            arrays[_REST] = np.frombuffer(told.encode(), dtype=np.uint8)
            np.savez(out, **arrays | memory.to_arrays())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        return
    project.set_meta(_STAMP, stamp)
