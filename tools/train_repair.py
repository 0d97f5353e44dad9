"""Trains the model behind the repair of damaged marks: `python tools/train_repair.py [FILE ...] [--leave-out PLACE]`.

Counts the vocalised words of the files (plain text; of lines `a|b|text` only the last field), or of the library's
Qur'an when none is given, and writes them with their counts to `src/catena/data/repair/words.txt.gz`, the commonest
first. `--leave-out 18:20` keeps a line `18|20|...` or a verse out.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from catena.library import LibraryError, builtin_edition, builtin_problem, load_passages
from catena.text.repair import count_words

TARGET = Path(__file__).parents[1] / "src" / "catena" / "data" / "repair" / "words.txt.gz"


def read_verses(paths: Sequence[Path], leave_out: frozenset[str]) -> list[str]:
    """The lines of the files, or the verses of the library, without those whose place is left out."""
    rows: list[tuple[str, str]] = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            *place, text = line.split("|")
            rows.append((":".join(place), text))
    if not paths:
        edition = builtin_edition()
        if edition is None:
            raise LibraryError(str(builtin_problem()))
        rows = [(passage.reference.removeprefix("Q "), passage.text) for passage in load_passages(edition)]
    return [text for place, text in rows if place not in leave_out]


def write_words(words: Counter[str], target: Path) -> None:
    """One `word count` a line, the commonest first and equal ones by code point; the same words give the same bytes."""
    ordered = sorted(words.items(), key=lambda one: (-one[1], one[0]))
    plain = "".join(f"{word} {count}\n" for word, count in ordered).encode()
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(gzip.compress(plain, mtime=0))


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--leave-out", action="append", default=["18:20", "37:61"])
    options.add_argument("--target", type=Path, default=TARGET)
    given = options.parse_args(arguments)
    words = count_words(read_verses(given.files, frozenset(given.leave_out)))
    write_words(words, given.target)
    print(f"{len(words)} words, {given.target.stat().st_size} bytes, {given.target}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
