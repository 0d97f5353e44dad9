"""From a folder to a project file: what is new is read and analysed, the rest is left alone.

Vocabulary: a *file task* is one file to read and analyse; the *recipe* is the hash of everything that decides the
findings (versions and library), so that a new recipe makes a file new. Order of steps: list, compare, run, relate.
A process that is killed loses only the files it had in hand: each batch is one transaction, and the next build goes on.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from catena.engines import Engine, Outcome
from catena.kit import load_kit, notices, recipe
from catena.pipeline import FileTask
from catena.readers import Limits
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
    done: int = 0
    failed: int = 0
    batch: list[FileResult] = field(default_factory=list)
    last: float = field(default_factory=time.monotonic)

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
        fresh = [
            stamp
            for stamp in stamps
            if not _unchanged(stamp, known.get(stamp.path), current, retry_failed=retry_failed)
        ]
        gone = sorted(set(known) - {stamp.path for stamp in stamps})
        project.mark_missing(gone)
        if fresh:
            project.set_meta("relate", "pending")  # stays so when the build is cut short
        root = folder if folder.is_dir() else folder.parent
        tasks = [FileTask(str(root), stamp, current, tuple(map(str, libraries)), limits) for stamp in fresh]
        run = _Run(project, tell, len(tasks))
        for outcome in engine.run(TASK, tasks, seconds=limits.longest + SLACK_SECONDS):
            run.take(_result(outcome))
        run.flush()
        relate_project(
            project, load_kit(tuple(libraries)), lambda done, total: tell(Progress("compare", done, 0, total))
        )
        project.set_meta("source", str(root.resolve()))
        project.set_meta("libraries", "\n".join(editions))
        project.set_meta("notices", "\f".join(notices(tuple(libraries))))
        failures = tuple(
            Failure(row.path, row.stage, row.status, row.reason) for row in project.ledger(failed_only=True)
        )
    return BuildReport(
        project=str(project_path),
        files=len(stamps),
        new=len(fresh),
        unchanged=len(stamps) - len(fresh),
        missing=len(gone),
        failures=failures,
        seconds=time.monotonic() - began,
        libraries=editions,
    )


def list_files(folder: Path, *, avoid: Sequence[Path] = ()) -> Iterator[FileStamp]:
    """Every file under `folder` in order of path, but hidden ones, project files and what lies in `avoid`.

    Paths are relative to `folder`, with `/`. A file that cannot be looked at is listed with size -1, so that the
    ledger can say why.
    """
    if not folder.is_dir():
        yield _stamp(folder, folder.name)
        return
    skip = {path.resolve() for path in avoid}
    for root, folders, names in os.walk(folder):  # Path.walk came with Python 3.12
        parent = Path(root)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (parent / name).resolve() not in skip
        )
        for name in sorted(names):
            path = parent / name
            if name.startswith(".") or ".catena" in path.suffixes or name.endswith((".catena-wal", ".catena-shm")):
                continue
            if path.resolve() not in skip:
                yield _stamp(path, path.relative_to(folder).as_posix())


def _stamp(path: Path, name: str) -> FileStamp:
    try:
        facts = path.stat()
    except OSError:
        return FileStamp(name, -1, 0)
    return FileStamp(name, facts.st_size, facts.st_mtime_ns)


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
    return FileResult(
        stamp=task.stamp,
        sha256="",
        status="timeout" if "no answer" in (outcome.error or "") else "crash",
        stage="analyse",
        reason=outcome.error or "the engine gave no result",
        document=None,
        findings=(),
        seconds=0.0,
        pipeline_version=task.recipe,
    )
