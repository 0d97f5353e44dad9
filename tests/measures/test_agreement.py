"""Agreement, against the worked examples of the papers and against a second library."""

from __future__ import annotations

import random

import krippendorff
import pytest

from catena.measures import (
    Continuum,
    Unit,
    alpha_nominal,
    alpha_unitizing,
    bootstrap,
    cohen_kappa,
    find_disagreements,
    fleiss_kappa,
)
from catena.measures.unitizing import expected_disagreement, observed_disagreement
from catena.model import Span

# Krippendorff (2011), "Computing Krippendorff's alpha-reliability", section C: four observers, twelve units.
OBSERVERS = ("123321412***", "1233224125*3", "*3332342251*", "12332441251*")
# Fleiss (1971): ten subjects, fourteen raters, five categories, as in the textbook table.
FLEISS = (
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
)  # fmt: skip
# Krippendorff (2004), "Measuring the reliability of qualitative text analysis data", figure 2, moved to begin at 0.
FIGURE_2 = Continuum(
    300,
    (
        {"c": [Span(75, 145), Span(220, 250)], "k": [Span(30, 90), Span(150, 200)]},
        {"c": [Span(70, 150), Span(205, 225), Span(250, 270)], "k": [Span(30, 90), Span(150, 200)]},
    ),
)


def units_of(rows: tuple[str, ...]) -> list[list[str | None]]:
    return [[None if label == "*" else label for label in unit] for unit in zip(*rows, strict=True)]


def test_nominal_alpha_of_krippendorffs_example_is_0_743() -> None:
    found = alpha_nominal(units_of(OBSERVERS))
    assert found == pytest.approx(0.743, abs=0.0005)


def test_nominal_alpha_agrees_with_a_second_library_on_random_codings() -> None:
    chance = random.Random(11)
    for _ in range(60):
        coders, units, labels = chance.randint(2, 5), chance.randint(5, 30), chance.randint(2, 5)
        rows = [
            [None if chance.random() < 0.2 else chance.randrange(labels) for _ in range(units)] for _ in range(coders)
        ]
        table = [[float("nan") if label is None else float(label) for label in row] for row in rows]
        try:
            expected = krippendorff.alpha(reliability_data=table, level_of_measurement="nominal")
        except ValueError:
            continue
        found = alpha_nominal(list(zip(*rows, strict=True)))
        assert found == pytest.approx(expected, abs=1e-9)


def test_fleiss_kappa_of_the_textbook_table_is_0_210() -> None:
    units = [[label for label, count in enumerate(row) for _ in range(count)] for row in FLEISS]
    assert fleiss_kappa(units) == pytest.approx(0.210, abs=0.0005)


def test_fleiss_kappa_refuses_missing_labels() -> None:
    with pytest.raises(ValueError, match="take alpha"):
        fleiss_kappa([["a", None], ["a", "b"]])


def test_cohens_kappa_of_fifty_applications_is_0_4() -> None:
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


def test_agreement_is_not_defined_when_only_one_label_was_ever_used() -> None:
    assert cohen_kappa(["a", "a"], ["a", "a"]) is None
    assert fleiss_kappa([["a", "a"], ["a", "a"]]) is None
    assert alpha_nominal([["a", "a"], ["a", "a"]]) is None
    assert alpha_nominal([["a"], [None, "b"]]) is None


def test_unitizing_alpha_of_krippendorffs_figure_2() -> None:
    assert observed_disagreement(FIGURE_2, "c") == pytest.approx(0.0144, abs=0.00005)
    assert expected_disagreement(FIGURE_2, "c") == pytest.approx(0.0532, abs=0.00005)
    assert expected_disagreement(FIGURE_2, "k") == pytest.approx(0.0490, abs=0.00005)
    assert observed_disagreement(FIGURE_2, "k") == 0
    assert alpha_unitizing([FIGURE_2], ["c"]) == pytest.approx(0.7286, abs=0.0002)  # the paper rounds on the way
    assert alpha_unitizing([FIGURE_2], ["k"]) == 1
    assert alpha_unitizing([FIGURE_2]) == pytest.approx(0.8587, abs=0.0002)


def test_a_coder_who_marks_nothing_disagrees_with_one_who_marks_much() -> None:
    alone = Continuum(100, ({"c": [Span(0, 30), Span(60, 90)]}, {}))
    found = alpha_unitizing([alone])
    assert found is not None
    assert found < 0


def test_unitizing_alpha_is_not_defined_when_nobody_marked_anything() -> None:
    assert alpha_unitizing([Continuum(100, ({}, {}))]) is None
    assert alpha_unitizing([]) is None


def test_overlapping_units_of_one_coder_and_code_are_joined() -> None:
    apart = Continuum(100, ({"c": [Span(10, 30), Span(20, 40)]}, {"c": [Span(10, 40)]}))
    assert alpha_unitizing([apart]) == 1


def test_unitizing_alpha_needs_the_same_coders_on_every_text() -> None:
    with pytest.raises(ValueError, match="same coders"):
        alpha_unitizing([Continuum(10, ({}, {})), Continuum(10, ({},))])


def test_the_bootstrap_gives_the_same_interval_for_the_same_data_and_holds_the_value() -> None:
    units = units_of(OBSERVERS) * 4
    first, again = bootstrap(units, alpha_nominal, draws=400), bootstrap(units, alpha_nominal, draws=400)
    assert first == again
    assert first.low is not None
    assert first.high is not None
    assert first.value is not None
    assert first.low < first.value < first.high
    assert (first.low, first.high) == (pytest.approx(0.64, abs=0.06), pytest.approx(0.84, abs=0.06))


def test_four_units_are_too_few_for_an_interval() -> None:
    found = bootstrap([["a", "a"], ["a", "b"], ["b", "b"], ["a", "a"]], alpha_nominal)
    assert found.value is not None
    assert (found.low, found.high) == (None, None)


def test_disagreements_are_split_into_boundary_label_and_missed() -> None:
    ada = [Unit(Span(0, 10), "praise"), Unit(Span(20, 30), "praise"), Unit(Span(40, 50), "blame")]
    ben = [
        Unit(Span(0, 10), "praise"),
        Unit(Span(22, 30), "praise"),
        Unit(Span(41, 50), "praise"),
        Unit(Span(60, 65), "blame"),
    ]
    found = [(one.kind, one.place) for one in find_disagreements(ada, ben)]
    assert found == [
        ("agreed", Span(0, 10)),
        ("boundary", Span(20, 30)),
        ("label", Span(40, 50)),
        ("missed", Span(60, 65)),
    ]


def test_two_codes_on_one_passage_pair_with_their_likes() -> None:
    ada = [Unit(Span(0, 10), "praise"), Unit(Span(0, 10), "lakes")]
    ben = [Unit(Span(0, 10), "lakes"), Unit(Span(0, 9), "praise")]
    assert [one.kind for one in find_disagreements(ada, ben)] == ["agreed", "boundary"]
