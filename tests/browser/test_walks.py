"""Tasks of the workbench walked in a real Chromium, each on a small project of invented statements."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.browser.serving import catena, read, serve, walk, write_texts

pytestmark = pytest.mark.browser


def paragraphs(*given: str) -> str:
    """A text of paragraphs."""
    return "\n\n".join(given) + "\n"


HARBOUR = {
    "letter.txt": paragraphs(
        "Statement on the harbour",
        "4 May 2015",
        'Lena Dahl, the harbour master, said: "The lamps of the harbour will burn all night."',
        "The mayor said that 24 people were injured near Varn on 2 May 2015.",
        "Dahl said the ferries would sail again on 6 May 2015.",
    ),
    "herald.txt": paragraphs(
        "Varn Herald: The ferries sail",
        "9 July 2016",
        'The Varn Herald quoted Lena Dahl as saying: "No ferry will sail in a storm."',
        "The Mill League said that at least 30 people were injured near Varn on 2 May 2015.",
        "According to the Varn Herald, Lena Dahl said that the lamps were bought in spring.",
    ),
    "courier.txt": paragraphs(
        "Press release of the boatmen",
        "1 March 2017",
        "Tomas Eld said the ferries and the lamps of the harbour were a burden."
        ' "The lamps of the harbour cost too much," Eld said.',
        "The storm closed the lake near Varn on 20 February 2017.",
    ),
    "bayan.txt": paragraphs(
        "بيان الميناء",
        "4 مايو 2015",
        "قالت لينا دال: «ستبقى مصابيح الميناء مضاءة طوال الليل». وأضافت أن العبارات ستبحر غدا.",
    ),
}


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a reader of four statements about a harbour."""
    folder = tmp_path_factory.mktemp("walks")
    with serve(write_texts(folder / "in", HARBOUR), folder / "harbour.catena") as found:
        yield found


def test_a_person_can_count_words_and_see_and_take_the_chart(harbour: str) -> None:
    walk("counts.test.mjs", harbour)


def test_every_list_on_the_screen_gives_itself_away_and_leads_to_its_characters(harbour: str) -> None:
    walk("lists.test.mjs", harbour)


def test_a_person_can_read_one_voice_alone_and_as_another_reports_it(harbour: str) -> None:
    walk("voices.test.mjs", harbour)


def test_a_search_is_kept_run_again_and_forgotten_with_the_keyboard_alone(harbour: str) -> None:
    walk("saved.test.mjs", harbour)


RULE = (
    "Rule {}. Whoever enters the harbour in the month of {} shows a lamp at the mast, pays the dues of the quay, and"
    " waits for the pilot until the bell has rung {} times; the harbour master writes name, cargo and hour down."
)
ARABIC_RULE = "المادة {}. من دخل الميناء في شهر {} يرفع مصباحا على الصاري ويدفع رسم الرصيف وينتظر حتى يدق الجرس."
MONTHS = ("January", "March", "May", "July", "October")
ARABIC_MONTHS = ("يناير", "مارس", "مايو", "يوليو", "أكتوبر")
NUMBERS = ("two", "three", "five", "seven", "nine", "ten", "twelve")


def write_rules(*, second: bool) -> str:
    """Forty rules of a harbour; the second release has a preface, another number in rule 12, and lacks rule 31."""
    rules = [RULE.format(n, MONTHS[n % 5], NUMBERS[n % 7]) for n in range(1, 41)]
    rules[11] = RULE.format(12, MONTHS[2], "ten" if second else "nine")
    rules[30] = "Rule 31. This rule stands in the first release alone, and nowhere else."
    preface = "A preface of the second release, longer than the heading: the harbour office thanks all who wrote to it."
    if second:
        rules = [preface, *rules[:30], *rules[31:]]
    return paragraphs("Rules of the harbour", *rules)


UNTIL = "لن نعود إلى المحادثات في فارن حتى يوقع الطرفان اتفاق البحيرة"
COMPARED = {
    "rules-2015.txt": write_rules(second=False),
    "rules-2016.txt": write_rules(second=True),
    "qawaid.txt": paragraphs(
        "قواعد الميناء", *(ARABIC_RULE.format(n, ARABIC_MONTHS[n % 5]) for n in range(1, 41))
    ),
    "bayan-a.txt": paragraphs("بيان القرية", f"{UNTIL} وينشر نصه كاملا في جريدة المدينة."),
    "bayan-b.txt": paragraphs("بيان القرية", f"{UNTIL} وينشر نصه في جريدة المدينة."),
    "notice.txt": paragraphs(
        "Notice of the lamps", "The lamps of the quay burn until dawn, and the bell rings every hour."
    ),
}  # fmt: skip


