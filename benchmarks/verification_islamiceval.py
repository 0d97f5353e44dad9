"""Checking of scripture in answers of language models: `python -m benchmarks.verification_islamiceval DATA`.

DATA is a folder with `islamiceval2026`, `islamiceval2025` and `editions` (Tanzil's texts, the six books of hadith);
nothing of it is in the project. `rows` gives one row a measure. Everything measured is what `find_quotations`,
`find_citations`, `find_isnads`, `verify` and `find_unannounced` find; this module only translates findings into the
sets' labels.

The peer QDetect (`pip install QDetect`) is measured on the same text when it is installed.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.islamiceval import (
    CLASSES,
    WRONG,
    Answers,
    Segment,
    accuracy,
    holds_correction,
    paint,
    read_2025,
    read_2026,
    read_hadith,
    read_official_verses,
    read_verses,
    same_correction,
    score_spans_2025,
    score_spans_2026,
)
from catena.attribution import find_quotations
from catena.lexicons.formulae import load_check_lexicon
from catena.lexicons.marks import load_marks
from catena.lexicons.references import load_collections, load_reference_systems
from catena.model import Document, Finding, MadeBy, Span, make_finding
from catena.verification import (
    LoadedLibrary,
    find_citations,
    find_isnads,
    find_unannounced,
    load_edition,
    make_library,
    verify,
)
from catena.verification.decide import decide
from catena.verification.decision import Decision
from catena.verification.ladder import HOLDS
from catena.verification.library_view import Edition
from catena.verification.quoted import make_quoted, pair_citations
from catena.verification.systems import name_key

WORKS = {"Ayah": "quran", "matn": "hadith"}
Row = tuple[str, float, float, float]
"""Measure, best known figure, figure to reach, figure reached."""


@dataclass(frozen=True)
class Bench:
    """The sets, and the library that they are checked against."""

    new: Answers
    spans: Answers
    labels: Answers
    library: LoadedLibrary
    verses: Mapping[str, str]


def load(folder: Path) -> Bench:
    """Every set in `folder`, and a library of two spellings of the Qur'an and six books of hadith."""
    editions = folder / "editions"
    loaded = [
        load_edition(Edition(name, "quran", "Qur'an", "ar", kind="numbered-verses"), read_verses(path))
        for name, path in (
            ("Tanzil simple", editions / "quran" / "quran-simple.txt"),
            ("Tanzil Uthmani", editions / "quran" / "quran-uthmani.txt"),
        )
    ]
    for name, passages in read_hadith(editions / "hadith" / "six-books.jsonl.gz").items():
        loaded.append(load_edition(Edition(name, name, name, "ar"), passages))
    old = folder / "islamiceval2025"
    return Bench(
        read_2026(folder / "islamiceval2026"),
        read_2025(old, "A"),
        read_2025(old, "B"),
        make_library(loaded),
        read_official_verses(old / "Quran__quranic_verses.json"),
    )


def rows(folder: Path) -> list[Row]:
    """The table: measure, best known, to reach, reached."""
    bench = load(folder)
    return [*_labels(bench), *_spans(bench), *_corrections(bench), *_matches(bench)]


# -- spans ----------------------------------------------------------------------------------------------------------


def findings(text: str, library: LoadedLibrary) -> tuple[Finding, ...]:
    """What the program finds in one answer."""
    document = Document.of(text)
    quotations = tuple(one for one in find_quotations(document, load_marks()) if one.kind == "quotation")
    citations = find_citations(document, load_reference_systems())
    lexicon = load_check_lexicon()
    isnads = find_isnads(document, quotations, citations, lexicon)
    checked = verify(document, quotations, citations, library, lexicon)
    unannounced = find_unannounced(document, (*quotations, *isnads, *checked), library, lexicon)
    return (*citations, *isnads, *checked, *unannounced)


def segments(text: str, found: tuple[Finding, ...]) -> Iterator[tuple[int, int, int]]:
    """Findings as the sets' classes: claimed verses and sayings, their chains, the places claimed for them.

    The sets' places stand without brackets, and only beside words that are claimed for them.
    """
    checked = [one for one in found if one.kind == "verification" and one.verdict != "formula" and _kind(one)]
    held = _held(text, checked, [one for one in found if one.kind == "citation"])
    for one in found:
        if one.kind == "citation" and one.id in held and one.value("system") in WORKS.values():
            span = _bare(text, one.place)
            yield span.start, span.end, CLASSES.index("claimed_source")
    for one in found:
        if one.kind == "isnad":
            yield from ((span.start, span.end, CLASSES.index("isnad")) for span in one.spans("chain"))
    for one in checked:
        yield from ((span.start, span.end, CLASSES.index(_kind(one))) for span in one.spans("content"))


