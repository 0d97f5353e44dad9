"""A direction is said only with evidence from outside the wording, and never against evidence."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catena.model import Evidence
from catena.transmission.direction import Carrier, Dates, Edge, find_chain, find_direction, find_edges


def carrier(name: str, date: str = "", *sources: str, quoted: bool = False) -> Carrier:
    reasons = tuple((source, Evidence("names-its-source")) for source in sources)
    return Carrier(name, name, Dates.of(date), reasons, quoted)


def codes(edge: Edge) -> list[str]:
    return [reason.code for reason in edge.reasons]


def test_the_earlier_date_comes_first_with_its_reason() -> None:
    edge = find_direction(carrier("a", "2015-05-10"), carrier("b", "2015-05-09"))
    assert (edge.first, edge.second, edge.directed, edge.status) == ("b", "a", True, "dated")
    assert codes(edge) == ["earlier-date"]


@pytest.mark.parametrize(("one", "other"), [("2015", "2015-05-09"), ("2015-05", "2015-05-09"), ("", "2015"), ("", "")])
def test_dates_that_do_not_exclude_each_other_decide_nothing(one: str, other: str) -> None:
    edge = find_direction(carrier("a", one), carrier("b", other))
    assert (edge.directed, edge.status, codes(edge)) == (False, "undetermined", [])


def test_a_text_that_names_its_source_comes_after_it() -> None:
    edge = find_direction(carrier("a", "", "b"), carrier("b"))
    assert (edge.first, edge.status, codes(edge)) == ("b", "credited", ["names-its-source"])


def test_a_credit_against_the_dates_leaves_the_edge_undirected_with_both_reasons() -> None:
    edge = find_direction(carrier("a", "2015-05-09", "b"), carrier("b", "2015-06-01"))
    assert (edge.directed, edge.status) == (False, "contradictory")
    assert sorted(codes(edge)) == ["earlier-date", "names-its-source"]


def test_quotation_marks_are_noted_and_decide_nothing() -> None:
    edge = find_direction(carrier("a", quoted=True), carrier("b"))
    assert (edge.directed, codes(edge)) == (False, ["in-quotation-marks"])


def test_two_texts_that_name_each_other_are_contradictory() -> None:
    assert find_direction(carrier("a", "", "b"), carrier("b", "", "a")).status == "contradictory"


dates = st.sampled_from(["", "2014", "2015", "2015-05", "2015-05-09", "2016-01-01", "no date", "2015-5x"])
carriers = st.builds(
    lambda name, date, sources, quoted: carrier(name, date, *sources, quoted=quoted),
    st.sampled_from("abc"), dates, st.sets(st.sampled_from("abc")), st.booleans(),
)  # fmt: skip


@given(carriers, carriers)
def test_an_edge_does_not_depend_on_the_order_of_its_ends(one: Carrier, other: Carrier) -> None:
    if one.document != other.document:
        assert find_direction(one, other) == find_direction(other, one)


@given(carriers, carriers)
def test_no_direction_without_a_reason(one: Carrier, other: Carrier) -> None:
    edge = find_direction(one, other)
    if edge.directed:
        assert {"earlier-date", "names-its-source"} & set(codes(edge))


def test_a_chain_leaves_out_what_follows_from_others() -> None:
    a, b, c = carrier("a", "2014"), carrier("b", "2015"), carrier("c", "2016")
    edges = [find_direction(a, b), find_direction(b, c), find_direction(a, c)]
    assert [(edge.first, edge.second) for edge in find_chain(edges)] == [("a", "b"), ("b", "c")]


@given(st.lists(carriers, max_size=6, unique_by=lambda one: one.document))
def test_the_edges_of_all_are_the_chain_of_every_pair(many: list[Carrier]) -> None:
    assert find_edges(many) == find_chain([find_direction(one, other) for one, other in combinations(many, 2)])
