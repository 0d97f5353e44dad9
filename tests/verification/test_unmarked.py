"""A citation in running prose is no quotation; one that stands apart ends the words before it."""

from __future__ import annotations

from tests.verification.conftest import Check


def test_a_citation_in_running_prose_quotes_nothing(check: Check) -> None:
    text = "We hold that the waters of the Three Lakes belong to all, as Article 1 of the Lake Charter requires."
    assert check(text) == ()


def test_a_citation_in_brackets_ends_the_words_before_it(check: Check) -> None:
    text = "The waters of the Three Lakes belong to all the states that lie on their shores (Lake Charter, Art. 1)."
    assert [finding.verdict for finding in check(text)] == ["exact"]
