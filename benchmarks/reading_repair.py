"""Damaged vocalised text and its repair: two extracts, held-out lines damaged as extractors do, and real extracts.

400 lines are taken out of the verses, the model is trained on the rest (or on another text without those places), and
the lines are damaged: marks before their letters, some left alone, then NFC. Given are the character error rate before
and after, the words that are right, and how many undamaged lines change. Real extracts are what other programs make of
the printed verses; places printed there are not trained on.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import random
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.reading_pdfs import PLACES, read_verses
from benchmarks.reading_rates import EXTRACTORS, clean, error_rate, print_group
from benchmarks.reading_table import Given, NotMeasured, missing, show, timed, version
from catena.lexicons.repair import load_mark_model
from catena.text.repair import MarkModel, count_words, repair_text
from catena.text.repair.letters import has_marks, split_clusters

HELD_OUT = 400
LONGEST = 300  # characters of a passage of prose
_INTACT = 0.12  # share of letters whose marks an extractor leaves in place
# From a real PDF, as its users have them, and the verses they were: Qur'an 18:20 and 37:61.
EXTRACTS = {
    "18:20": (
        "ُهْم إِن َيْظَهُروا َعَلْيُكْم َيْرُجُموُكْم أَْو ُيِعيُدوُكْم فِي ِملَِّتِهْم َوَلن ُتْفلُِحوا إًِذا أََبًدا﴿   ﴾إِنَّ",
        "﴿إِنَّهُمْ إِن يَظْهَرُوا عَلَيْكُمْ يَرْجُمُوكُمْ أَوْ يُعِيدُوكُمْ فِي مِلَّتِهِمْ وَلَن تُفْلِحُوا إِذًا أَبَدًا﴾",
    ),
    "37:61": ("َذا َفْلَيْعَمِل اْلَعاِملُونَ ﴿  ﴾لِِمْثِل َهَٰ", "﴿لِمِثْلِ هَٰذَا فَلْيَعْمَلِ الْعَامِلُونَ﴾"),
}


def damage(text: str, chance: random.Random) -> str:
    """`text` as an extractor gives it: marks before their letters, but for letters with hamza and with shadda."""
    words = []
    for word in text.split():
        lead, clusters = split_clusters(unicodedata.normalize("NFC", word))
        made = lead
        for letter, marks in clusters:
            intact = letter in "إأآ" or (len(marks) > 1 and "\u0651" in marks)
            intact = intact or (bool(marks) and chance.random() < _INTACT)
            made += letter + marks if intact else marks + letter
        words.append(unicodedata.normalize("NFC", made))
    return " ".join(words)


def read_lines(path: Path) -> list[str]:
    """Vocalised lines: of lines `a|b|text` the last field, of JSON Lines (packed or not) `arabic` or `text`."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        raw = (_field(line) if ".jsonl" in path.name else line.split("|")[-1] for line in file)
        lines = [" ".join(unicodedata.normalize("NFC", line).split()) for line in raw]
    return [line[:LONGEST].rpartition(" ")[0] if len(line) > LONGEST else line for line in lines if has_marks(line)]


def _field(line: str) -> str:
    record = json.loads(line)
    return str(record.get("arabic") or record.get("text") or "")


def run_extracts(given: Given) -> None:
    """The two extracts, with the model that ships (it knows neither verse)."""
    model = load_mark_model()
    show(("extract", "error as it stands", "after repair"), (
        [place, f"{error_rate(truth, clean(hurt)):.3f}", f"{error_rate(truth, clean(repair_text(hurt, model).text)):g}"]
        for place, (hurt, truth) in EXTRACTS.items()
    ))  # fmt: skip


def run(given: Given) -> None:
    """Held-out lines, then real extracts."""
    from catena.library import LibraryError

    try:
        verses = read_verses(given.verses)
    except (LibraryError, OSError) as error:
        raise NotMeasured(f"no verses: {error}; give --verses FILE") from error
    may_be = [place for place in verses if place not in (*PLACES, *EXTRACTS)]
    chosen = random.Random(3).sample(may_be, HELD_OUT)
    out = {*chosen, *PLACES, *EXTRACTS}
    known = read_verses(given.train) if given.train else verses
    model = MarkModel.of(count_words(text for place, text in known.items() if place not in out).most_common())
    lines = {"verses": [verses[place] for place in chosen]}
    for path in given.others:
        held = read_lines(path)
        lines[path.name] = random.Random(3).sample(held, min(HELD_OUT, len(held)))
    rates = ("error before", "after", "words right", "undamaged lines changed", "k characters/s")
    show(("lines", "number", *rates), (rate_lines(name, held, model) for name, held in lines.items()))
    if given.peers:
        print("\nWhat other programs make of printed verses and mixed text, before and after repair:\n")
        head = ("program", "version", "files", "acted on", "better", "worse", "error before", "after", "worst gain")
        show(head, _rate_extracts(given, model))


def rate_lines(name: str, lines: Sequence[str], model: MarkModel) -> list[str]:
    """One row: these lines damaged and repaired."""
    chance = random.Random(3)
    before = after = letters = words = right = changed = 0.0
    with timed() as clock:
        for line in (" ".join(unicodedata.normalize("NFC", one).split()) for one in lines):
            hurt = damage(line, chance)
            healed = repair_text(hurt, model).text
            letters += len(line)
            before += error_rate(line, hurt) * len(line)
            after += error_rate(line, healed) * len(line)
            pairs = list(zip(line.split(), healed.split(), strict=False))
            words += len(pairs)
            right += sum(one == other for one, other in pairs)
            changed += repair_text(line, model).text != line
    rates = (f"{before / letters:.3f}", f"{after / letters:.4f}", f"{right / words:.3f}", f"{changed:.0f}")
    return [name, str(len(lines)), *rates, f"{letters / max(clock.seconds, 1e-6) / 1000:.0f}"]


def _rate_extracts(given: Given, model: MarkModel) -> Iterator[list[str]]:
    printed = [pair for group in given.groups for pair in print_group(group, given)]
    printed = [(sheet, path) for sheet, path in printed if has_marks(sheet.text)]
    for name, (package, read) in EXTRACTORS.items():
        if name == "catena":
            continue
        if not version(package):
            yield missing(name, 9)
            continue
        gains: list[tuple[float, float]] = []
        for sheet, path in printed:
            with contextlib.redirect_stderr(io.StringIO()):
                text = read(path)
            healed = repair_text(text, model).text
            if healed != text:
                truth = clean(sheet.text)
                gains.append((error_rate(truth, clean(text)), error_rate(truth, clean(healed))))
        yield [name, version(package), str(len(printed)), str(len(gains)), *_sum_up(gains)]


def _sum_up(gains: Sequence[tuple[float, float]]) -> list[str]:
    better = sum(after < before for before, after in gains)
    worse = sum(after > before for before, after in gains)
    if not gains:
        return ["0", "0", "", "", ""]
    means = (sum(one[side] for one in gains) / len(gains) for side in (0, 1))
    least = min(before - after for before, after in gains)
    return [str(better), str(worse), *(f"{mean:.3f}" for mean in means), f"{least:.3f}"]
