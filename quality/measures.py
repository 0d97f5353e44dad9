"""The measures: for each kind of finding, which of the marks were found and what was found besides.

A wrong value counts twice, as missed and as false: the reader lacks the right one and is shown a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from catena.model import Document, Finding
from quality.gold import DocumentGold, Entry, Gold
from quality.match import Found, Score, Wanted, any_of, letters, pair, same, within

Findings = Sequence[Finding]

FAULTS = frozenset(
    (
        "vowels-differ",
        "shortened-meaning",
        "altered",
        "composite",
        "wrong-reference",
        "reference-text-differs",
        "not-found",
    )
)
"""Verdicts that a reader may take as a reproach; none may be given where the gold does not."""
SHOWN = 48  # code points of a text that name an item in a report


def measure_document(gold: DocumentGold, document: Document, found: Findings) -> Iterator[Score]:
    """Every measure of one document, in the order of the report."""
    kinds: dict[str, list[Finding]] = {}
    for finding in found:
        kinds.setdefault(finding.kind, []).append(finding)

    def get(kind: str) -> list[Finding]:
        return kinds.get(kind, [])

    yield from _layout(gold, get("layout"))
    sections = pair(gold.sections, get("section"), _is_section(document))
    yield _tally("sections", gold, sections, str, _found)
    yield from _quotations(gold, get("quotation"), get("attribution"))
    yield _indirect(gold, get("attribution"))
    yield _plain(gold, "citations", gold.citations, get("citation"), _is_citation)
    yield _plain(gold, "verifications", gold.verifications, get("verification"), is_verification)
    dates = [one for one in get("date") if _is_complete(one)]
    yield _plain(gold, "dates", gold.dates, dates, _is_date)
    yield _plain(gold, "times", gold.times, [one for one in get("date") if not _is_complete(one)], _is_time)
    yield _plain(
        gold, "figures", gold.figures, [one for one in get("figure") if one.value("measure") is None], _is_figure
    )
    yield _names(gold, [one for one in get("name") if one.value("type") is None])
    codes = [str(one.value("code")) for one in get("problem")]
    yield _tally("problems", gold, pair(gold.problems, codes, lambda want, code: want == code), str, str)


def measure_reuse(gold: Gold, shared: Mapping[str, Findings]) -> Iterator[Score]:
    """Pairs of documents that share wording, and the words that the passages must hold. `shared` is by file name."""
    pairs = {frozenset(entry["pair"]): entry for entry in gold.reuse}
    found = {
        frozenset((name, str(one.value("other_name"))))
        for name, many in shared.items()
        for one in many
        if one.value("other_name")
    }
    need = {key for key, entry in pairs.items() if not entry.get("optional")}
    yield Score("reuse pairs", _joined(need & found), _joined(need - found), _joined(found - set(pairs)))
    right: list[str] = []
    missed: list[str] = []
    for entry in gold.reuse:
        one, other = entry["pair"]
        texts = [letters(item.text("content")) for item in shared.get(one, ()) if item.value("other_name") == other]
        for phrase in entry.get("phrases", ()):
            held = any(letters(phrase) in text for text in texts)
            (right if held else missed).append(f"{one} + {other}: {phrase[:SHOWN]}")
    yield Score("reuse passages", tuple(right), tuple(missed))


def _joined(pairs: Iterable[frozenset[str]]) -> tuple[str, ...]:
    return tuple(sorted(" + ".join(sorted(one)) for one in pairs))


def measure_people(gold: Gold, found: Mapping[str, Findings]) -> Score:
    """Spellings of one person that the `name` findings give the same key as the first spelling."""
    keys = {
        letters(str(one.value("name"))): one.value("key")
        for many in found.values()
        for one in many
        if one.kind == "name"
    }
    right: list[str] = []
    missed: list[str] = []
    for first, *others in gold.people:
        for other in others:
            alike = letters(first) in keys and keys.get(letters(first)) == keys.get(letters(other))
            (right if alike else missed).append(f"{first} = {other}")
    return Score("name spellings", tuple(right), tuple(missed))


def breaches(gold: DocumentGold, found: Findings) -> Iterator[str]:
    """The absolute rules: each planted fault is reported right, no other fault is, and no step fails."""
    checks = [one for one in found if one.kind == "verification"]
    for want, got in pair(gold.verifications, checks, is_verification):
        if got is None and want is not None and want.get("planted"):
            yield f"{gold.name}: the planted fault is not reported right: {_named(want)}"
        if want is None and got is not None and got.verdict in FAULTS:
            yield f"{gold.name}: a fault is reported that is none: {_found(got)}"
    for one in found:
        if one.kind == "problem" and one.value("code") == "step-failed":
            yield f"{gold.name}: {one.evidence[0].note}"


def is_verification(want: Entry, got: Finding) -> bool:
    """True when the words begin as marked, with verdict, reference and cited place as marked."""
    return (
        letters(got.text("content")).startswith(letters(want["starts"]))
        and got.verdict in any_of(want["verdict"])
        and got.reference == want.get("reference")
        and (got.value("cited") or None) == want.get("cited")
    )


def _is_citation(want: Entry, got: Finding) -> bool:
    return within(want["text"], got.text("content")) and got.reference == want["reference"]


def _is_date(want: Entry, got: Finding) -> bool:
    start, end = str(want["start"]), str(want.get("end", want["start"]))
    return within(want["text"], got.text("content")) and (got.value("start"), got.value("end")) == (
        start,
        end,
    )


def _is_complete(got: Finding) -> bool:
    """True for a date with its year printed; the other expressions of time are measured apart."""
    settled = any(reason.code == "from-document-date" for reason in got.evidence)
    return bool(got.value("start")) and not settled


def _is_time(want: Entry, got: Finding) -> bool:
    """An expression of time: its length, its interval (the start alone where no end is marked), or that it is open."""
    if not within(want["text"], got.text("content")):
        return False
    if "length" in want:
        return (got.value("length"), got.value("unit")) == (want["length"], want["unit"])
    if "start" not in want:
        return got.value("start") is None
    start, end = str(want["start"]), str(want.get("end", got.value("end")))
    return (got.value("start"), got.value("end")) == (start, end)


def _is_figure(want: Entry, got: Finding) -> bool:
    if not within(want["text"], got.text("content")) or got.value("bound") != want["bound"]:
        return False
    if "count" in want:
        return bool(got.value("count") == want["count"])
    return (got.value("low"), got.value("high")) == (want["low"], want["high"])


def _is_section(document: Document) -> Callable[[str, Finding], bool]:
    def fits(want: str, got: Finding) -> bool:
        return letters(document.text[got.place.start : got.place.end]).startswith(letters(want))

    return fits


def _layout(gold: DocumentGold, found: Findings) -> Iterator[Score]:
    """The fields that the gold marks: another value is false, a field found besides is not judged."""
    for field, wanted in gold.layout.items():
        values = [str(one.value("value")) for one in found if one.value("field") == field]
        fine = [
            value
            for value in values
            if wanted is True or any(letters(str(want)) == letters(value) for want in any_of(wanted))
        ]
        item = f"{gold.name}: {field} = {str(any_of(wanted)[0])[:SHOWN]}"
        wrong = (
            tuple(f"{gold.name}: {field} = {value[:SHOWN]}" for value in values if value not in fine)
            if not fine
            else ()
        )
        yield Score("layout", (item,) if fine else (), () if fine else (item,), wrong)


def _quotations(gold: DocumentGold, quotations: Findings, attributions: Findings) -> Iterator[Score]:
    pairs = pair(gold.quotations, quotations, lambda want, got: same(want["text"], got.text("content")))
    must = [(want, got) for want, got in pairs if want is None or not want.get("optional")]
    yield _tally("quotations", gold, must, _named, _found)
    by_quotation: dict[object, Finding] = {}
    for one in attributions:
        by_quotation.setdefault(one.value("quotation") or one.parent, one)
    for want, got in pairs:
        if want is None or got is None:
            continue
        yield _value(gold, "quotation use", want, any_of(want["use"]), str(got.value("use")), lambda a, b: a == b)
        said = by_quotation.get(got.id)
        for field in ("source", "cue", "outlet"):
            if field in want:
                yield _value(gold, field, want, any_of(want[field]), said.text(field) if said else "", within)
        if "speaker" in want:
            value = str(said.value("speaker") or "") if said else ""
            yield _value(gold, "speaker", want, any_of(want["speaker"]), value, _same_name)


def _same_name(want: str, got: str) -> bool:
    return letters(want) == letters(got) or letters(got) == letters(f"the {want}")


def _value(
    gold: DocumentGold,
    measure: str,
    want: Entry,
    right: tuple[str, ...],
    got: str,
    fits: Callable[[str, str], bool],
) -> Score:
    item = f"{gold.name}: “{want['text'][:SHOWN]}” {right[0]}"
    if any(fits(one, got) for one in right):
        return Score(measure, (item,))
    return Score(measure, (), (item,), (f"{item} but found {got[:SHOWN]!r}",) if got else ())


def _indirect(gold: DocumentGold, found: Findings) -> Score:
    """Reported speech without marks: source (or that none is named), cue, and the beginning of what is reported."""
    mine = [one for one in found if one.value("mode") == "indirect"]
    return _plain(gold, "indirect speech", gold.indirect, mine, _is_indirect)


def _is_indirect(want: Entry, got: Finding) -> bool:
    if not (within(want["cue"], got.text("cue")) and letters(want["starts"]) in letters(got.text("content"))):
        return False
    if want.get("no_source"):
        return any(reason.code == "source-not-named" for reason in got.evidence)
    return "source" not in want or within(want["source"], got.text("source"))


def _names(gold: DocumentGold, found: Findings) -> Score:
    """Names of people, each once a document; a part of a marked name (Brisk, Dr Rasim) is no mistake."""
    shown = list(dict.fromkeys(str(one.value("name")) for one in found))
    pairs = pair(gold.names, shown, lambda want, got: letters(want) == letters(got))
    rest = [got for want, got in pairs if want is None and got is not None]
    false = [got for got in rest if not any(within(want, got) for want in gold.names)]
    return Score(
        "names",
        tuple(f"{gold.name}: {want}" for want, got in pairs if want and got),
        tuple(f"{gold.name}: {want}" for want, got in pairs if want and not got),
        tuple(f"{gold.name}: {got}" for got in false),
    )


def _plain(
    gold: DocumentGold,
    measure: str,
    wanted: Sequence[Entry],
    found: Findings,
    fits: Callable[[Entry, Finding], bool],
) -> Score:
    """An optional mark counts neither when found nor when missed."""
    pairs = [(want, got) for want, got in pair(wanted, found, fits) if want is None or not want.get("optional")]
    return _tally(measure, gold, pairs, _named, _found)


def _tally(
    measure: str,
    gold: DocumentGold,
    pairs: Sequence[tuple[Wanted | None, Found | None]],
    name: Callable[[Wanted], str],
    show: Callable[[Found], str],
) -> Score:
    return Score(
        measure,
        tuple(f"{gold.name}: {name(want)}" for want, got in pairs if want is not None and got is not None),
        tuple(f"{gold.name}: {name(want)}" for want, got in pairs if want is not None and got is None),
        tuple(f"{gold.name}: {show(got)}" for want, got in pairs if want is None and got is not None),
    )


def _named(want: Entry) -> str:
    """An entry of the gold in a few words."""
    words = want.get("text") or want.get("starts")
    rest = [
        str(any_of(want[key])[0]) for key in ("cue", "verdict", "reference", "cited", "start", "bound") if want.get(key)
    ]
    return " | ".join([str(words)[:SHOWN], *rest])


def _found(got: Finding) -> str:
    """A finding in a few words."""
    rest = [got.text("cue"), got.verdict, got.reference]
    rest += [
        str(got.value(key)) for key in ("cited", "start", "bound", "count", "use", "code") if got.value(key) is not None
    ]
    return " | ".join([" ".join(got.text("content").split())[:SHOWN], *(str(one) for one in rest if one)])
