"""Damaged vocalised text and its repair: `python -m benchmarks.reading_repair VERSES [--train FILE] [--others FILE]`.

Takes 400 lines out of VERSES (lines `a|b|text`), trains on the rest or on `--train` without those places, damages the
lines as extractors do (marks before letters, some left alone, then NFC), and prints the character error rate before
and after, the words that are right, and how many undamaged lines change. `--others` adds lines of another kind.
"""

from __future__ import annotations

import argparse
import random
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from benchmarks.reading import error_rate
from catena.text.repair import MarkModel, count_words, repair_text
from catena.text.repair.letters import has_marks, split_clusters

HELD_OUT = 400
ALWAYS_OUT = ("18:20", "37:61")
_INTACT = 0.12  # share of letters whose marks an extractor leaves in place


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


def read_rows(path: Path) -> list[tuple[str, str]]:
    """Places and texts of lines `a|b|text`; a line without bars has no place."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        *place, text = line.split("|")
        if text.strip():
            rows.append((":".join(place), " ".join(unicodedata.normalize("NFC", text).split())))
    return rows


def _report(name: str, lines: Sequence[str], model: MarkModel) -> None:
    chance = random.Random(3)
    before = after = letters = words = right = changed = 0.0
    began = time.process_time()
    for line in lines:
        hurt = damage(line, chance)
        healed = repair_text(hurt, model).text
        letters += len(line)
        before += error_rate(line, hurt) * len(line)
        after += error_rate(line, healed) * len(line)
        pairs = list(zip(line.split(), healed.split(), strict=False))
        words += len(pairs)
        right += sum(one == other for one, other in pairs)
        changed += repair_text(line, model).text != line
    seconds = time.process_time() - began
    print(
        f"{name}: {len(lines)} lines, error {before / letters:.3f} before, {after / letters:.4f} after, words right "
        f"{right / words:.3f}, undamaged lines changed {changed:.0f}, {letters / seconds / 1000:.0f} k characters/s"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line for each kind of text. Exit code 0."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("verses", type=Path)
    options.add_argument("--train", type=Path)
    options.add_argument("--others", type=Path, action="append", default=[])
    given = options.parse_args(arguments)
    rows = read_rows(given.verses)
    chosen = random.Random(3).sample([row for row in rows if row[0] not in ALWAYS_OUT], HELD_OUT)
    out = {place for place, _ in chosen} | set(ALWAYS_OUT)
    training = [text for place, text in read_rows(given.train or given.verses) if place not in out]
    model = MarkModel.of(count_words(training).most_common())
    _report("held-out verses", [text for _, text in chosen], model)
    for path in given.others:
        lines = [text for _, text in read_rows(path) if has_marks(text)]
        _report(path.name, random.Random(3).sample(lines, min(HELD_OUT, len(lines))), model)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
