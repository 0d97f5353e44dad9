"""Does a project still hold? Its sources are read and analysed again, and every difference is said.

Vocabulary: a *remark* is one thing that differs, with a code of `CODES`; codes marked there as breaking mean that
something the project states no longer holds, the others are for information. Order of steps: look at the bytes of each
source, read it, compare the text, analyse, compare documents with each other, compare the findings, look up the words
of people's notes. The project is only read.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from catena.anatomy import DATING, to_sources
from catena.building import SLACK_SECONDS, TASK, Progress
from catena.carrying import find_places
from catena.engines import Engine
from catena.exchange import RECIPE as IMPORTED
from catena.kit import load_kit, recipe
from catena.listing import open_container
from catena.model import Document, Finding
from catena.pipeline import FileTask, date_collection, pair_collection, relate_more
from catena.readers import Limits
from catena.store import FileResult, FileStamp, Project, Unchecked
from catena.store.facts import find_facts
from catena.transmission import MAKER, TRANSLATIONS, Memory

CODES: dict[str, bool] = {
    "source-missing": True,
    "source-changed": True,
    "source-unread": True,
    "text-damaged": True,
    "text-changed": True,
    "finding-damaged": True,
    "finding-lost": True,
    "verdict-changed": True,
    "note-damaged": True,
    "note-lost": True,
    "finding-moved": False,
    "finding-new": False,
    "recipe-changed": False,
    "library-changed": False,
    "imported": False,
}
"""Every code, with whether it breaks what the project states. Documented in docs/reference/commands.md."""
RELATED = (MAKER, DATING.name, TRANSLATIONS.name)  # makers that look at all documents together
SHOWN = 80  # code points of the words that a remark repeats

_Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that differs. `path` is "" for the project, `finding` the id of what is meant, or ""."""

    code: str
    path: str
    detail: str
    finding: str = ""
    kind: str = ""
    words: str = ""

    @property
    def breaks(self) -> bool:
        """True when something that the project states no longer holds."""
        return CODES[self.code]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the bytes of a document lie now, and what its container says of it."""

    file: Path
    stated: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was looked at and what differs, by path. `held` counts the findings that were found again as they were."""

    project: str
    source: str
    documents: int
    findings: int
    held: int
    notes: int
    remarks: tuple[Remark, ...]

    @property
    def holds(self) -> bool:
        """True when nothing that the project states has ceased to hold."""
        return not any(remark.breaks for remark in self.remarks)


def verify_project(
    path: Path,
    *,
    engine: Engine,
    source: Path | None = None,
    libraries: Sequence[Path] = (),
    limits: Limits | None = None,
    quick: bool = False,
    tell: Callable[[Progress], None] = lambda progress: None,
) -> VerifyReport:
    """Derive the project at `path` again and compare. `source` is the folder of its files, by default where it was.

    With `quick` only bytes, stored texts and the words of findings and notes are looked at; nothing is derived.
    Raises `StoreError` when the project cannot be opened, `FileNotFoundError` when the folder is not there.
    """
    with Project.open(path, read_only=True) as project:
        root = source or Path(project.get_meta("source") or path.parent)
        editions = tuple((project.get_meta("libraries") or "").splitlines())
        held = tuple(project.unchecked())
    if not root.is_dir():
        raise FileNotFoundError(f"{root}: the folder of the sources is not there; say where it is with --source FOLDER")
    remarks = [remark for one in held for remark in _look_at_stored(one)]
    found: dict[str, FileResult] = {}
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="catena-") as scratch:
        sources = _find_sources(root, held, Path(scratch), limits)
        remarks += [remark for one in held for remark in _look_at_source(sources.get(one.path), one)]
        if not quick:
            current, loaded = recipe(tuple(libraries))
            remarks += _look_at_recipe(held, current, editions, loaded)
            folders = tuple(map(str, libraries))
            tasks = [
                FileTask(str(root), _stamp(path, one.file), current, folders, limits, str(one.file), one.stated)
                for path, one in sources.items()
            ]
            found = dict(_derive(engine, tasks, limits, tell))
            remarks += _compare(held, found, tuple(libraries))
    count = sum(len(one.findings) for one in held)
    broken = {
        (remark.path, remark.finding)
        for remark in remarks
        if remark.finding and (remark.kind and remark.code != "finding-new" and not remark.code.startswith("note"))
    }
    order = sorted(remarks, key=lambda remark: (remark.path, list(CODES).index(remark.code)))
    notes = sum(len(one.notes) for one in held)
    held_count = 0 if quick else count - len(broken) - _unread(held, found)
    return VerifyReport(str(path), str(root), len(held), count, held_count, notes, tuple(order))


