"""A citation in running prose is no quotation; one that stands apart ends the words before it."""

from __future__ import annotations

from tests.verification.conftest import Check


def test_a_citation_in_running_prose_quotes_nothing_but_the_words_themselves_are_found(check: Check) -> None:
    text = "We hold that the waters of the Three Lakes belong to all, as Article 1 of the Lake Charter requires."
    (found,) = check(text)
    assert (found.verdict, found.reference, found.value("cited")) == ("exact", "Lake Charter 1", None)
    assert found.text("content") == "the waters of the Three Lakes belong to all"
    assert [one.code for one in found.evidence] == ["unmarked"]


def test_words_that_only_resemble_a_passage_are_not_reported_without_marks(check: Check) -> None:
    assert check("We hold that the waters of our own lakes belong to those who fish and row on them.") == ()


def test_a_citation_in_brackets_ends_the_words_before_it(check: Check) -> None:
    text = "The waters of the Three Lakes belong to all the states that lie on their shores (Lake Charter, Art. 1)."
    assert [finding.verdict for finding in check(text)] == ["exact"]