def _held(text: str, checked: Sequence[Finding], citations: Sequence[Finding]) -> dict[str, str]:
    """The citations beside the words checked: a verdict's own, and others that stand by."""
    document = Document.of(text)
    words = [make_finding(document, "quotation", {"content": one.spans("content")}, MadeBy("bench")) for one in checked]
    return pair_citations(text, words, citations)


def _kind(one: Finding) -> str:
    """The sets' class of checked words, or ""."""
    works = [str(one.value(name) or "") for name in ("claimed", "work")]
    works += [family for work in works for family in load_collections().get(name_key(work), ())[:1]]
    return next((kind for kind, work in WORKS.items() if work in works), "")


def _bare(text: str, span: Span) -> Span:
    held = span.of(text)
    if held[0] + held[-1] in ("()", "[]", "{}"):
        return Span(span.start + 1, span.end - 1)
    return span


def _spans(bench: Bench) -> Iterator[Row]:
    given = {answer: list(segments(text, findings(text, bench.library))) for answer, text in bench.new.texts.items()}
    scores = score_spans_2026(bench.new, given)
    yield "task 1 macro-F1 of five classes", 0.868, 0.89, scores["macro"]
    for kind in CLASSES:
        yield f"  F1 {kind}", 0.0, 0.0, scores[kind]
    old = {}
    for answer, text in bench.spans.texts.items():
        kept = {CLASSES.index("Ayah"), CLASSES.index("matn")}
        old[answer] = [one for one in segments(text, findings(text, bench.library)) if one[2] in kept]
    yield "2025 1A macro-F1", 0.897, 0.91, score_spans_2025(bench.spans, old)


# -- labels of given spans ------------------------------------------------------------------------------------------


def label(text: str, one: Segment, library: LoadedLibrary, source: Segment | None = None) -> Decision | None:
    """The decision on a given span; `source` is the given span of the place claimed for it, to be weighed too."""
    document = Document.of(text)
    lexicon = load_check_lexicon()
    citations: tuple[Finding, ...] = ()
    if source is not None:
        every = find_citations(document, load_reference_systems())
        place = Span(source.start, source.end)
        citations = tuple(found for found in every if found.place.overlaps(place))
    quoted = make_quoted(text, [Span(one.start, one.end)], None, citations)
    return decide(quoted, library, lexicon, (WORKS[one.kind],)) if quoted.words else None


def holds(decision: Decision | None, work: str) -> bool:
    """True when the words are those of the work, wherever in it they stand."""
    if decision is None or (not _is_of(decision, work) and decision.verdict != "formula"):
        return False
    wording = next((reason.note for reason in decision.evidence if reason.code == "wording"), decision.verdict)
    if wording == "vowels-differ":
        return work != "quran"  # the sets label a verse with another vowel as incorrect
    return wording in (*HOLDS, "variant", "formula")


def _is_of(decision: Decision, work: str) -> bool:
    return work in (decision.work, *load_collections().get(name_key(decision.work), ()))


def _labels(bench: Bench) -> Iterator[Row]:
    known = {"Ayah": (0.9986, 0.998), "matn": (0.939, 0.945)}
    for kind, work in WORKS.items():
        pairs = []
        for one in bench.new.segments:
            if one.kind == kind and one.label != "N/A":
                decision = label(bench.new.texts[one.answer], one, bench.library)
                pairs.append((one.label == "correct", holds(decision, work)))
        yield f"task 2 accuracy {kind}", *known[kind], accuracy(pairs)
    yield "task 2 accuracy claimed source", 0.937, 0.95, accuracy(_sources(bench))
    pairs = []
    for one in bench.labels.segments:
        if one.kind in WORKS:
            decision = label(bench.labels.texts[one.answer], one, bench.library)
            pairs.append((one.label == "correct", holds(decision, WORKS[one.kind])))
    yield "2025 1B accuracy", 0.923, 0.93, accuracy(pairs)


