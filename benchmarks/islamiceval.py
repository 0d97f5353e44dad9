"""The two IslamicEval development sets as values, and the formulae of their official scorers.

Vocabulary: a *segment* is a labelled span of an answer of a language model (`Ayah` a verse, `matn` the words of a
hadith, `isnad` its chain of narrators, `claimed_source` the place the answer names); offsets are code points of the
answer. Nothing of the data is in the project; every function takes the folder that holds it.

Formulae, as the sets' own scoring scripts compute them (IslamicEval 2025 and 2026 shared tasks): task 1 of 2026 is the
macro-average of the F1 of five classes over the characters of all answers together; 1A of 2025 the mean over answers
of the macro-F1 of the classes present; the others are accuracies, rows marked N/A aside.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

CLASSES = ("neither", "Ayah", "matn", "isnad", "claimed_source")
WRONG = "خطأ"  # the gold's word for "no faithful correction is possible"
_FOLD = str.maketrans("أإآٱىةؤئ", "اااايهوي")
COLLECTIONS = {
    "bukhari": "Sahih al-Bukhari", "muslim": "Sahih Muslim", "abudawud": "Sunan Abi Dawud",
    "tirmidhi": "Jami at-Tirmidhi", "nasai": "Sunan an-Nasai", "ibnmajah": "Sunan Ibn Majah",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Segment:
    """One labelled span: `start` is -1 where the set gives none; `label` is `correct`, `incorrect` or `N/A`."""

    answer: str
    number: str
    kind: str
    start: int
    end: int
    label: str = "N/A"
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by id, in the order of the file, and their segments."""

    texts: Mapping[str, str]
    segments: tuple[Segment, ...]


def read_2026(folder: Path) -> Answers:
    """The half of the 2026 development set in `folder`: spans of task 1, labels of task 2, corrections of task 3."""
    with (folder / "responses.jsonl").open(encoding="utf-8") as lines:
        answers = {record["id"]: record["generated_answer"] for record in map(json.loads, lines)}
    labels = {tuple(row[:3]): row[3] for row in _table(folder / "task_2.tsv")}
    wrong = {tuple(row[:3]): tuple(row[3].split(" ||| ")) for row in _table(folder / "task_3.tsv")}
    segments = []
    for row in _table(folder / "task_1.tsv"):
        answer, number, kind = row[:3]
        start, end = (int(row[3]), int(row[4])) if row[3].isdigit() else (-1, -1)
        key = (answer, number, kind)
        segments.append(Segment(*key, start, end, labels.get(key, "N/A"), wrong.get(key, ())))
    return Answers(answers, tuple(segments))


def read_2025(folder: Path, part: str) -> Answers:
    """Subtask `A` (spans) or `B` (labels) of the 2025 development set in `folder`."""
    stem = f"dev_Subtask{part}__dev_Subtask{part}"
    text = (folder / f"{stem}.xml").read_text(encoding="utf-8")
    answers = {}
    for question in re.findall(r"<Question>(.*?)</Question>", text, re.DOTALL):
        name, answer = (re.search(rf"<{tag}>(.*?)</{tag}>", question, re.DOTALL) for tag in ("ID", "Response"))
        assert name is not None
        assert answer is not None
        answers[name[1]] = answer[1]
    segments = []
    for answer_id, number, label, start, end, *_ in _table(folder / f"{stem}.tsv"):
        found = re.fullmatch(r"(Correct|Wrong)?(Ayah|Hadith|NoAnnotation)", label)
        assert found is not None, label
        held = {"Correct": "correct", "Wrong": "incorrect"}.get(found[1] or "", "N/A")
        kind = "matn" if found[2] == "Hadith" else found[2]
        low, high = (int(start), int(end)) if start.isdigit() else (-1, -1)
        segments.append(Segment(answer_id, number, kind, low, high, held))
    return Answers(answers, tuple(segments))


