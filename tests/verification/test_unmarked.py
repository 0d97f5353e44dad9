"""A citation in running prose is no quotation; one that stands apart ends the words before it."""

from __future__ import annotations

import pytest

from catena.lexicons.formulae import load_check_lexicon
from catena.lexicons.references import load_reference_systems
from catena.model import Document
from catena.verification import Edition, find_citations, load_edition, make_library, verify, work_systems

ARTICLE = "The harbours of the lakes are open to the boats of all members by day and by night."
LIBRARY = make_library(
    [
        load_edition(
            Edition(id="Lake Charter", work="Lake Charter", title="Lake Charter", language="en"),
            [("7", ARTICLE)],
        )
    ]
)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("We keep our harbours open by day and by night, as Article 7 of the Lake Charter requires.", []),
        ("The harbours of the lakes are open to the boats of all members (Lake Charter, Art. 7).", ["exact"]),
    ],
)
def test_only_a_citation_that_stands_apart_quotes(text: str, verdicts: list[str]) -> None:
    document = Document.of(text)
    citations = find_citations(document, (*load_reference_systems(), *work_systems(LIBRARY)))
    assert citations
    found = verify(document, (), citations, LIBRARY, load_check_lexicon())
    assert [finding.verdict for finding in found] == verdicts