def _sources(bench: Bench) -> Iterator[tuple[bool, bool]]:
    main = {(one.answer, one.number): one for one in bench.new.segments if one.kind in WORKS}
    for source in bench.new.segments:
        if source.kind == "claimed_source" and source.label != "N/A":
            one = main[source.answer, source.number]
            decision = label(bench.new.texts[one.answer], one, bench.library, source)
            yield source.label == "correct", _well_cited(decision)


def _well_cited(decision: Decision | None) -> bool:
    """True when the place claimed holds these words, changed or not, as far as the library can tell."""
    if decision is None or decision.cited is None:
        return False
    codes = {reason.code for reason in decision.evidence}
    if "work-not-loaded" in codes:
        return True
    elsewhere = decision.verdict in ("wrong-reference", "reference-text-differs", "not-found")
    return not elsewhere and "not-in-collection" not in codes


# -- corrections ----------------------------------------------------------------------------------------------------


def _corrections(bench: Bench) -> Iterator[Row]:
    """Task 3. The set's file of hadith with their words apart is not public: a hadith with its chain counts when it
    holds an accepted correction.
    """
    pairs: dict[str, list[tuple[bool, bool]]] = {"Ayah": [], "matn": []}
    for one in bench.new.segments:
        if one.corrections:
            decision = label(bench.new.texts[one.answer], one, bench.library)
            given = correction(decision, one.kind, bench)
            right = holds_correction if one.kind == "matn" and given != WRONG else same_correction
            pairs[one.kind].append((True, right(one.corrections, given, one.kind)))
    yield "task 3 accuracy Ayah", 0.855, 0.87, accuracy(pairs["Ayah"])
    yield "task 3 accuracy overall", 0.812, 0.84, accuracy([*pairs["Ayah"], *pairs["matn"]])


def correction(decision: Decision | None, kind: str, bench: Bench) -> str:
    """The one passage that the decision points to, a verse in the set's own spelling; `WRONG` for none."""
    if decision is None or decision.match is None or not _is_of(decision, WORKS[kind]):
        return WRONG
    held = decision.match.comparison
    letters: Counter[int] = Counter()
    for step in held.steps:
        for word in held.reference[slice(*step.reference)] if step.op == "equal" else ():
            letters[word.passage] += len(word.text)
    loaded = bench.library.editions[decision.match.stretch.edition]
    place = max(letters, key=lambda one: (letters[one], -one))
    return bench.verses.get(loaded.references[place], loaded.texts[place])


# -- matching alone -------------------------------------------------------------------------------------------------


def _matches(bench: Bench) -> Iterator[Row]:
    """Characters of verses found by their words alone: precision, and recall of verses labelled correct."""
    ours: dict[str, list[tuple[int, int, int]]] = {}
    for answer, text in bench.new.texts.items():
        found = findings(text, bench.library)
        kept = [one for one in found if one.kind == "verification" and one.value("work") == "quran"]
        kept = [one for one in kept if one.verdict not in ("not-found", "reference-text-differs")]
        ours[answer] = [(span.start, span.end, 1) for one in kept for span in one.spans("content")]
    yield "match only, Ayah precision", 0.940, 0.95, (scored := _overlap(bench.new, ours))[0]
    yield "match only, Ayah recall of correct verses", 0.968, 0.985, scored[1]


def _overlap(answers: Answers, given: Mapping[str, list[tuple[int, int, int]]]) -> tuple[float, float]:
    gold, right, mine = [], [], []
    for answer, text in answers.texts.items():
        spans = [one for one in answers.segments if one.answer == answer and one.kind == "Ayah"]
        gold.append(paint([(one.start, one.end, 1) for one in spans], len(text)))
        right.append(paint([(one.start, one.end, 1) for one in spans if one.label == "correct"], len(text)))
        mine.append(paint(given.get(answer, []), len(text)))
    every, correct, found = (np.concatenate(one) > 0 for one in (gold, right, mine))
    precision = float((every & found).sum() / max(1, found.sum()))
    return precision, float((correct & found).sum() / max(1, correct.sum()))


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m benchmarks.verification_islamiceval DATA", file=sys.stderr)
        return 2
    started = time.perf_counter()
    for measure, known, reach, reached in rows(Path(arguments[0])):
        print(f"{measure:48} known {known:.4f}  reach {reach:.4f}  reached {reached:.4f}")
    print(f"{time.perf_counter() - started:.0f} s, one core")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
