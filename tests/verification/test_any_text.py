"""Laws that hold for any text: nothing raises, every finding points at the characters it names."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catena.lexicons.formulae import load_check_lexicon
from catena.lexicons.references import load_reference_systems
from catena.model import Document, MadeBy, Span, check_finding, make_finding
from catena.verification import LADDER, LoadedLibrary, find_citations, verify

PIECES = st.sampled_from(
    ["قال ", "هو الله أحد", "﴿", "﴾", "“", "”", "[112:1]", "4:59", " … ", "ُ", "\u200f", "ﷲ", "ٰ", "\n\n", "Art. 7",
     "سورة النساء ", "١٤٤", "(", ")", "[", "]", "lake ", "\U0001f600", "\ufffd", "12"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=20).map("".join), st.tuples(st.integers(0, 80), st.integers(0, 80)))
@settings(max_examples=400, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_findings_of_any_text_point_at_their_characters(
    library: LoadedLibrary, text: str, ends: tuple[int, int]
) -> None:
    document = Document.of(text)
    low, high = sorted(min(end, len(document.text)) for end in ends)
    quotation = make_finding(document, "quotation", {"content": Span(low, high)}, MadeBy("test"))
    citations = find_citations(document, load_reference_systems())
    found = verify(document, (quotation,), citations, library, load_check_lexicon())
    for finding in (*citations, *found):
        check_finding(finding, document)
    assert {finding.verdict for finding in found} <= set(LADDER)


def test_an_empty_library_calls_nothing_false() -> None:
    document = Document.of("“We keep the peace of the lakes” [51:55]")
    quotation = make_finding(document, "quotation", {"content": Span(1, 31)}, MadeBy("test"))
    citations = find_citations(document, load_reference_systems())
    found = verify(document, (quotation,), citations, LoadedLibrary(), load_check_lexicon())
    assert [finding.verdict for finding in found] == ["not-found"]
    assert [reason.code for reason in found[0].evidence] == ["work-not-loaded", "libraries-searched"]
