"""The quality gate: `python -m quality.gate [--update] [--quiet]`.

Runs every detector on the examples, scores the findings against `examples/gold.yaml`, and compares with
`quality/baseline.json`: the floors, and the items missed or false when it was written. Exit code 0: the floors hold
and no absolute rule is broken. 1: a floor or a rule is broken, or the examples changed under the baseline.
`--update` writes a new baseline; it is the only way to lower a floor, and it never waives the absolute rules.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catena.kit import Kit, load_kit
from catena.model import Document, Finding
from catena.pipeline import analyse, relate
from catena.readers import read_bytes
from quality.gold import EXAMPLES, Gold, fingerprint, load_gold
from quality.match import Score, add
from quality.measures import breaches, measure_document, measure_people, measure_reuse

BASELINE = Path(__file__).with_name("baseline.json")
TOLERANCE = 1e-9  # floors are written with four digits, rounded down


@dataclass(frozen=True, slots=True)
class Run:
    """What one run over the examples gave: scores by measure, and the absolute rules that are broken."""

    scores: tuple[Score, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from the baseline: items gained and lost, floors that do not hold, a baseline of other examples."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    below: tuple[str, ...]
    stale: bool


def find_all(folder: Path = EXAMPLES) -> tuple[dict[str, Document], dict[str, tuple[Finding, ...]]]:
    """Documents and findings by file name, shared passages included. Uses the library of the examples alone."""
    kit: Kit = load_kit((folder / "library",))
    paths = sorted((folder / "statements").iterdir())
    documents = {path.name: read_bytes(path.read_bytes(), path.name) for path in paths}
    found = {name: analyse(document, kit) for name, document in documents.items()}
    shared = relate(tuple(documents.values()), tuple(documents), kit)
    for name, document in documents.items():
        found[name] += tuple(shared.get(document.id, ()))
    return documents, found


def score(gold: Gold, documents: Mapping[str, Document], found: Mapping[str, Sequence[Finding]]) -> Run:
    """Score findings against the gold."""
    scores: list[Score] = []
    broken: list[str] = []
    for one in gold.documents:
        scores += measure_document(one, documents[one.name], found[one.name])
        broken += breaches(one, found[one.name])
    shared = {name: [item for item in many if item.kind == "reuse"] for name, many in found.items()}
    scores += measure_reuse(gold, shared)
    scores.append(measure_people(gold, found))
    return Run(add(scores), tuple(broken))


def compare(run: Run, baseline: Mapping[str, Any], mark: str) -> Change:
    """What differs from `baseline`; `mark` is the fingerprint of the examples as they are now."""
    gained: list[str] = []
    lost: list[str] = []
    below: list[str] = []
    for one in run.scores:
        old = baseline["measures"].get(one.measure, {"f1": 0.0, "missed": [], "false": []})
        for now, then, sign in ((one.missed, old["missed"], "missed"), (one.false, old["false"], "false")):
            gained += [f"{one.measure}: no longer {sign}: {item}" for item in then if item not in now]
            lost += [f"{one.measure}: now {sign}: {item}" for item in now if item not in then]
        if one.f1 + TOLERANCE < old["f1"]:
            below.append(f"{one.measure}: F1 {one.f1:.4f} is below the floor {old['f1']:.4f}")
    below += [
        f"{gone}: no longer measured"
        for gone in baseline["measures"]
        if gone not in {one.measure for one in run.scores}
    ]
    return Change(tuple(gained), tuple(lost), tuple(below), baseline["fingerprint"] != mark)


def to_baseline(run: Run, mark: str) -> dict[str, Any]:
    """The run as the new baseline: floors rounded down to four digits, missed and false items named."""
    return {
        "fingerprint": mark,
        "measures": {
            one.measure: {
                "f1": int(one.f1 * 10_000) / 10_000,
                "missed": sorted(one.missed),
                "false": sorted(one.false),
            }
            for one in run.scores
        },
    }


def report(run: Run, change: Change | None, *, quiet: bool = False) -> str:
    """The table of measures, what is missed and false (not when `quiet`), and what changed."""
    lines = [f"{'measure':<18}{'right':>6}{'missed':>7}{'false':>6}{'P':>7}{'R':>7}{'F1':>7}"]
    for one in run.scores:
        counts = f"{len(one.right):>6}{len(one.missed):>7}{len(one.false):>6}"
        lines.append(f"{one.measure:<18}{counts}{one.precision:>7.3f}{one.recall:>7.3f}{one.f1:>7.3f}")
    if not quiet:
        for one in run.scores:
            lines += [f"missed  {one.measure}: {item}" for item in one.missed]
            lines += [f"false   {one.measure}: {item}" for item in one.false]
    if change:
        lines += [f"gained  {item}" for item in change.gained] + [f"lost    {item}" for item in change.lost]
        lines += [f"BELOW   {item}" for item in change.below]
        if change.stale:
            lines.append(
                "STALE   gold, statements or library changed since the baseline; next: --update, and review its diff"
            )
    lines += [f"BROKEN  {item}" for item in run.broken]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate; 0 when it holds."""
    parser = argparse.ArgumentParser(prog="python -m quality.gate", description="Score the detectors on the examples.")
    parser.add_argument("--update", action="store_true", help="write a new baseline, lower floors included")
    parser.add_argument("--quiet", action="store_true", help="leave out the lists of missed and false items")
    given = parser.parse_args(arguments)
    run = score(load_gold(), *find_all())
    mark = fingerprint()
    if given.update:
        BASELINE.write_text(json.dumps(to_baseline(run, mark), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    change = compare(run, json.loads(BASELINE.read_text(encoding="utf-8")), mark) if BASELINE.exists() else None
    print(report(run, change, quiet=given.quiet))
    if change is None:
        print("there is no baseline; next: --update", file=sys.stderr)
    return 0 if change and not (run.broken or change.below or change.stale) else 1


if __name__ == "__main__":
    sys.exit(main())
