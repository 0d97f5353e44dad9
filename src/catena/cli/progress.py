"""A build with its progress on the terminal: stage, files done and failed, rate, time left. Quiet elsewhere."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from catena import building
from catena.building import BuildReport
from catena.engines import Engine, make_engine
from catena.places import libraries_for

STAGES = {"read": "Reading and analysing", "compare": "Comparing documents"}


def build_with_progress(
    folder: Path,
    project: Path,
    *,
    libraries: tuple[Path, ...] = (),
    engine: str | Engine = "processes",
    workers: int = 0,
    retry_failed: bool = False,
) -> BuildReport:
    """Build, telling the terminal (standard error) how far it is; says nothing when that is not a terminal."""
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed"),
        _Rate("{task.completed}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        stages: dict[str, TaskID] = {}

        def tell(progress: building.Progress) -> None:
            if progress.stage not in stages:
                name = STAGES.get(progress.stage, progress.stage)
                stages[progress.stage] = bar.add_task(name, total=progress.total, failed=0)
            bar.update(stages[progress.stage], completed=progress.done, total=progress.total, failed=progress.failed)

        return building.build(
            folder,
            project,
            engine=make_engine(engine, workers) if isinstance(engine, str) else engine,
            libraries=libraries_for(folder, project, libraries),
            tell=tell,
            retry_failed=retry_failed,
        )


class _Rate(TextColumn):
    """Files a second, blank until it is known."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.0f}/s" if task.speed else "", style="dim")


def print_report(report: BuildReport) -> None:
    """The summary and every failure with stage and reason, on standard output."""
    speed = report.new / report.seconds if report.seconds else 0
    rate = f", {speed:.{0 if speed >= 10 else 1}f} files/s" if speed else ""
    click.echo(
        f"{report.project}: {report.files} files, {report.new} new, {report.unchanged} unchanged, "
        f"{report.missing} missing, {len(report.failures)} failed; {report.seconds:.1f} s{rate}"
    )
    click.echo(f"Library: {'; '.join(report.libraries) or 'no reference texts loaded'}")
    if not report.failures:
        return
    table = Table("File", "Stage", "What happened", "Reason", title="Not read", title_justify="left", box=None)
    for failure in report.failures:
        table.add_row(*(Text(cell) for cell in (failure.path, failure.stage, failure.status, failure.reason)))
    Console().print(table)
