"""The cases in tests/cases/attribution: what is marked by hand is what is found, no more and no less.

Roles are marked `[source: Salim] [cue: said]: “[content: We agree.]”`, with a number when a text holds
several
statements (`[cue2: added]`). Other square brackets are left as they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from catena.attribution import find_attributions, find_quotations
from catena.lexicons.cues import load_cues
from catena.lexicons.marks import load_marks
from catena.model import Document, Finding, check_finding

CASES = Path(__file__).parent.parent / "cases" / "attribution"
PILES = ("in-the-wild", "synthetic", "must-not-fire", "known-failures")


_OPEN = re.compile(r"\[(source|cue|content|outlet|medium|antecedent)(\d*): ?|\[|\]")

Marked = dict[int, dict[str, list[tuple[int, int]]]]


def read_marked(marked: str) -> tuple[str, Marked]:
    """(plain text, number -> role -> spans in reading order)."""
    plain: list[str] = []
    size = at = 0
    stack: list[tuple[int, str, int] | None] = []
    found: Marked = defaultdict(lambda: defaultdict(list))
    for token in _OPEN.finditer(marked):
        piece = marked[at : token.start()]
        plain.append(piece)
        size += len(piece)
        at = token.end()
        if token[1]:
            stack.append((int(token[2] or 1), token[1], size))
            continue
        opened = stack.pop() if token[0] == "]" and stack else None
        if opened is not None:
            found[opened[0]][opened[1]].append((opened[2], size))
            continue
        if token[0] == "[":
            stack.append(None)
        plain.append(token[0])
        size += 1
    plain.append(marked[at:])
    return "".join(plain), {number: {role: sorted(s) for role, s in roles.items()} for number, roles in found.items()}


def _parameters() -> list[Any]:
    found = []
    for pile in PILES:
        for case in yaml.safe_load((CASES / f"{pile}.yaml").read_text(encoding="utf-8")):
            marks = [pytest.mark.xfail(strict=True, reason=case["note"])] if pile == "known-failures" else []
            found.append(pytest.param(case, id=f"{pile}: {case['label']}", marks=marks))
    return found


def find(text: str, what: str) -> tuple[list[Finding], list[Finding]]:
    document = Document.of(text)
    everything = find_quotations(document, load_marks())
    quotations = [finding for finding in everything if finding.kind == "quotation"]
    problems = [finding for finding in everything if finding.kind == "problem"]
    found = quotations if what == "quotations" else list(find_attributions(document, everything, load_cues()))
    for finding in found + problems:
        check_finding(finding, document)
    return found, problems


def _roles(finding: Finding, what: str) -> dict[str, list[tuple[int, int]]]:
    left_out = ("open", "close") if what == "quotations" else ()
    return {
        role: sorted((span.start, span.end) for span in spans) for role, spans in finding.roles if role not in left_out
    }


@pytest.mark.parametrize("case", _parameters())
def test_what_is_marked_is_found_and_nothing_else(case: dict[str, Any]) -> None:
    what = case.get("find", "attributions")
    text, marked = read_marked(case["text"])
    found, problems = find(text, what)
    got = {number: finding for number in marked for finding in found if _roles(finding, what) == marked[number]}
    show = [dict(finding.texts) for finding in found]
    assert len(found) == len(marked), show
    assert set(got) == set(marked), (show, marked)
    for number, values in case.get("values", {}).items():
        said = {name: value for name, value in got[number].values if name in values}
        assert said == values
    for number, codes in case.get("evidence", {}).items():
        assert set(codes) <= {reason.code for reason in got[number].evidence}
    for inner, outer in case.get("inside", {}).items():
        assert got[inner].parent == got[outer].id
    assert [str(problem.value("code")) for problem in problems] == case.get("problems", [])


def test_every_case_says_where_it_comes_from_and_has_a_label_of_its_own() -> None:
    labels = []
    for pile in PILES:
        for case in yaml.safe_load((CASES / f"{pile}.yaml").read_text(encoding="utf-8")):
            assert case["from"], case
            assert case.get("note") or pile != "known-failures", case
            labels.append(case["label"])
    assert len(labels) == len(set(labels))
    assert len(labels) >= 80