def _unread(held: Sequence[Unchecked], found: Mapping[str, FileResult]) -> int:
    """How many findings stand on documents that could not be derived again."""
    return sum(len(one.findings) for one in held if one.path not in found or found[one.path].document is None)


def _look_at_stored(one: Unchecked) -> Iterator[Remark]:
    """Whether the file holds what it says it holds."""
    if hashlib.sha256(one.text.encode()).hexdigest() != one.id:
        yield Remark("text-damaged", one.path, f"the stored text is no longer that of {one.id[:12]}")
    for code, many in (("finding-damaged", one.findings), ("note-damaged", one.notes)):
        for finding in many:
            if not _stands(finding, one.text):
                yield _on(code, one.path, finding, f"the stored text does not read so at {finding.place.start}")


def _stands(finding: Finding, text: str) -> bool:
    texts = dict(finding.texts)
    return all(
        [text[span.start : span.end] for span in spans] == list(texts.get(role, ())) for role, spans in finding.roles
    )


def _find_sources(root: Path, held: Sequence[Unchecked], scratch: Path, limits: Limits) -> dict[str, _Source]:
    """Where the file of each document lies, by path; members of containers are unpacked into `scratch`."""
    found: dict[str, _Source] = {}
    opened: set[str] = set()
    for one in held:
        if one.recipe == IMPORTED or not _is_inside(one.path):
            continue
        if (root / one.path).is_file():
            found[one.path] = _Source(root / one.path)
            continue
        above = next((path for path in PurePosixPath(one.path).parents if (root / path).is_file()), None)
        if above is None or str(above) in opened:
            continue
        opened.add(str(above))
        container = open_container(root / above, _stamp(str(above), root / above), scratch / str(len(opened)), limits)
        for member in container.members if container else ():
            if member.source:
                found[member.stamp.path] = _Source(Path(member.source), member.stated)
    wanted = {one.path for one in held}
    return {path: source for path, source in found.items() if path in wanted}


def _look_at_source(source: _Source | None, one: Unchecked) -> Iterator[Remark]:
    if one.recipe == IMPORTED:
        yield Remark("imported", one.path, "came from another program; there is no source to derive it from")
        return
    if not _is_inside(one.path):
        yield Remark("source-unread", one.path, "its path leaves the folder; it is not opened")
        return
    try:
        if source is None:
            yield Remark("source-missing", one.path, "the file is no longer there")
            return
        with source.file.open("rb") as file:
            now = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        yield Remark("source-unread", one.path, f"{error.strerror or error}")
        return
    if now != one.sha256:
        yield Remark("source-changed", one.path, f"sha256 was {one.sha256[:12]}, is {now[:12]}")


def _is_inside(path: str) -> bool:
    """False for a path that leads out of the folder: a project file may come from somebody else."""
    given = PurePosixPath(path)
    return not given.is_absolute() and ".." not in given.parts


def _look_at_recipe(
    held: Sequence[Unchecked], current: str, editions: tuple[str, ...], loaded: tuple[str, ...]
) -> Iterator[Remark]:
    old = sorted({one.recipe for one in held} - {current, IMPORTED})
    if old:
        yield Remark("recipe-changed", "", f"made by {', '.join(old)}; derived again by {current}")
    for name in sorted(set(editions) - set(loaded)):
        yield Remark("library-changed", "", f"compared then, not now: {name}")
    for name in sorted(set(loaded) - set(editions)):
        yield Remark("library-changed", "", f"compared now, not then: {name}")


def _stamp(path: str, file: Path) -> FileStamp:
    facts = file.stat()
    return FileStamp(path, facts.st_size, facts.st_mtime_ns)


def _derive(
    engine: Engine, tasks: Sequence[FileTask], limits: Limits, tell: Callable[[Progress], None]
) -> Iterator[tuple[str, FileResult]]:
    """What each source gives today, by path; nothing for one whose worker died."""
    failed = 0
    for done, outcome in enumerate(engine.run(TASK, tasks, seconds=limits.longest + SLACK_SECONDS), 1):
        if isinstance(outcome.result, FileResult):
            failed += outcome.result.status != "ok"
            yield outcome.item.stamp.path, outcome.result
        else:
            failed += 1
        tell(Progress("read", done, failed, len(tasks)))


