"""What stands in the margin beside a passage: findings joined into cards.

A *card* belongs to one stretch of text: a quotation or indirect report with its voices (innermost first), the verdict
on its wording, and the other places it stands; or a single finding (date, figure, name, section). Pure: the terminal
and the reader render the same cards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from catena.anatomy import LAYOUT_FIELDS
from catena.model import Finding, Operation, Span

NOT_NAMED = "source not named"
LEADS = ("quotation", "attribution", "citation", "isnad", "verification")
"""Kinds of which a card says where else the words stand."""

HOLDING = ("exact", "exact-spelling", "other-edition", "formula")
"""Verdicts under which the words hold."""
PARTS = ("section", "language")
"""Kinds whose cards say of what part and language the words are: of the document, not of a passage in it."""
UNSETTLED = ("variant", "not-found", "ambiguous", "unreadable")
"""Verdicts that settle nothing."""

OFF_MARGIN = ("layout", "language", "reuse", "dating")
"""Kinds that open no card each: facts about the whole document, and what other cards show."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker of a chain of reports. `speaker` is as printed, or `source not named`."""

    speaker: str
    cue: str
    outlet: str
    medium: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Card:
    """One entry of the margin, at `place`. `lead` is the finding it stands for.

    `voices` run from who speaks to on whose word; `verdicts`, `citations` and `chains` of narrators belong to the
    same words; `reuse` lists where else they stand. A card of kind language stands for a `run` of passages in one
    language, of which `lead` is the first.
    """

    place: Span
    lead: Finding
    voices: tuple[Voice, ...] = ()
    verdicts: tuple[Finding, ...] = ()
    citations: tuple[Finding, ...] = ()
    chains: tuple[Finding, ...] = ()
    reuse: tuple[Finding, ...] = ()
    run: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words on one side of a comparison; `differs` where the other side has others, none, or another cut."""

    text: str
    differs: bool = False
    what: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """A word diff as two readable texts, each in its own order and direction."""

    quoted: tuple[Piece, ...]
    reference: tuple[Piece, ...]


def to_sides(steps: Iterable[Operation]) -> Sides:
    """The two sides of a word diff; equal words that follow each other are one piece.

    >>> sides = to_sides([Operation("equal", "a", "a"), Operation("substitute", "spoken", "written", what="word")])
    >>> [piece.text for piece in sides.quoted], [piece.text for piece in sides.reference if piece.differs]
    (['a', 'spoken'], ['written'])
    """
    quoted: list[Piece] = []
    reference: list[Piece] = []
    for step in steps:
        differs = step.op != "equal"
        for side, words in ((quoted, step.quoted), (reference, step.reference)):
            if not words:
                continue
            if not differs and side and not side[-1].differs:
                side[-1] = Piece(f"{side[-1].text} {words}")
            else:
                side.append(Piece(words, differs, step.what if differs else ""))
    return Sides(tuple(quoted), tuple(reference))


def narrators(chain: Finding) -> tuple[str, ...]:
    """The narrators of an `isnad` finding as printed, from who tells to on whose word; none named: the chain itself."""
    named = next((texts for role, texts in chain.texts if role == "narrators"), (chain.text("chain"),))
    return tuple(" ".join(name.split()) for name in named)


def tone(verdict: str | None) -> str:
    """How a verdict is coloured: `holds`, `open` (not settled) or `differs`. The words say it too."""
    if verdict in HOLDING:
        return "holds"
    return "open" if verdict in UNSETTLED else "differs"


def to_cards(findings: Iterable[Finding]) -> tuple[Card, ...]:
    """Cards in order of their place in the text.

    An attribution joins the card of its quotation, a verification that of its parent, a citation that of the verdict
    which used it, a chain of narrators that of its quotation or of the verdict on its words; what belongs to nothing
    opens a card of its own. Passages in one language that follow each other share one. Findings in `OFF_MARGIN` are
    left out.
    """
    everything = tuple(findings)
    by_id = {finding.id: finding for finding in everything}
    checked = [finding for finding in everything if finding.kind == "verification"]
    used = {span: finding for role in ("content", "citation") for finding in checked for span in finding.spans(role)}
    joined: dict[str, list[Finding]] = defaultdict(list)
    leads: list[Finding] = []
    for finding in everything:
        home = _home(finding, by_id, used)
        if home is not None:
            joined[home].append(finding)
        elif finding.kind not in OFF_MARGIN:
            leads.append(finding)
    reuse = [finding for finding in everything if finding.kind == "reuse"]
    cards = [_card(lead, joined[lead.id], by_id, reuse) for lead in leads]
    held = {other.id for card in cards for other in card.reuse}
    cards += [Card(finding.place, finding) for finding in reuse if finding.id not in held]
    cards += _languages(finding for finding in everything if finding.kind == "language")
    return tuple(sorted(cards, key=lambda card: (card.place, card.lead.kind, card.lead.id)))


def _languages(findings: Iterable[Finding]) -> Iterator[Card]:
    """One card for each run of passages in one language."""
    ordered = sorted(findings, key=lambda finding: finding.place)
    for _, passages in groupby(ordered, key=lambda finding: finding.value("language")):
        run = tuple(passages)
        yield Card(run[0].place, run[0], run=run)


def to_confidence(run: Iterable[Finding]) -> str:
    """How sure the language of a run of passages is, in words: what was measured, and how much was taken over.

    >>> from catena.model import Document, Evidence, MadeBy, make_finding
    >>> to_confidence([make_finding(Document.of("a"), "language", {}, MadeBy("x"), values={"confidence": 0.98})])
    '0.98'
    """
    passages = tuple(run)
    taken = sum(any(reason.code == "inherited" for reason in one.evidence) for one in passages)
    read = [
        float(str(one.value("confidence")))
        for one in passages
        if not any(reason.code == "inherited" for reason in one.evidence)
    ]
    told = [f"{min(read):g}" if min(read) == max(read) else f"{min(read):g} to {max(read):g}"] if read else []
    return "; ".join((*told, *([f"{taken} taken over from a neighbour"] if taken else ())))


def to_head(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The head in the order of `LAYOUT_FIELDS`: what the layout shows, then when the document was written."""
    order = {field: number for number, field in enumerate(LAYOUT_FIELDS)}
    lines = [finding for finding in findings if finding.kind in ("layout", "dating")]
    return tuple(
        sorted(
            lines,
            key=lambda one: (one.kind == "dating", order.get(str(one.value("field")), len(LAYOUT_FIELDS)), one.place),
        )
    )


