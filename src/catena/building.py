"""From a folder to a project file: what is new is read and analysed, the rest is left alone.

Vocabulary: a *file task* is one file to read and analyse; the *recipe* is the hash of everything that decides the
findings (versions and library), so that a new recipe makes a file new. Order of steps: list, compare, run, relate.
A process that is killed loses only the files it had in hand: each batch is one transaction, and the next build goes on.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from catena.engines import Engine, Outcome
from catena.kit import load_kit, notices, recipe
from catena.listing import Opened, list_files, open_container
from catena.pipeline import FileTask
from catena.readers import FIELDS, Limits
from catena.relating import relate_project
from catena.store import FileResult, FileStamp, FileState, Project, open_or_create

BATCH_FILES = 32  # one transaction for so many files: few enough to lose little, many enough to be quick
BATCH_SECONDS = 1.0
SLACK_SECONDS = 95.0  # what the detectors may take after the reader's own limit
TASK = "catena.pipeline:process_file"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is. `done` counts failed files too; `total` is 0 when not known."""

    stage: str
    done: int
    failed: int
    total: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read or analysed, and why."""

    path: str
    stage: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Counts are files; `seconds` is wall time."""

    project: str
    files: int
    new: int
    unchanged: int
    missing: int
    failures: tuple[Failure, ...]
    seconds: float
    libraries: tuple[str, ...] = ()


@dataclass(slots=True)
class _Run:
    project: Project
    tell: Callable[[Progress], None]
    total: int
    known: dict[str, FileState]
    done: int = 0
    failed: int = 0
    batch: list[FileResult] = field(default_factory=list)
    last: float = field(default_factory=time.monotonic)
    members: set[str] = field(default_factory=set)
    containers: list[FileResult] = field(default_factory=list)

    def take(self, result: FileResult) -> None:
        self.done += 1
        self.failed += result.status != "ok"
        self.batch.append(result)
        if len(self.batch) >= BATCH_FILES or time.monotonic() - self.last > BATCH_SECONDS:
            self.flush()
        self.tell(Progress("read", self.done, self.failed, self.total))

    def flush(self) -> None:
        if self.batch:
            self.project.add_many(self.batch)
        self.batch, self.last = [], time.monotonic()


def build(
    folder: Path,
    project_path: Path,
    *,
    engine: Engine,
    libraries: Sequence[Path] = (),
    limits: Limits | None = None,
    tell: Callable[[Progress], None] = lambda progress: None,
    retry_failed: bool = False,
) -> BuildReport:
    """Read what is new under `folder` (a folder or one file) into the project file, and say what happened.

    `libraries` are folders of reference texts. `tell` hears of progress. Raises `FileNotFoundError` when `folder`
    does not exist and the store's own errors when the project file is not one.
    """
    began = time.monotonic()
    if not folder.exists():
        raise FileNotFoundError(f"{folder}: no such file or folder; give the folder that holds the statements")
    current, editions = recipe(tuple(libraries))
    stamps = list(list_files(folder, avoid=(project_path, *libraries)))
    limits = limits or Limits()
    with open_or_create(project_path) as project:
        known = project.file_states()
        again = _failed_containers(known) if retry_failed else frozenset()
        fresh = [
            stamp
            for stamp in stamps
            if not _unchanged(stamp, known.get(stamp.path), current, retry_failed=retry_failed) or stamp.path in again
        ]
        if fresh:
            project.set_meta("relate", "pending")  # stays so when the build is cut short
        root = folder if folder.is_dir() else folder.parent
        run = _Run(project, tell, len(fresh), known)
        with tempfile.TemporaryDirectory(prefix="catena-") as scratch:
            tasks = _tasks(run, root, fresh, current, tuple(map(str, libraries)), limits, Path(scratch), retry_failed)
            for outcome in engine.run(TASK, tasks, seconds=limits.longest + SLACK_SECONDS):
                run.take(_result(outcome))
                _clear(outcome.item)
        for container in run.containers:  # last, so that a build that is killed opens them again
            run.take(container)
        run.flush()
        held = _members_of(known, {stamp.path for stamp in stamps} - {stamp.path for stamp in fresh})
        gone = sorted(set(known) - {stamp.path for stamp in stamps} - run.members - held)
        project.mark_missing(gone)
        relate_project(
            project,
            load_kit(tuple(libraries)),
            lambda done, total: tell(Progress("compare", done, 0, total)),
            join=engine.join,
        )
        project.set_meta("source", str(root.resolve()))
        project.set_meta("libraries", "\n".join(editions))
        project.set_meta("notices", "\f".join(notices(tuple(libraries))))
        failures = tuple(
            Failure(row.path, row.stage, row.status, row.reason) for row in project.ledger(failed_only=True)
        )
    return BuildReport(
        project=str(project_path),
        files=len(stamps) + len(run.members | held),
        new=run.done,
        unchanged=len(stamps) + len(run.members | held) - run.done,
        missing=len(gone),
        failures=failures,
        seconds=time.monotonic() - began,
        libraries=editions,
    )


