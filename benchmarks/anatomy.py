"""How well the anatomy of documents is read: `python -m benchmarks.anatomy [--half NAME] [--errors]`.

Five sets of our own, each with marks by hand: the examples (their gold as far as it marks the same things is scored by
`python -m quality.gate`), `anatomy_texts/development.yaml`, written while the rules were, `held-out.yaml`, written
after they were first frozen and development since, `fresh.yaml` and `second-fresh.yaml`, each written after they were
frozen again, measured once, and development since. A wrong value counts as missed and as false. `--dates` and
`--names` measure on public sets given by path, `--speed` the speed.

Names are scored twice: found (each form printed, by its letters and type), and grouped (B-cubed F1 over the forms that
both the gold and the program hold).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from quality.match import Score, add, letters, pair, within

from benchmarks.anatomy_dates import measure_dates
from benchmarks.anatomy_names import measure_names
from benchmarks.anatomy_speed import measure_build, measure_speed
from catena.anatomy import group_names, to_sources
from catena.kit import load_kit
from catena.model import Document, Finding
from catena.pipeline import analyse

TEXTS = Path(__file__).parent / "anatomy_texts"
HALVES = ("development", "held-out", "fresh", "second-fresh")
LEAST = 20  # code points of a passage whose language is judged
STEPS = ("layout", "sections", "languages", "quotations", "attributions", "dates", "names", "proper names", "figures")

Case = Mapping[str, Any]


def measure(case: Case) -> Iterator[Score]:
    """The scores of one document, one a measure."""
    document = Document.of(case["text"], case["text"].split("\n")[0])
    found = analyse(document, load_kit(), STEPS)
    yield from _layout(case.get("layout", {}), [one for one in found if one.kind == "layout"], document.origin.name)
    sections = sum(one.kind == "section" for one in found)
    yield _tally("sections", [case["sections"]] if "sections" in case else [], [sections] if sections else [], _equal)
    dates = [one for one in found if one.kind == "date"]
    yield _tally("times found", case.get("times", ()), dates, lambda want, got: within(want[0], got.text("content")))
    yield _resolved(case.get("times", ()), dates)
    figures = [one for one in found if one.kind == "figure"]
    yield _tally("figures", case.get("figures", ()), figures, _is_figure)
    yield from _voices(case.get("figures", ()), figures)
    yield from _names(case.get("names", {}), found, document)
    yield _languages(case, document, [one for one in found if one.kind == "language"])


def _equal(want: object, got: object) -> bool:
    return want == got


def _layout(wanted: Mapping[str, Any], found: Sequence[Finding], name: str) -> Iterator[Score]:
    for field in ("title", "genre", "publisher", "author", "date", "translated"):
        want = wanted.get(field)
        got = [one for one in found if one.value("field") == field]
        item = f"{name[:30]}: {want}"
        fits = bool(got) and (want is True or letters(str(want)) == letters(str(got[0].value("value"))))
        right = (item,) if want is not None and fits else ()
        missed = (item,) if want is not None and not fits else ()
        false = tuple(f"{name[:30]}: {one.value('value')}" for one in got[:1]) if got and not right else ()
        yield Score(f"layout: {field}", right, missed, false)


def _tally(measure: str, wanted: Sequence[Any], found: Sequence[Any], fits: Callable[[Any, Any], bool]) -> Score:
    pairs = pair(wanted, found, fits)
    return Score(
        measure,
        tuple(_show(want) for want, got in pairs if want is not None and got is not None),
        tuple(_show(want) for want, got in pairs if want is not None and got is None),
        tuple(_show(got) for want, got in pairs if want is None),
    )


def _show(item: Any) -> str:
    if isinstance(item, Finding):
        values = {
            name: value for name, value in item.values if name in ("start", "end", "count", "bound", "voice", "type")
        }
        return f"{' '.join(item.text('content').split())!r} {values}"
    return str(item)


def _resolved(wanted: Sequence[Sequence[Any]], dates: Sequence[Finding]) -> Score:
    """Of the expressions found: those with the right days, length, or open as they should be."""
    right: list[str] = []
    wrong: list[str] = []
    for want, got in pair(wanted, dates, lambda want, got: within(want[0], got.text("content"))):
        if want is not None and got is not None:
            (right if _is_resolved(want, got) else wrong).append(f"{want} got {_show(got)}")
    return Score("times resolved", tuple(right), tuple(wrong), tuple(wrong))


def _is_resolved(want: Sequence[Any], got: Finding) -> bool:
    if len(want) == 1:
        return got.value("start") is None
    if isinstance(want[1], int):
        return (got.value("length"), got.value("unit")) == (want[1], want[2])
    start, end = str(got.value("start")), str(got.value("end"))
    return start == str(want[1]) and (end == str(want[2]) or got.value("part") is not None)


def _is_figure(want: Sequence[Any], got: Finding) -> bool:
    words, number, bound, counted, _ = want
    if not within(words, got.text("content")) or got.value("bound") != bound or got.value("counted") != counted:
        return False
    if isinstance(number, str):
        low, high = map(int, number.split(".."))
        return (got.value("low"), got.value("high")) == (low, high)
    return bool(got.value("count") == number)


def _voices(wanted: Sequence[Sequence[Any]], figures: Sequence[Finding]) -> Iterator[Score]:
    """Of the figures found by their words: those with the right voice."""
    for want, got in pair(wanted, figures, lambda want, got: within(want[0], got.text("content"))):
        if want is None or got is None:
            continue
        voice = str(got.value("voice") or ("?" if got.parent else ""))
        fits = within(want[4], voice) if want[4] not in ("", "?") else voice == want[4]
        item = f"{want[0]}: {want[4]!r} got {voice!r}"
        yield Score("figures: voice", (item,) if fits else (), () if fits else (item,), () if fits else (item,))


def _names(
    wanted: Mapping[str, Sequence[Sequence[str]]], found: Sequence[Finding], document: Document
) -> Iterator[Score]:
    entities = [(kind, entity) for kind, many in wanted.items() for entity in many]
    marked = {(kind, letters(form)): number for number, (kind, entity) in enumerate(entities) for form in entity}
    rows = [(document.origin.name, one, document.text) for one in found if one.kind in ("name", "layout")]
    shown = {}
    for number, entity in enumerate(group_names(to_sources(rows), load_kit().places)):
        for form in entity.forms:
            shown[{"person": "people"}.get(entity.type, entity.type), letters(form)] = number
    keys = [key for key in marked if key in shown]
    # A part of a marked name (a surname, a town in a body's name) is no mistake, as in the gate.
    false = [key for key in shown if key not in marked and not any(within(key[1], form) for _, form in marked)]
    yield Score(
        "names found",
        tuple(map(str, keys)),
        tuple(str(key) for key in marked if key not in shown),
        tuple(map(str, false)),
    )
    yield Score("names grouped", *_bcubed(keys, marked, shown))


def _bcubed(
    keys: Sequence[Any], gold: Mapping[Any, int], shown: Mapping[Any, int]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """B-cubed by pairs of forms: a pair in one entity of both is right. Each form is paired with itself too."""
    right: list[str] = []
    missed: list[str] = []
    false: list[str] = []
    for one in keys:
        for other in keys:
            together, got = gold[one] == gold[other], shown[one] == shown[other]
            if together or got:
                (right if together and got else missed if together else false).append(f"{one} {other}")
    return tuple(right), tuple(missed), tuple(false)


def _languages(case: Case, document: Document, found: Sequence[Finding]) -> Score:
    long = [one for one in found if len(one.text("content").strip()) >= LEAST]
    allowed = case.get("languages", [])
    right = [_show(one) for one in long if one.value("language") in allowed]
    wrong = tuple(f"{_show(one)} {one.value('language')}" for one in long if one.value("language") not in allowed)
    return Score("language", tuple(right), wrong, wrong)


def load(half: str) -> list[Case]:
    """The marked statements of one half."""
    cases: list[Case] = yaml.safe_load((TEXTS / f"{half}.yaml").read_text(encoding="utf-8"))
    return cases


def run(half: str) -> tuple[tuple[Score, ...], int, float]:
    """The scores of one half, the number of its documents, and CPU seconds."""
    cases = load(half)
    began = time.process_time()
    scores = add(score for case in cases for score in measure(case))
    return scores, len(cases), time.process_time() - began


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of each half."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.anatomy", description=__doc__.split("\n")[0])
    parser.add_argument("--half", choices=HALVES, help="only this one")
    parser.add_argument("--errors", action="store_true", help="list what is missed and false")
    parser.add_argument(
        "--speed", type=int, metavar="N", help="documents a second over N made-up documents, and no more"
    )
    parser.add_argument("--dates", type=Path, metavar="FOLDER", help="expressions of time on WikiWars (TIMEX2 inline)")
    parser.add_argument("--names", type=Path, metavar="FOLDER", help="names on a copy of re3d")
    given = parser.parse_args(arguments)
    if given.dates or given.names:
        print("\n".join((*(measure_dates(given.dates) if given.dates else ()),
                         *(measure_names(given.names) if given.names else ()))))  # fmt: skip
        return
    if given.speed:
        texts = [case["text"] for half in HALVES for case in load(half)]
        print("\n".join((*measure_build(texts), *measure_speed(texts, given.speed))))
        return
    for half in [given.half] if given.half else HALVES:
        if (TEXTS / f"{half}.yaml").exists():
            print("\n".join(_table(half, *run(half), errors=given.errors)))


def _table(half: str, scores: Iterable[Score], documents: int, seconds: float, *, errors: bool) -> Iterator[str]:
    yield f"{half}: {documents} documents, {seconds:.1f} CPU seconds"
    yield f"{'measure':<20}{'right':>6}{'missed':>7}{'false':>6}{'P':>7}{'R':>7}{'F1':>7}"
    for one in scores:
        counts = f"{len(one.right):>6}{len(one.missed):>7}{len(one.false):>6}"
        yield f"{one.measure:<20}{counts}{one.precision:>7.3f}{one.recall:>7.3f}{one.f1:>7.3f}"
        if errors:
            yield from (f"    missed {item}" for item in one.missed)
            yield from (f"    false  {item}" for item in one.false)


if __name__ == "__main__":
    main()
