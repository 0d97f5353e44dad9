"""`catena build FOLDER -o P.catena`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from catena.cli.common import (
    ExitCode,
    engine_option,
    fail,
    json_option,
    library_option,
    print_json,
    workers_option,
)
from catena.cli.progress import build_with_progress, print_report
from catena.places import project_file


@click.command("build")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The project file.")
@library_option
@engine_option
@workers_option
@click.option("--memory", default="", help="What comparing documents may take before it spills to disk: 500MB, 2GB.")
@click.option("--tables", default="", help="Keep the join's tables as Parquet: a folder, or an address such as s3://….")
@click.option("--retry-failed", is_flag=True, help="Read again what failed before.")
@click.option("--strict", is_flag=True, help="Exit with 3 when a file failed.")
@json_option
def command(
    folder: Path,
    output: Path | None,
    libraries: tuple[Path, ...],
    engine: str,
    workers: int,
    memory: str,
    tables: str,
    retry_failed: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Read what is new in FOLDER into a project file; print a summary and what failed.

    Files that did not change are left alone. Killed at any moment, it goes on where it stopped.
    """
    project = output or project_file(folder)
    from catena.engines import MissingExtra, make_engine

    try:
        report = build_with_progress(
            folder,
            project,
            libraries=libraries,
            engine=make_engine(engine, workers, memory=parse_size(memory), tables=tables),
            retry_failed=retry_failed,
        )
    except (MissingExtra, ValueError) as error:
        raise fail(str(error)) from error
    except OSError as error:
        raise fail(f"{project}: {error}") from error
    if as_json:
        print_json([report])
    else:
        print_report(report)
    if strict and report.failures:
        raise click.exceptions.Exit(ExitCode.SOME_FILES_FAILED)


def parse_size(given: str) -> int:
    """Bytes of `500MB`, `2 GB` or `1000000`; 0 for nothing. Raises `ValueError` for anything else."""
    if not given:
        return 0
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?", given.strip(), re.IGNORECASE)
    if not found or float(found[1]) <= 0:
        raise ValueError(f"--memory {given!r} is no size; give a number with KB, MB, GB or TB, such as 2GB")
    return int(float(found[1]) * 1024 ** " KMGT".index(found[2].upper() or " "))