def _tasks(
    run: _Run, root: Path, fresh: Sequence[FileStamp], recipe: str, libraries: tuple[str, ...], limits: Limits,
    scratch: Path, retry_failed: bool,
) -> Iterator[FileTask]:  # fmt: skip
    """A task for each new file and each new member of a container. Opens containers as the engine comes to them."""
    for number, stamp in enumerate(fresh):
        opened = open_container(root / stamp.path, stamp, scratch / str(number), limits)
        if opened is None:
            yield FileTask(str(root), stamp, recipe, libraries, limits)
            continue
        run.containers.append(_plain_result(stamp, opened.status, opened.stage, opened.reason, recipe))
        yield from _member_tasks(run, opened, recipe, libraries, limits, retry_failed)


def _member_tasks(
    run: _Run, opened: Opened, recipe: str, libraries: tuple[str, ...], limits: Limits, retry_failed: bool
) -> Iterator[FileTask]:
    for member in opened.members:
        run.members.add(member.stamp.path)
        if _unchanged(member.stamp, run.known.get(member.stamp.path), recipe, retry_failed=retry_failed):
            if member.source:
                Path(member.source).unlink()
            continue
        run.total += 1
        if member.source:
            yield FileTask("", member.stamp, recipe, libraries, limits, member.source, member.stated)
        else:
            run.take(_plain_result(member.stamp, "rejected", "open", member.reason, recipe))


def _clear(task: FileTask) -> None:
    """Remove a member from the scratch folder, so that no more lies there than is still to be read."""
    if task.source:
        for name in (task.source, task.source + FIELDS):
            Path(name).unlink(missing_ok=True)


def _members_of(known: dict[str, FileState], containers: set[str]) -> set[str]:
    """The paths in the ledger that lie in one of these files."""
    return {path for path in known if any(str(above) in containers for above in PurePosixPath(path).parents)}


def _failed_containers(known: dict[str, FileState]) -> frozenset[str]:
    """Everything above a path that could not be read: a container among it is opened again."""
    failed = (PurePosixPath(path) for path, state in known.items() if state.status not in ("ok", "missing"))
    return frozenset(str(above) for path in failed for above in path.parents)


def _plain_result(stamp: FileStamp, status: str, stage: str, reason: str, recipe: str) -> FileResult:
    """A ledger entry for a file that is no document itself."""
    return FileResult(stamp, "", status, stage, reason, None, (), 0.0, recipe)


def _unchanged(stamp: FileStamp, state: FileState | None, current: str, *, retry_failed: bool) -> bool:
    """True when the ledger knows this very file under this recipe, and its failure need not be tried again."""
    if state is None or state.status == "missing" or (retry_failed and state.status != "ok"):
        return False
    return (state.size, state.mtime_ns, state.pipeline_version) == (stamp.size, stamp.mtime_ns, current)


def _result(outcome: Outcome) -> FileResult:
    """The task's own result, or a ledger entry for a worker that died or hung."""
    if isinstance(outcome.result, FileResult):
        return outcome.result
    task: FileTask = outcome.item
    status = "timeout" if "no answer" in (outcome.error or "") else "crash"
    return _plain_result(task.stamp, status, "analyse", outcome.error or "the engine gave no result", task.recipe)
