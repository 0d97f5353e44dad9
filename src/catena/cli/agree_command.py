"""`catena agree P.catena`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from catena.cli.common import fail, json_option, print_json


@click.command("agree")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--coder", "coders", multiple=True, help="A coder; give two. Default: the first two by name.")
@json_option
def command(project: Path, coders: tuple[str, ...], as_json: bool) -> None:
    """Say how far coders agree in PROJECT: kappa and alpha over documents, unitizing alpha over passages."""
    from catena import api
    from catena.store import StoreError

    try:
        found = api.agreement(project, coders)
    except (StoreError, ValueError) as error:
        raise fail(str(error)) from error
    if as_json:
        print_json({**asdict(row), "code": name} for name, row in found)
        return
    click.echo(f"{'code':30} {'kappa':>6} {'alpha':>6} {'95 %':>13} {'unit.':>6} {'95 %':>13}  same/ends/code/one")
    for name, row in found:
        kinds = "/".join(str(row.counts.get(kind, 0)) for kind in ("agreed", "boundary", "label", "missed"))
        click.echo(
            f"{name[:30]:30} {_show(row.kappa):>6} {_show(row.alpha.value):>6} {_range(row.alpha):>13}"
            f" {_show(row.unitizing.value):>6} {_range(row.unitizing):>13}  {kinds}"
        )


def _show(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _range(interval: object) -> str:
    low, high = getattr(interval, "low", None), getattr(interval, "high", None)
    return "-" if low is None or high is None else f"{low:.2f}..{high:.2f}"
