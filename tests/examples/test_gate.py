"""The gate holds on the examples, and it notices what it must notice."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from catena.model import Document, Evidence, Finding, MadeBy, Span, make_finding

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # `quality` is run from the checkout and never installed
    sys.path.insert(0, str(ROOT))

from quality.gate import BASELINE, Change, Run, compare, find_all, score, to_baseline  # noqa: E402
from quality.gold import DocumentGold, Gold, fingerprint, load_gold  # noqa: E402
from quality.match import Score, add, letters, pair, same  # noqa: E402
from quality.measures import breaches, measure_document  # noqa: E402

MADE_BY = MadeBy("by-hand")
TEXT = 'The note says: "All members are equal." (Lake Charter 2) Runa said that it rained.'


@pytest.fixture(scope="module")
def findings() -> tuple[dict[str, Document], dict[str, tuple[Finding, ...]]]:
    return find_all()


@pytest.fixture(scope="module")
def run(findings: tuple[dict[str, Document], dict[str, tuple[Finding, ...]]]) -> Run:
    return score(load_gold(), *findings)


def test_the_page_on_records_names_every_role_and_value_that_findings_have(
    findings: tuple[dict[str, Document], dict[str, tuple[Finding, ...]]],
) -> None:
    page = (ROOT / "docs" / "reference" / "records.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \|(.*)$", page.split("## Kinds")[1].split("## Verdicts")[0], re.MULTILINE))
    used = {
        (finding.kind, name)
        for many in findings[1].values()
        for finding in many
        for name in (*dict(finding.roles), *dict(finding.values))
    }
    assert sorted((kind, name) for kind, name in used if f"`{name}`" not in rows[kind]) == []


def test_no_absolute_rule_is_broken_on_the_examples(run: Run) -> None:
    assert run.broken == ()


def test_no_measure_is_below_its_floor(run: Run) -> None:
    change = compare(run, json.loads(BASELINE.read_text(encoding="utf-8")), fingerprint())
    assert change.below == ()


def test_the_baseline_belongs_to_the_examples_as_they_are() -> None:
    assert json.loads(BASELINE.read_text(encoding="utf-8"))["fingerprint"] == fingerprint()


PLANTED = (
    ("08-boatmen-release-corrected.txt", "After an accident", "altered", "Five Lakes Charter 14"),
    ("14-letter-on-justice.md", "إن الله يأمر", "altered", "Q 16:90"),
    ("14-letter-on-justice.md", "وللأشجار", "not-found", None),
    ("15-circle-statement-ar.txt", "يا أيها الذين آمنوا إن جاءكم", "altered", "Q 49:6"),
    ("15-circle-statement-ar.txt", "إن الله يأمركم", "wrong-reference", "Q 4:58"),
    ("16-questions-and-answers.md", "The Council may", "shortened-meaning", "Five Lakes Charter 12"),
    ("16-questions-and-answers.md", "The water of the lakes", "wrong-reference", "Five Lakes Charter 9"),
)


@pytest.mark.parametrize(("name", "starts", "verdict", "reference"), PLANTED)
def test_each_planted_fault_is_reported_with_its_verdict_and_place(
    findings: tuple[dict[str, Document], dict[str, tuple[Finding, ...]]],
    name: str,
    starts: str,
    verdict: str,
    reference: str | None,
) -> None:
    there = [
        (one.verdict, one.reference)
        for one in findings[1][name]
        if one.kind == "verification" and one.text("content").startswith(starts)
    ]
    assert there == [(verdict, reference)]


def test_the_gold_marks_as_planted_what_the_list_above_names() -> None:
    marked = [
        (document.name, entry["verdict"], entry.get("reference"))
        for document in load_gold().documents
        for entry in document.verifications
        if entry.get("planted")
    ]
    assert marked == [(name, verdict, reference) for name, _, verdict, reference in PLANTED]


def _gold(**marks: object) -> DocumentGold:
    empty = DocumentGold("note.txt", {}, (), (), (), (), (), (), (), (), ())
    return replace(empty, **marks)  # type: ignore[arg-type]


def _check(verdict: str, reference: str | None = "Lake Charter 2") -> Finding:
    start = TEXT.index("All members")
    roles: Mapping[str, Span] = {"content": Span(start, start + len("All members are equal."))}
    return make_finding(
        Document.of(TEXT), "verification", roles, MADE_BY, verdict=verdict, reference=reference,
        values={"cited": "Lake Charter 2"},
    )  # fmt: skip


def _expected(**more: object) -> dict[str, object]:
    return {
        "starts": "All members", "verdict": "exact", "reference": "Lake Charter 2", "cited": "Lake Charter 2", **more,
    }  # fmt: skip


def test_a_fault_that_the_gold_does_not_know_breaks_the_gate() -> None:
    (broken,) = breaches(_gold(verifications=(_expected(),)), [_check("altered")])
    assert "a fault is reported that is none" in broken


@pytest.mark.parametrize("verdict", ["exact-spelling", "shortened", "formula", "ambiguous"])
def test_a_milder_verdict_than_marked_is_scored_but_breaks_nothing(verdict: str) -> None:
    gold = _gold(verifications=(_expected(),))
    assert list(breaches(gold, [_check(verdict)])) == []
    measured = {one.measure: one for one in measure_document(gold, Document.of(TEXT), [_check(verdict)])}
    assert (len(measured["verifications"].missed), len(measured["verifications"].false)) == (1, 1)


@pytest.mark.parametrize("got", [None, ("exact", "Lake Charter 2"), ("altered", "Lake Charter 3"), ("altered", None)])
def test_a_planted_fault_with_another_verdict_or_place_breaks_the_gate(got: tuple[str, str] | None) -> None:
    gold = _gold(verifications=(_expected(verdict="altered", planted=True),))
    broken = list(breaches(gold, [_check(*got)] if got else []))
    assert any("the planted fault is not reported right" in line for line in broken)


def test_a_step_that_failed_breaks_the_gate() -> None:
    problem = make_finding(
        Document.of(TEXT), "problem", {}, MADE_BY, values={"code": "step-failed"},
        evidence=[Evidence("step-failed", "the step dates failed on this document")],
    )  # fmt: skip
    assert list(breaches(_gold(), [problem])) == ["note.txt: the step dates failed on this document"]


def _compared(now: Score, then: Score) -> Change:
    return compare(Run((now,), ()), to_baseline(Run((then,), ()), "mark"), "mark")


def test_gained_and_lost_items_are_named_one_by_one() -> None:
    change = _compared(
        Score("dates", right=("b",), missed=("a",), false=()),
        Score("dates", right=("a",), missed=("b",), false=("c",)),
    )
    assert change.gained == ("dates: no longer missed: b", "dates: no longer false: c")
    assert change.lost == ("dates: now missed: a",)


def test_a_score_below_the_floor_fails_and_one_above_does_not() -> None:
    good, bad = Score("dates", right=("a", "b")), Score("dates", right=("a",), missed=("b",))
    assert _compared(bad, good).below == ("dates: F1 0.6667 is below the floor 1.0000",)
    assert _compared(good, bad).below == ()


def test_a_measure_that_is_gone_fails() -> None:
    change = compare(Run((), ()), to_baseline(Run((Score("dates"),), ()), "mark"), "mark")
    assert change.below == ("dates: no longer measured",)


def test_other_examples_than_the_baseline_was_made_from_make_it_stale() -> None:
    baseline = to_baseline(Run((), ()), "mark")
    assert compare(Run((), ()), baseline, "other mark").stale
    assert not compare(Run((), ()), baseline, "mark").stale


def test_a_floor_is_rounded_down_so_that_the_same_run_holds_it() -> None:
    thirds = Score("dates", right=("a",), missed=("b", "c"), false=("d", "e"))
    assert to_baseline(Run((thirds,), ()), "mark")["measures"]["dates"]["f1"] == 0.3333
    assert _compared(thirds, thirds).below == ()


def test_precision_recall_and_f1_are_counted_from_the_items() -> None:
    one = Score("dates", right=("a", "b", "c"), missed=("d",), false=("e", "f", "g"))
    assert (one.precision, one.recall, one.f1) == (0.5, 0.75, 0.6)


def test_scores_of_one_measure_are_joined() -> None:
    assert add([Score("dates", ("a",)), Score("names", ("b",)), Score("dates", (), ("c",))]) == (
        Score("dates", ("a",), ("c",)),
        Score("names", ("b",)),
    )


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        ("We agree", "“We agree.”", True),
        ("وأوفوا بعهد الله", "وَأَوْفُوا بِعَهْدِ\nاللّه", True),
        ("We agree … in May", "We agree with care, and meet in May.", True),
        ("We agree", "We do not agree", False),
        ("We agree", "", False),
        ("We trust the three members of it", "We trust the tree members of it", True),
    ],
)
def test_words_are_the_same_when_their_letters_are(wanted: str, found: str, expected: bool) -> None:
    assert same(wanted, found) is expected


def test_each_item_is_paired_once() -> None:
    assert pair(["a", "a", "b"], ["a", "c"], lambda one, other: one == other) == [
        ("a", "a"),
        ("a", None),
        ("b", None),
        (None, "c"),
    ]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "statements").mkdir()
    (tmp_path / "library").mkdir()
    (tmp_path / "statements" / "note.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold.yaml").write_text("documents: {note.txt: {}}\nreuse: []\npeople: []\n", encoding="utf-8")
    return tmp_path


def test_the_fingerprint_changes_with_a_statement_and_with_its_name(small: Path) -> None:
    before = fingerprint(small)
    (small / "statements" / "note.txt").rename(small / "statements" / "other.txt")
    renamed = fingerprint(small)
    (small / "statements" / "other.txt").write_text(TEXT.replace("rained", "snowed"), encoding="utf-8")
    assert len({before, renamed, fingerprint(small)}) == 3


def test_a_statement_without_marks_is_refused_by_name(small: Path) -> None:
    assert isinstance(load_gold(small), Gold)
    (small / "statements" / "new.txt").write_text("New.", encoding="utf-8")
    with pytest.raises(ValueError, match=r"new\.txt"):
        load_gold(small)


def test_letters_leave_out_marks_of_vowels_and_punctuation() -> None:
    assert letters("He said: “Wé agree 12.” قَالَ") == "hesaidweagree12قال"