def read_hadith(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Collection -> (reference, text in Arabic) of the six books, in the order of the file.

    The file numbers hadith within chapters, so references are `Sahih Muslim 1.12`: chapter, number in it.
    """
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in COLLECTIONS.values()}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            name = COLLECTIONS[record["book"]]
            found[name].append((f"{name} {record['chapter']}.{record['idInBook']}", record["arabic"]))
    return found


def read_verses(path: Path) -> list[tuple[str, str]]:
    """(`Q 1:1`, text) of a Tanzil file, in order."""
    rows = (line.split("|") for line in path.read_text(encoding="utf-8").splitlines() if line[:1].isdigit())
    return [(f"Q {sura}:{aya}", text) for sura, aya, text in rows]


def read_official_verses(path: Path) -> dict[str, str]:
    """`Q 1:1` -> the verse as the sets spell it, from their own file."""
    verses = json.loads(path.read_text(encoding="utf-8"))
    return {f"Q {one['surah_id']}:{one['ayah_id']}": one["ayah_text"] for one in verses}


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [[cell.strip() for cell in row] for row in rows]


Painted = Sequence[tuple[int, int, int]]
"""Spans with the number of their class; later ones lie over earlier ones."""


def paint(spans: Painted, length: int) -> np.ndarray:
    """The class of each character; 0 where no span lies."""
    classes = np.zeros(length, dtype=np.int8)
    for start, end, number in spans:
        classes[max(0, start) : end] = number
    return classes


def f1_of_classes(gold: np.ndarray, given: np.ndarray, classes: Iterable[int]) -> list[float]:
    """F1 of each class over characters; 0 for a class that neither side has."""
    found = []
    for number in classes:
        both = int(((gold == number) & (given == number)).sum())
        all_ = int((gold == number).sum() + (given == number).sum())
        found.append(2 * both / all_ if all_ else 0.0)
    return found


def score_spans_2026(answers: Answers, given: Mapping[str, Painted]) -> dict[str, float]:
    """Task 1: F1 of each class over all characters, and `macro`, their mean."""
    gold: dict[str, list[tuple[int, int, int]]] = {answer: [] for answer in answers.texts}
    for one in answers.segments:
        if one.start >= 0 and one.kind in CLASSES:
            gold[one.answer].append((one.start, one.end, CLASSES.index(one.kind)))
    truth = np.concatenate([paint(gold[answer], len(text)) for answer, text in answers.texts.items()])
    mine = np.concatenate([paint(given.get(answer, ()), len(text)) for answer, text in answers.texts.items()])
    scores = f1_of_classes(truth, mine, range(len(CLASSES)))
    return {"macro": sum(scores) / len(scores), **dict(zip(CLASSES, scores, strict=True))}


def score_spans_2025(answers: Answers, given: Mapping[str, Painted]) -> float:
    """1A: the mean over answers of the macro-F1 of classes present; an answer without gold spans scores 0 or 1."""
    total, by_answer = (
        0.0,
        {one.answer: [s for s in answers.segments if s.answer == one.answer] for one in answers.segments},
    )
    for answer, segments in by_answer.items():
        mine = given.get(answer, ())
        if segments[0].kind == "NoAnnotation" or not mine:
            total += float(not mine and segments[0].kind == "NoAnnotation")
            continue
        length = len(answers.texts[answer])
        truth = paint([(one.start, one.end, CLASSES.index(one.kind)) for one in segments], length)
        guess = paint(mine, length)
        present = sorted({*np.unique(truth).tolist(), *np.unique(guess).tolist()})
        scores = f1_of_classes(truth, guess, present)
        total += sum(scores) / len(scores)
    return total / len(by_answer)


def accuracy(pairs: Iterable[tuple[object, object]]) -> float:
    """The share of equal pairs; 0 for none."""
    same = [left == right for left, right in pairs]
    return sum(same) / len(same) if same else 0.0


def same_correction(gold: Sequence[str], given: str, kind: str) -> bool:
    """Task 3: is `given` one of the accepted corrections? Verses keep their vowels, hadith only their letters."""
    fold = _verse if kind == "Ayah" else _saying
    return fold(given) in {fold(one) for one in gold if one.strip()}


def holds_correction(gold: Sequence[str], given: str, kind: str) -> bool:
    """True when `given`, a hadith with its chain, holds one of the accepted corrections."""
    assert kind == "matn"
    return any(_saying(one) in _saying(given) for one in gold if _saying(one) and one.strip() != WRONG)


def _verse(text: str) -> str:
    text = text.translate(_FOLD).replace("َا", "ا").replace("ِي", "ي").replace("ُو", "و").replace("الْ", "ال")
    text = text.replace("ْ", "").replace("اَ", "ا").replace("اِ", "ا").replace("لِا", "لا").replace("اً", "ًا")
    return " ".join(text.split())


def _saying(text: str) -> str:
    return " ".join(re.sub(r"[^ء-ي\s]", "", _verse(text).replace("ـ", "")).split())
