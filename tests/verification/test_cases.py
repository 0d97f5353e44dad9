"""Every case of the four piles, marked by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
import yaml

from catena.attribution import find_quotations
from catena.lexicons.formulae import load_check_lexicon
from catena.lexicons.marks import load_marks
from catena.lexicons.references import load_reference_systems
from catena.model import Document, Finding, check_finding
from catena.verification import LADDER, LoadedLibrary, find_citations, find_isnads, work_systems

PILES = Path(__file__).parent.parent / "cases" / "verification"
Case = dict[str, Any]
Check = Callable[[str], tuple[Finding, ...]]


def _cases(pile: str) -> list[Any]:
    cases = yaml.safe_load((PILES / f"{pile}.yaml").read_text(encoding="utf-8"))
    marks = [pytest.mark.xfail(strict=True)] if pile == "known-failures" else []
    return [pytest.param(case, id=f"{pile}: {case['label']}", marks=marks) for case in cases]


EVERY = [case for pile in ("in-the-wild", "synthetic", "must-not-fire", "known-failures") for case in _cases(pile)]
QUIET = [case for case in _cases("must-not-fire") if "expect" not in case.values[0]]


def _composed(steps: list[list[str]]) -> list[list[str]]:
    """Marks in one order: the edition writes kasra before shadda, keyboards the other way round."""
    return [[normalize("NFC", part) for part in step] for step in steps]


def _with(*fields: str) -> list[Any]:
    """The cases that hold one of `fields`; a case with none of them is one of verdicts."""
    return [param for param in EVERY if any(field in param.values[0] for field in fields)]


@pytest.mark.parametrize("case", [param for param in EVERY if param not in _with("citations", "chains")])
def test_the_verdicts_are_those_marked_by_hand(case: Case, check: Check) -> None:
    found = check(case["text"])
    expected = case.get("expect", [])
    assert [finding.verdict for finding in found] == [one["verdict"] for one in expected]
    for finding, one in zip(found, expected, strict=True):
        check_finding(finding, Document.of(case["text"]))
        assert finding.verdict in LADDER
        if "reference" in one:
            assert finding.reference == one["reference"]
        if "cited" in one:
            assert finding.value("cited") == one["cited"]
        if "diff" in one:
            steps = [[step.what, step.quoted, step.reference] for step in finding.diff if step.what]
            assert _composed(steps) == _composed(one["diff"])
        assert set(one.get("evidence", [])) <= {reason.code for reason in finding.evidence}


@pytest.mark.parametrize("case", _with("citations"))
def test_the_citations_are_those_marked_by_hand(case: Case, library: LoadedLibrary) -> None:
    document = Document.of(case["text"])
    found = find_citations(document, (*load_reference_systems(), *work_systems(library)))
    assert [[finding.text("content"), finding.reference] for finding in found] == case["citations"]


@pytest.mark.parametrize("case", _with("not"))
def test_the_verdict_of_a_careless_reader_is_not_given(case: Case, check: Check) -> None:
    assert case["not"] not in [finding.verdict for finding in check(case["text"])]


@pytest.mark.parametrize("pile", ["in-the-wild", "synthetic", "must-not-fire", "known-failures"])
def test_every_verdict_of_the_ladder_has_a_case_in_every_pile(pile: str) -> None:
    cases = [param.values[0] for param in _cases(pile)]
    told = {case["not"] for case in cases if "not" in case}
    expected = {one["verdict"] for case in cases for one in case.get("expect", ())}
    assert set(LADDER) - (told if pile == "must-not-fire" else expected) == set()


def _chains(text: str) -> list[list[object]]:
    document = Document.of(text)
    quotations = tuple(found for found in find_quotations(document, load_marks()) if found.kind == "quotation")
    citations = find_citations(document, load_reference_systems())
    found = find_isnads(document, quotations, citations, load_check_lexicon())
    for finding in found:
        check_finding(finding, document)
    return [[one.text("chain"), one.text("narrators").split(" … "), one.text("matn")] for one in found]


@pytest.mark.parametrize("case", _with("chains"))
def test_the_chains_are_those_marked_by_hand(case: Case) -> None:
    assert _chains(case["text"]) == case["chains"]


@pytest.mark.parametrize("case", QUIET)
def test_look_alikes_are_no_chains(case: Case) -> None:
    assert _chains(case["text"]) == []


@pytest.mark.parametrize("case", QUIET)
def test_look_alikes_are_no_citations(case: Case, library: LoadedLibrary) -> None:
    systems = (*load_reference_systems(), *work_systems(library))
    assert find_citations(Document.of(case["text"]), systems) == ()
