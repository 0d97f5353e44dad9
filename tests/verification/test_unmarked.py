"""A citation in running prose is no quotation; one that stands apart ends the words before it."""

from __future__ import annotations

import pytest
from tests.verification.conftest import Check

from catena.lexicons.formulae import load_check_lexicon
from catena.library import add_edition, load_library
from catena.model import Document, MadeBy, Span, make_finding
from catena.verification import LoadedLibrary, find_unannounced


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


REPORTS = [
    f"كان شيخ الميناء يقول في مجلسه عند البحيرة إن {what}"
    for what in (
        "القارب الأول يعود قبل الغروب بساعة واحدة", "السوق تفتح أبوابها", "الجسر قديم", "الريح تهدأ ليلا",
        "الصيادين كثيرون", "الخبز رخيص", "المطر قريب", "الطريق طويل", "الضيف عزيز", "الصبر جميل هنا",
        "الماء بارد", "الليل قصير", "الحبل متين", "الشراع أبيض", "القمر بعيد",
    )
]  # fmt: skip


@pytest.fixture(scope="module")
def check_reports(tmp_path_factory: pytest.TempPathFactory) -> Check:
    folder = tmp_path_factory.mktemp("reports")
    file = folder / "reports.txt"
    file.write_text("".join(f"Harbour Reports {n}\t{one}\n" for n, one in enumerate(REPORTS, 1)), encoding="utf-8")
    add_edition(folder, "Harbour Reports", file, language="ar")
    library, words = load_library((folder,)), load_check_lexicon()
    return lambda text: find_unannounced(Document.of(text), (), library, words)


def test_a_turn_of_speech_that_stands_everywhere_in_a_work_of_prose_is_no_passage_of_it(check_reports: Check) -> None:
    assert check_reports("كان شيخ الميناء يقول في مجلسه عند البحيرة أشياء كثيرة عن السفن.") == ()


def test_words_that_stand_once_in_the_work_are_its_passage(check_reports: Check) -> None:
    (found,) = check_reports("ثم سكت الناس لأن القارب الأول يعود قبل الغروب بساعة واحدة كما يعرفون.")
    assert (found.verdict, found.reference) == ("exact", "Harbour Reports 1")
    assert found.text("content") == "القارب الأول يعود قبل الغروب بساعة واحدة"


def test_words_of_a_chain_of_narrators_are_left_to_it(library: LoadedLibrary) -> None:
    document = Document.of("إنما الأعمال بالنيات وإنما لكل امرئ ما نوى")
    words = load_check_lexicon()
    assert len(find_unannounced(document, (), library, words)) == 1
    place = Span(0, len(document.text))
    chain = make_finding(document, "isnad", {"chain": [place]}, MadeBy("test"))
    assert find_unannounced(document, (chain,), library, words) == ()
