"""What one document shares with the others, for the terminal: its names, its counts and its events, grouped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from catena import api
from catena.anatomy import Entity
from catena.cli.figures_command import to_tables
from catena.cli.terminal import isolate
from catena.cli.timeline_command import to_table
from catena.store import Project


def to_collected(opened: Project, document: str) -> Iterator[RenderableType]:
    """Names with every form and why they are one, counts side by side, events with all their reports.

    `document` is the id of a text; what does not stand in it is left out.
    """
    entities, events, counted = api.entities(opened), api.timeline(opened), api.ledger(opened)
    yield Rule("names")
    yield _names([one for one in entities if any(source.id == document for source, _ in one.mentions)])
    yield Rule("figures side by side")
    for each in counted:
        if any(count.source.id == document for count in each.counts):
            yield from to_tables(each)
    yield Rule("events")
    yield to_table([one for one in events if any(report.source.id == document for report in one.reports)])


def _names(entities: list[Entity]) -> Table:
    table = Table("Name", "Type", "Printed as", "Documents", "Why these are one", box=None)
    for entity in entities:
        forms = Counter(str(one.value("name")) for _, one in entity.mentions)
        printed = ", ".join(f"{isolate(form)} ({count})" for form, count in forms.most_common())
        documents = len({source.id for source, _ in entity.mentions})
        why = ", ".join(dict.fromkeys(reason.code.replace("-", " ") for reason in entity.reasons))
        table.add_row(*map(Text, (isolate(entity.name), entity.type, printed, str(documents), why)))
    return table