def test_texts_are_read_side_by_side_and_scroll_together(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", COMPARED)
    catena("build", folder, "-o", tmp_path / "p.catena")
    (folder / "notice.txt").write_text(COMPARED["notice.txt"].replace("dawn", "midnight"), encoding="utf-8")
    with serve(folder, tmp_path / "p.catena") as found:
        walk("compare.test.mjs", found)


CODED = {
    "lamps.txt": "Notice of the lamps\n\nThe lamps burn all night, the council says.\n",
    "winter.txt": "Notice of the winter\n\nIt adds that the harbour stays open all winter for the boats.\n",
    "book.txt": "Notice of the book\n\nThe boatmen say that the council hid the book of dues.\n",
    "daftar.txt": "بيان الدفتر\n\nقال الصيادون إن المجلس أخفى الدفتر في الليل.\n",
}
BY_ADA = [("lamps", "lamps burn", "p"), ("winter", "harbour stays open", "p"), ("book", "council hid the book", "b"),
          ("الدفتر", "المجلس أخفى الدفتر", "b")]  # fmt: skip
BY_BEN = [("lamps", "lamps burn", "p"), ("winter", "harbour stays open all winter", "p"),
          ("book", "council hid the book", "p"), ("الدفتر", "", "")]  # fmt: skip
CODEBOOK = "name,definition,key\nPromise,Somebody says what will be,p\nBlame,Somebody is held to account,b\n"


def as_passages(found: Sequence[tuple[str, str, str]], hand: str) -> str:
    """The passages as the script of the walk takes them."""
    return json.dumps([{"document": name, "words": words, "key": key, "hand": hand} for name, words, key in found])


def test_two_people_code_blind_are_merged_and_their_differences_settled(tmp_path: Path) -> None:
    ada, ben = tmp_path / "ada.catena", tmp_path / "ben.catena"
    (tmp_path / "codes.csv").write_text(CODEBOOK, encoding="utf-8")
    catena("build", write_texts(tmp_path / "in", CODED), "-o", ada)
    catena("codes", ada, "--import", tmp_path / "codes.csv")
    shutil.copy(ada, ben)
    with read(ada, "Ada") as found:
        walk("coding.test.mjs", found, PASSAGES=as_passages(BY_ADA, "mouse"))
    with read(ben, "Ben") as found:
        walk("coding.test.mjs", found, PASSAGES=as_passages(BY_BEN, "keyboard"))
    catena("merge", ada, ben)
    with read(ada, "Cid") as found:
        walk("agreement.test.mjs", found)


LIVING = paragraphs(
    "بيان الميناء",
    "وعدنا بفتح البحيرة قبل العيد بأسبوع.",
    "لن يغلق الميناء أبدا في وجه السفن.",
    "الصيادون غادروا الميناء عند الفجر.",
    "الميناء مغلق الليلة.",
)
CHANGED = paragraphs(
    "بيان الميناء",
    "نسخة ثانية.",
    "وعدنا بفتح البحيرة قبل العيد بأسبوع.",
    "لن يغلق الميناء بعد اليوم أبدا في وجه السفن.",
    "الميناء مغلق الليلة.",
    "الميناء مغلق الليلة.",
)


def test_notes_on_a_file_that_changes_wait_for_a_person_from_right_to_left(tmp_path: Path) -> None:
    folder, project = write_texts(tmp_path / "in", {"bayan.txt": LIVING}), tmp_path / "p.catena"
    (tmp_path / "codes.csv").write_text(CODEBOOK, encoding="utf-8")
    catena("build", folder, "-o", project)
    catena("codes", project, "--import", tmp_path / "codes.csv")
    noted = [("بيان", "وعدنا بفتح البحيرة", "p"), ("بيان", "لن يغلق الميناء أبدا", "p"),
             ("بيان", "الصيادون غادروا الميناء", "b"), ("بيان", "الميناء مغلق الليلة", "b")]  # fmt: skip
    with read(project, "Ada") as found:
        walk("coding.test.mjs", found, PASSAGES=as_passages(noted, "keyboard"))
        (folder / "bayan.txt").write_text(CHANGED, encoding="utf-8")
        catena("build", folder, "-o", project)
        walk("living.test.mjs", found)


def test_a_person_links_passages_across_documents_and_scripts_with_the_keyboard_alone(tmp_path: Path) -> None:
    with serve(write_texts(tmp_path / "in", HARBOUR), tmp_path / "harbour.catena") as found:
        walk("links.test.mjs", found)
