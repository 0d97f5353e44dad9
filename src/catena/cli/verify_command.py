"""`catena verify P.catena`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from catena.cli.common import (
    ExitCode,
    account_name,
    engine_option,
    fail,
    json_option,
    library_option,
    print_json,
    restricted_option,
    workers_option,
)


@click.command("verify")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--source",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the sources; default: where it was.",
)
@library_option
@engine_option
@workers_option
@click.option("--quick", is_flag=True, help="Look at hashes and stored words only; derive nothing.")
@restricted_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    project: Path,
    source: Path | None,
    libraries: tuple[Path, ...],
    engine: str,
    workers: int,
    quick: bool,
    open_restricted: bool,
    as_json: bool,
) -> None:
    """Derive PROJECT again from its sources and say what no longer holds; exit with 4 when something does not.

    Every source is hashed and read, every finding derived anew, every note looked up. PROJECT is not changed.
    """
    from catena import api
    from catena.store import StoreError

    try:
        report = api.verify(
            project,
            source=source,
            libraries=libraries,
            engine=engine,
            workers=workers,
            quick=quick,
            opened_by=account_name() if open_restricted else "",
        )
    except (StoreError, OSError) as error:
        raise fail(str(error)) from error
    if as_json:
        print_json({**asdict(remark), "breaks": remark.breaks} for remark in report.remarks)
        facts = {name: value for name, value in asdict(report).items() if name != "remarks"}
        print_json([{**facts, "holds": report.holds}])
    else:
        for remark in report.remarks:
            if remark.code == "finding-new":
                continue  # counted below: a newer version may find many
            said = f" {remark.kind} “{remark.words}”" if remark.kind else ""
            click.echo(f"{remark.path or report.project}: {remark.code.replace('-', ' ')}:{said} {remark.detail}")
        counts = Counter(remark.code for remark in report.remarks)
        tally = ", ".join(f"{code.replace('-', ' ')} {count}" for code, count in sorted(counts.items()))
        again = "" if quick else f" ({report.held} found again as they were)"
        click.echo(
            f"{report.documents} documents, {report.findings} findings{again}, {report.notes} notes; "
            f"{'everything holds' if report.holds else 'NOT everything holds'}{'; ' + tally if tally else ''}"
        )
    if not report.holds:
        context.exit(ExitCode.DOES_NOT_HOLD)
