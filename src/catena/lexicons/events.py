"""Load what tells of events: `data/anatomy/events.yaml` into an `EventLexicon`."""

from __future__ import annotations

from functools import cache

from catena.anatomy.lexicon import EventLexicon
from catena.anatomy.scan import plain
from catena.lexicons.dates import read_anatomy


@cache
def load_events() -> EventLexicon:
    """The lexicon of events. Cached."""
    raw = read_anatomy("events")
    return EventLexicon(
        forms=tuple((str(form), kind) for kind, forms in raw["types"].items() for form in forms),
        never_announced=tuple(raw["never_announced"]),
        not_events=tuple(plain(str(word)) for word in raw["not_events"]),
        announced=tuple(map(str, raw["announced"])),
        denied=tuple(map(str, raw["denied"])),
    )
