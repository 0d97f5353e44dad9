"""Find quotations: every mark style, blocks, and marks that never close.

Order: paragraphs -> pairs of marks -> blocks -> use of each -> findings, outer before inner.
"""

from __future__ import annotations

from catena.attribution.blocks import find_blocks
from catena.attribution.lexicon import MarkTable
from catena.attribution.marks import Mark, Pair, pair_marks
from catena.attribution.regions import find_paragraphs, unwrap
from catena.attribution.use import decide_use
from catena.model import Document, Evidence, Finding, MadeBy, Span, cover, make_finding, trim

MAKER = MadeBy("quotation-marks", "1")
MOST_PROBLEMS = 300
"""Unpaired marks listed one by one; the rest are counted in one finding, so that noise stays readable."""
SHOWN = 1000
"""Code points shown after a mark that never closes, within its paragraph."""
_NOTES = {
    "opened-again": "the mark is repeated where the next paragraph begins",
    "runs-on": "no mark at the start of the next paragraph; closed there",
}


def find_quotations(document: Document, table: MarkTable) -> tuple[Finding, ...]:
    """Quotations of `document` in order of their place, then the marks that found no partner.

    Kind `quotation`: roles `content` (one span a paragraph, marks and outer white space left out), `open`,
    `close`;
    values `style` and `use`; a quotation inside another has it as parent. Kind `problem` (value `code`):
    `unclosed-mark`, its `content` running to the end of its paragraph at most, and `unopened-mark`.
    """
    paragraphs = find_paragraphs(document)
    pairs, lost, strays = pair_marks(document.text, paragraphs, table)
    made: dict[int, Finding] = {}
    flat = unwrap(document.text)
    found = _block_findings(document, flat, pairs, table)
    for pair in pairs:
        finding = _pair_finding(document, flat, pair, made, table)
        if finding is not None:
            made[id(pair)] = finding
            found.append(finding)
    found.sort(key=lambda finding: (finding.place.start, -finding.place.end))
    return tuple(found + _problems(document, lost, strays))


def _problems(document: Document, lost: list[Pair], strays: list[Mark]) -> list[Finding]:
    alone = [pair for pair in lost if not pair.mark.pair.single and not pair.mark.pair.script]
    stray = [mark for mark in strays if not _after_digit(document.text, mark)]
    problems = [_unclosed(document, pair) for pair in alone[:MOST_PROBLEMS]]
    problems += [_unopened(document, mark) for mark in stray[:MOST_PROBLEMS]]
    problems.sort(key=lambda finding: finding.place)
    rest = len(alone) + len(stray) - len(problems)
    if rest:
        problems.append(
            make_finding(
                document,
                "problem",
                {},
                MAKER,
                values={"code": "more-unpaired-marks", "count": rest},
                evidence=[Evidence("more-unpaired-marks", f"{rest} more marks without a partner are not listed")],
            )
        )
    return problems


def _pair_finding(
    document: Document, flat: str, pair: Pair, made: dict[int, Finding], table: MarkTable
) -> Finding | None:
    contents = tuple(span for span in (trim(document.text, piece) for piece in pair.contents) if len(span))
    if not contents or pair.close is None:
        return None
    style = pair.mark.pair.style
    outside = Span(pair.opens[0].start, pair.close.end)
    use, evidence = decide_use(flat, contents, outside, style, table)
    parent = made.get(id(pair.parent)) if pair.parent else None
    return make_finding(
        document,
        "quotation",
        {"content": contents, "open": pair.opens, "close": pair.close},
        MAKER,
        values={"style": style, "use": use},
        parent=parent.id if parent else None,
        evidence=(*evidence, *(Evidence(note, _NOTES.get(note, "")) for note in dict.fromkeys(pair.notes))),
    )


def _block_findings(document: Document, flat: str, pairs: list[Pair], table: MarkTable) -> list[Finding]:
    """Blocks that are not wholly in marks already."""
    found = []
    starts = {pair.opens[0].start: pair for pair in pairs}
    for how, contents in find_blocks(document):
        marked = starts.get(contents[0].start)
        if marked is not None and marked.close is not None and marked.close.end >= contents[-1].end - 1:
            continue
        use, evidence = decide_use(flat, contents, cover(contents), "block", table)
        found.append(
            make_finding(
                document,
                "quotation",
                {"content": contents},
                MAKER,
                values={"style": "block", "use": use},
                evidence=(*evidence, Evidence(f"block-{how}")),
            )
        )
    return found


def _unclosed(document: Document, pair: Pair) -> Finding:
    end = pair.contents[0].end if pair.contents else min(pair.begin, len(document.text))
    end = min(end, pair.opens[0].end + SHOWN)
    content = trim(document.text, Span(pair.opens[0].end, max(end, pair.opens[0].end)))
    return make_finding(
        document,
        "problem",
        {"open": pair.opens[0], "content": content},
        MAKER,
        values={"code": "unclosed-mark", "style": pair.mark.pair.style},
        evidence=[Evidence("unclosed-mark", "no closing mark before the paragraph ends", pair.opens[0])],
    )


def _unopened(document: Document, mark: Mark) -> Finding:
    span = Span(mark.start, mark.end)
    return make_finding(
        document,
        "problem",
        {"close": span},
        MAKER,
        values={"code": "unopened-mark", "style": mark.pair.style},
        evidence=[Evidence("unopened-mark", "no opening mark in the paragraph", span)],
    )


def _after_digit(text: str, mark: Mark) -> bool:
    """Inches: 12" is no stray quotation mark."""
    return mark.family == "straight" and text[mark.start - 1 : mark.start].isdigit()
