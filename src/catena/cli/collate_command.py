"""`catena collate P.catena DOC[:START-END]`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from catena.cli.common import fail, json_option, open_reading, print_json, restricted_option

_RANGE = re.compile(r"(.+):(\d+)-(\d+)")


@click.command("collate")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("passage")
@click.option("--base", default="", help="The witness that the others are compared with; default: the document itself.")
@click.option(
    "--graph",
    type=click.Choice(["graphml", "gexf", "csv"]),
    help="Print which witness came first, as far as dates and credits say, as a graph.",
)
@restricted_option
@json_option
def command(project: Path, passage: str, base: str, graph: str | None, open_restricted: bool, as_json: bool) -> None:
    """Line up the witnesses of a PASSAGE word by word.

    PASSAGE is a document (number, path, name, or the start of its hash), and with :START-END a range of its
    characters.
    """
    from catena.exporters.graphs import NETWORKS
    from catena.model import Span
    from catena.store import NotFound, StoreError
    from catena.transmission.collation import collate
    from catena.witnesses import find_edges, find_witnesses, to_graph

    ranged = _RANGE.fullmatch(passage)
    name, span = passage, None
    if ranged:
        name, span = ranged[1], Span(int(ranged[2]), max(int(ranged[2]), int(ranged[3])))
    try:
        with open_reading(project, open_restricted) as opened:
            held = find_witnesses(opened, int(name) if name.isdigit() else name, span)
    except (NotFound, StoreError, IndexError) as error:
        raise fail(str(error)) from error
    sigla = [one.text.siglum for one in held]
    if base and base not in sigla:
        raise fail(f"there is no witness {base!r}; the witnesses are {', '.join(sigla)}")
    edges = find_edges(held)
    if graph:
        click.echo(NETWORKS[graph](to_graph(held, edges)), nl=False)
        return
    table = collate([one.text for one in held], sigla.index(base) if base else 0)
    if as_json:
        print_json(
            {
                "column": column,
                "cells": {
                    one.siglum: {"op": cell.op, "reading": table.reading(column, witness)}
                    for witness, (one, cell) in enumerate(zip(table.texts, cells, strict=True))
                },
            }
            for column, cells in enumerate(table.columns)
        )
        return
    for one in held:
        date = one.carrier.dates.earliest or "no date"
        click.echo(f"{one.text.siglum}: {one.path} [{one.span.start}-{one.span.end}], {date}")
    click.echo("")
    click.echo(" ".join(table.texts[table.base].words))
    click.echo("")
    for column, readings in table.apparatus():
        said = " | ".join(f"{reading or '(left out)'}: {', '.join(many)}" for reading, many in readings.items())
        click.echo(f"{column + 1}  {said}")
    _print_edges(edges, {one.carrier.document: one.text.siglum for one in held})


def _print_edges(edges: tuple[object, ...], names: dict[str, str]) -> None:
    from catena.transmission.direction import Edge

    known = [edge for edge in edges if isinstance(edge, Edge) and (edge.directed or edge.status == "contradictory")]
    if known:
        click.echo("")
    for edge in known:
        arrow = "came before" if edge.directed else "and"
        reasons = "; ".join(reason.note for reason in edge.reasons)
        click.echo(f"{names[edge.first]} {arrow} {names[edge.second]} ({edge.status}: {reasons})")