def _compare(held: Sequence[Unchecked], found: Mapping[str, FileResult], libraries: tuple[Path, ...]) -> list[Remark]:
    related = _relate(found, libraries)
    remarks: list[Remark] = []
    for one in held:
        if one.recipe == IMPORTED or one.path not in found:
            continue
        result = found[one.path]
        if result.document is None:
            remarks.append(Remark("source-unread", one.path, f"{result.stage}: {result.reason}"))
            continue
        if result.document.id != one.id:
            remarks.append(
                Remark("text-changed", one.path, f"the source gives text {result.document.id[:12]}, not {one.id[:12]}")
            )
        fresh = (*result.findings, *related.get(result.document.id, ()))
        remarks += _compare_findings(one, fresh)
        remarks += _compare_notes(one, result.document)
    return remarks


def _relate(found: Mapping[str, FileResult], libraries: tuple[Path, ...]) -> dict[str, tuple[Finding, ...]]:
    """What the documents as they are now share, between which days each was written, and what may translate them."""
    ordered = [(path, found[path].document) for path in sorted(found)]
    documents = [(path, document) for path, document in ordered if document is not None]
    dates: dict[str, str] = {}
    for path, document in documents:
        if date := find_facts(document, found[path].findings).date:
            dates[document.id] = min(date, dates.get(document.id, date))
    both = [document for _, document in documents], [path for path, _ in documents]
    shared = relate_more(*both, load_kit(libraries), Memory.empty(), dates=dates).findings
    rows = [
        (path, finding, document.text)
        for path, document in documents
        for finding in (*found[path].findings, *shared.get(document.id, ()))
    ]
    dated = date_collection([document for _, document in documents], to_sources(rows))
    paired = pair_collection(*both, {document.id: found[path].findings for path, document in documents})
    merged: dict[str, tuple[Finding, ...]] = defaultdict(tuple)
    for part in (shared, dated, paired):
        for id_, many in part.items():
            merged[id_] += tuple(many)
    return merged


def _compare_findings(one: Unchecked, fresh: Iterable[Finding]) -> Iterator[Remark]:
    """Each stored finding: found as it was, with other values or at another place, with another verdict, or not."""
    now = {finding.id: finding for finding in fresh}
    then = {finding.id for finding in one.findings}
    spare = Counter(_likeness(finding) for id_, finding in now.items() if id_ not in then)
    verdicts = defaultdict(list)
    for id_, finding in now.items():
        if id_ not in then:
            verdicts[_words_key(finding)].append(finding.verdict or "none")
    matched: Counter[_Key] = Counter()
    for finding in one.findings:
        if finding.id in now:
            continue
        like, words = _likeness(finding), _words_key(finding)
        matched[words] += 1
        if spare[like]:
            spare[like] -= 1
            yield _on("finding-moved", one.path, finding, "the same words, at another place or with other values")
        elif finding.verdict and verdicts.get(words):
            yield _on("verdict-changed", one.path, finding, f"was {finding.verdict}, is {verdicts[words][0]}")
        else:
            yield _on("finding-lost", one.path, finding, "is not found any more")
    for id_, finding in now.items():
        if id_ not in then:
            words = _words_key(finding)
            if matched[words]:
                matched[words] -= 1
            else:
                yield _on("finding-new", one.path, finding, "was not found before")


def _words_key(finding: Finding) -> _Key:
    return (finding.kind, finding.made_by.name, finding.texts, finding.value("other_name"), finding.value("field"))


def _likeness(finding: Finding) -> _Key:
    return (*_words_key(finding), finding.verdict, finding.reference)


def _compare_notes(one: Unchecked, now: Document) -> Iterator[Remark]:
    """Notes of people whose words no longer stand at their place in what the source gives."""
    if now.id == one.id:
        return
    moved = [note for note in one.notes if note.spans("content") and not _stands(note, now.text)]
    if not moved:
        return
    places = find_places(one.text, now.text, [note.place for note in moved])
    for note, place in zip(moved, places, strict=True):
        where = f"; {place.state} at {place.span.start}" if place.span else "; its words are gone"
        yield _on("note-lost", one.path, note, f"no longer at {note.place.start}{where}")


def _on(code: str, path: str, finding: Finding, detail: str) -> Remark:
    words = " ".join((finding.text("content") or next((texts[0] for _, texts in finding.texts), "")).split())
    return Remark(code, path, detail, finding.id, finding.kind, words[:SHOWN])