def _home(finding: Finding, by_id: Mapping[str, Finding], used: Mapping[Span, Finding]) -> str | None:
    """The finding on whose card this one is shown, or `None` when it has a card of its own."""
    parent = finding.parent if finding.parent in by_id else None
    if finding.kind == "attribution":
        quotation = str(finding.value("quotation"))
        if quotation in by_id:
            return quotation
        return parent if parent and by_id[parent].kind == "quotation" else None
    if finding.kind == "verification":
        return parent
    if finding.kind == "isnad" and parent is None:
        verdict = next((used[span] for span in finding.spans("matn") if span in used), None)
        return (_home(verdict, by_id, used) or verdict.id) if verdict else None
    if finding.kind == "citation":
        verdict = next((used[span] for span in finding.spans("content") if span in used), None)
        if verdict is None or verdict.parent == finding.id:
            return parent
        return _home(verdict, by_id, used) or verdict.id
    return parent if finding.kind == "isnad" else None


def _card(lead: Finding, joined: list[Finding], by_id: Mapping[str, Finding], reuse: list[Finding]) -> Card:
    words = lead.spans("heading") if lead.kind == "section" else lead.spans("content")
    place = words[0] if words else lead.place
    own = (lead,) if lead.kind == "verification" else ()
    return Card(
        place=place,
        lead=lead,
        voices=_voices(lead, joined, by_id),
        verdicts=own + tuple(finding for finding in joined if finding.kind == "verification"),
        citations=tuple(finding for finding in joined if finding.kind == "citation"),
        chains=tuple(finding for finding in joined if finding.kind == "isnad"),
        reuse=tuple(other for other in reuse if lead.kind in LEADS and other.place.overlaps(place)),
    )


def _voices(lead: Finding, joined: list[Finding], by_id: Mapping[str, Finding]) -> tuple[Voice, ...]:
    """The speaker first, then each voice that reports the one before."""
    step: Finding | None = lead
    if lead.kind != "attribution":
        step = next((finding for finding in joined if finding.kind == "attribution"), None)
    chain: list[Finding] = []
    while step is not None and step not in chain:
        if step.kind == "attribution":
            chain.append(step)
        step = by_id.get(step.parent or "")
    return tuple(map(_voice, chain))


def _voice(finding: Finding) -> Voice:
    return Voice(
        speaker=str(finding.value("speaker") or finding.text("source") or NOT_NAMED),
        cue=finding.text("cue"),
        outlet=finding.text("outlet"),
        medium=str(finding.value("medium") or finding.text("medium")),
        finding=finding,
    )
