"""`catena train DATA`."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import click

from catena.cli.common import fail, json_option, print_json

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("train")
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: the user's own model.")
@click.option("--name", default="own-1", show_default=True, help="Stands in the findings that the model makes.")
@click.option("--classes", multiple=True, type=_FILE, help="A CoNLL-U file for the second task, word classes.")
@click.option("--teacher", "teachers", multiple=True, type=_FILE, help="A trained model to learn from besides.")
@click.option("--seed", default=1, show_default=True, help="Another seed gives another model.")
@click.option("--epochs", default=22, show_default=True, type=click.IntRange(1), help="Times through the texts.")
@json_option
def command(
    data: Path,
    output: Path | None,
    name: str,
    classes: tuple[Path, ...],
    teachers: tuple[Path, ...],
    seed: int,
    epochs: int,
    as_json: bool,
) -> None:
    """Train the English tagger of attributions on DATA, a folder with train and dev as PolNeAR has them.

    The model takes the place of the bundled one from then on. Needs the extra `train` (JAX).
    """
    from catena.lexicons.tagger import TaggerError, own_tagger, read_tagger, write_tagger
    from catena.training.errors import TrainingError

    out = output or own_tagger()
    began = time.process_time()
    try:
        from catena.training.trainer import Settings, train

        known = [read_tagger(path) for path in teachers]
        settings = Settings(seed=seed, epochs=epochs)
        tagger, facts = train(data, settings, name=name, classes=classes, teachers=known, report=_report)
        out.parent.mkdir(parents=True, exist_ok=True)
        write_tagger(out, tagger, facts)
    except (TrainingError, TaggerError, OSError, ValueError) as error:
        raise fail(str(error)) from error
    size = out.stat().st_size
    used = {
        "model": str(out),
        "bytes": size,
        "cpu_seconds": round(time.process_time() - began),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    if as_json:
        print_json([{**facts, **used}])
        return
    click.echo(f"{out}: {size / 1e6:.1f} MB, {used['cpu_seconds']} CPU seconds, {used['peak_megabytes']} MB")


def _report(line: str) -> None:
    click.echo(line, err=True)
