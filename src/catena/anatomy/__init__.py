"""What a statement is made of: layout, sections, languages, dates, figures and names.

Each detector takes a document and its word lists and returns findings in order of place. A date, say, is found by
`find_dates` with the lexicon that `catena.lexicons.dates.load_dates` reads.
"""

from catena.anatomy.collection import Source, to_sources
from catena.anatomy.dates import find_dates
from catena.anatomy.dating import MADE_BY as DATING
from catena.anatomy.dating import Dating, date_documents
from catena.anatomy.dating import to_findings as to_dating_findings
from catena.anatomy.dating_memory import DatingMemory
from catena.anatomy.entities import Entity, group_names
from catena.anatomy.events import find_events
from catena.anatomy.figures import find_figures
from catena.anatomy.language import find_languages
from catena.anatomy.layout import FIELDS as LAYOUT_FIELDS
from catena.anatomy.layout import find_layout
from catena.anatomy.ledger import LedgerEvent, make_ledger
from catena.anatomy.lexicon import (
    DateLexicon,
    DatePhrase,
    EventLexicon,
    FigureLexicon,
    LayoutLexicon,
    NameLexicon,
    PlaceLexicon,
)
from catena.anatomy.mentions import find_fields
from catena.anatomy.names import find_names, to_key
from catena.anatomy.proper_names import find_proper_names
from catena.anatomy.sections import find_sections
from catena.anatomy.timeline import TimelineEvent, make_timeline

__all__ = [
    "DATING", "LAYOUT_FIELDS", "DateLexicon", "DatePhrase", "Dating", "DatingMemory", "Entity", "EventLexicon",
    "FigureLexicon", "LayoutLexicon", "LedgerEvent", "NameLexicon", "PlaceLexicon", "Source", "TimelineEvent",
    "date_documents", "find_dates", "find_events", "find_fields", "find_figures", "find_languages", "find_layout",
    "find_names", "find_proper_names", "find_sections", "group_names", "make_ledger", "make_timeline",
    "to_dating_findings", "to_key", "to_sources",
]  # fmt: skip
