"""A project for language models: four tools that only read, over the Model Context Protocol (extra `mcp`).

A model may quote from here, so every answer carries what a person needs to check it: path, hash of the text, offsets
in code points, the very words, and the verdict with its evidence. Nothing is written, nothing leaves the machine.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catena import api
from catena.margin import Card, to_cards
from catena.model import Document, Finding, Span
from catena.places import libraries_for
from catena.store import CLOSED, DocumentRow, Project, SearchHit, StoreError, describe_withheld, open_careful
from catena.version import __version__
from catena.witnesses import Held, find_edges, find_witnesses

if TYPE_CHECKING:
    from mcp.server import MCPServer

Answer = dict[str, Any]
MOST_HITS = 50
MOST_CHARACTERS = 20_000
INSTRUCTIONS = (
    "Public statements with a margin: who says this, on whose word, does the wording hold, where else it stands. "
    "Quote only words that a tool returned, with the path and offsets. A verdict says what comparing words with the "
    "reference texts shows; not-found never means false."
)


class Tools:
    """The tools over the project at `path`, which is opened for reading at each call.

    The docstring of each is what the model is told of it. Of restricted documents it is told title and date, unless
    they were `opened` on purpose; whoever opens them writes that down.
    """

    def __init__(self, path: Path, *, opened: bool = False) -> None:
        self._path = path
        self._opened = opened

    def _open(self) -> Project:
        return Project.open(self._path, read_only=True) if self._opened else open_careful(self._path, read_only=True)

    def search(self, query: str, limit: int = 10) -> Answer:
        """Documents that answer a search, best first, each with the first hits and their surroundings.

        Words are all required; "a phrase", OR, NOT, NEAR(a b, 5), prefix*, and fields such as speaker:"Ada Brisk",
        verdict:altered, date:2015..2016, language:ar, kind:quotation. `limit` is at most 50.
        """
        with self._open() as project:
            page = project.search(query, limit=max(0, min(limit, MOST_HITS)))
            hits = [_hit(project, hit) for hit in page.hits]
            said = _withheld(project)
        return {"total": page.total, "documents": hits, **({"error": page.error} if page.error else {}), **said}

    def read(self, document: str, start: int = 0, length: int = 4000) -> Answer:
        """A stretch of a document's untouched text with what stands in its margin.

        `document` is a number, path, name or the start of a hash; `start` and `length` count code points, up to 20,000.
        """
        with self._open() as project:
            stored = project.document(document)
            text = stored.document.text
            low = max(0, min(start, len(text)))
            stretch = Span(low, min(len(text), low + max(0, min(length, MOST_CHARACTERS))))
            cards = [card for card in to_cards(project.findings(stored.row.number)) if card.place.overlaps(stretch)]
        return {
            **_about(stored.row),
            "characters": len(text),
            "start": stretch.start,
            "end": stretch.end,
            "text": stretch.of(text),
            "margin": [_card(card) for card in cards],
        }

    def check_quotation(self, text: str) -> Answer:
        """Whether the quotations in a text hold against the reference texts: speaker, reference, verdict, word diff.

        Give the sentence with the quotation in its quotation marks, and the reference cited, if there is one.
        """
        given = Document.of(text, "sent text")
        folders = libraries_for(None, self._path)
        found = api.check(given, libraries=folders)
        cards = [card for card in to_cards(found) if card.lead.kind in ("quotation", "verification", "citation")]
        return {"quotations": [_card(card) for card in cards], "compared_with": list(api.libraries(folders))}

    def chain(self, document: str, start: int, end: int) -> Answer:
        """The documents that carry a passage too, and which of them came first as far as dates and credits tell."""
        with self._open() as project:
            held = find_witnesses(project, document, Span(start, end))
            said = _withheld(project)
        names = {one.carrier.document: one.path for one in held}
        return {
            "witnesses": [_witness(one) for one in held],
            "edges": [
                {
                    "first": names[edge.first],
                    "second": names[edge.second],
                    "came_before": edge.directed,
                    "status": edge.status,
                    "reasons": [reason.note or reason.code for reason in edge.reasons],
                }
                for edge in find_edges(held)
            ],
            **said,
        }


def make_tools(path: Path, *, opened: bool = False) -> tuple[Callable[..., Answer], ...]:
    """What a model may call, in the order it is listed."""
    tools = Tools(path, opened=opened)
    return tools.search, tools.read, tools.check_quotation, tools.chain


def make_server(path: Path, *, open_restricted: bool = False) -> MCPServer:
    """The server with its tools, marked as reading only. Raises `ImportError` with the extra to install."""
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise ImportError("the package mcp is missing; install it with: pip install 'catena[mcp]'") from error
    server = MCPServer("catena", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")
    hints = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

    def telling(tool: Callable[..., Answer]) -> Callable[..., Answer]:
        """The tool, whose mistakes the model is told in words."""

        @wraps(tool)
        def call(*given: object, **named: object) -> Answer:
            try:
                return tool(*given, **named)
            except (StoreError, ValueError, IndexError) as error:
                raise ToolError(str(error)) from error

        return call

    for tool in make_tools(path, opened=open_restricted):
        server.tool(annotations=hints)(telling(tool))
    return server


def _withheld(project: Project) -> Answer:
    """What the answer leaves out, and the way to it."""
    said = describe_withheld(project)
    return {"withheld": f"{said}; a person opens them with: catena mcp --open-restricted"} if said else {}


def _hit(project: Project, hit: SearchHit) -> Answer:
    if hit.document.status == CLOSED:
        return {
            "number": hit.document.number,
            "title": hit.document.title,
            "date": hit.document.date,
            "restricted": True,
        }
    return {
        **_about(hit.document),
        "hits": len(hit.spans),
        "spans": [[span.start, span.end] for span in hit.spans[:5]],
        "words": hit.snippet.of(project.text_of(hit.document.id)),
        "words_at": [hit.snippet.start, hit.snippet.end],
    }


def _witness(one: Held) -> Answer:
    return {
        "number": one.number,
        "path": one.path,
        "date": one.carrier.dates.earliest or "",
        "start": one.span.start,
        "end": one.span.end,
        "words": " ".join(one.text.words),
    }


def _about(row: DocumentRow) -> Answer:
    facts = {"number": row.number, "path": row.path, "title": row.title, "date": row.date, "publisher": row.publisher}
    return {**facts, "language": row.language, "text_sha256": row.id}


def _card(card: Card) -> Answer:
    """A card of the margin in short."""
    said: Answer = {
        "kind": card.lead.kind,
        "id": card.lead.id,
        "start": card.place.start,
        "end": card.place.end,
        "words": card.lead.text("content"),
        "voices": [voice.speaker for voice in card.voices],
        "verdicts": [_verdict(finding) for finding in card.verdicts],
        "also_in": [str(other.value("other_name") or "") for other in card.reuse],
    }
    if card.lead.kind not in ("quotation", "attribution", "verification"):
        said["values"] = dict(card.lead.values)
    return {name: value for name, value in said.items() if value not in ("", [])}


def _verdict(finding: Finding) -> Answer:
    return {
        "verdict": finding.verdict,
        "stands_at": finding.reference or "",
        "cited_as": str(finding.value("cited") or ""),
        "edition": str(finding.value("edition") or ""),
        "reference_text": str(finding.value("passage") or ""),
        "differences": [
            f"{step.op}: {step.quoted or '–'} / {step.reference or '–'}" for step in finding.diff if step.op != "equal"
        ],
        "evidence": [reason.note or reason.code for reason in finding.evidence],
    }
