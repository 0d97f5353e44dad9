"""Speed of folding, map included, in MB of UTF-8 a second on one core, beside a plain Python yardstick.

    python benchmarks/folding.py [MEGABYTES]

The text is made here, from our own sentences; fast and slow must give the same view or the run fails.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

from catena.lexicons.folding import load_fold_table
from catena.model import View
from catena.text.fold import ATTACHED, FIRST_EXPANSION, FREE, FoldTable, fold, fold_letters

SAMPLES = {
    "Arabic": "وقال وزير خارجية جمهورية النهرين يوم الثلاثاء إن المحادثات كانت مفيدة: «سنواصل العمل». ",
    "Arabic, vowelled": "قَالَ رَئِيسُ الوَفْدِ إِنَّ الاِتِّفَاقَ يَحْتَرِمُ حُقُوقَ الجَمِيعِ، وَسَيَسْتَمِرُّ. ",
    "English": "The foreign minister of Narvia said that the talks had been useful. ",
    "English, curly": "“We’ll return to the talks in spring,” said the minister — and the council agreed. ",
}
REPEATS = 5


def fold_slowly(text: str, table: FoldTable) -> View:
    """The yardstick: the same view, one character at a time, with nothing but the table."""
    values = {code: int(value) for code, value in zip(map(ord, set(text)), _values(text, table), strict=True)}
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(text):
        value = values[ord(character)]
        if value == FREE:
            continue
        if value == ATTACHED:
            first = len(out) - 1
            while first >= 0 and starts[first] == starts[-1]:
                ends[first] = place + 1
                first -= 1
            continue
        piece = chr(value) if value >= 0 else _expansion(FIRST_EXPANSION - value, table)
        out.extend(piece)
        starts.extend([place] * len(piece))
        ends.extend([place + 1] * len(piece))
    return View("".join(out), np.array(starts, dtype=np.int32), np.array(ends, dtype=np.int32), len(text))


def _values(text: str, table: FoldTable) -> list[int]:
    return [int(table.values[ord(character)]) for character in set(text)]


def _expansion(number: int, table: FoldTable) -> str:
    return "".join(map(chr, table.expanded[table.bounds[number] : table.bounds[number + 1]].tolist()))


def same(one: View, other: View) -> bool:
    """True when two views have the same text and the same map."""
    return (
        one.text == other.text
        and one.source_length == other.source_length
        and np.array_equal(one.starts, other.starts)
        and np.array_equal(one.ends, other.ends)
    )


def speed(run: Callable[[str, FoldTable], View], text: str, table: FoldTable, repeats: int) -> float:
    """MB of UTF-8 a second in the best of some runs: the one least disturbed by the machine."""
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        run(text, table)
        found.append(time.perf_counter() - start)
    return len(text.encode()) / 1e6 / min(found)


def main() -> int:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 8.0
    start = time.perf_counter()
    table = load_fold_table()
    print(f"table loaded in {1000 * (time.perf_counter() - start):.1f} ms")
    print(f"{'text':18} {'fold':>10} {'letters':>10} {'yardstick':>10}   MB/s of UTF-8, one core, map included")
    for name, sample in SAMPLES.items():
        size = len(sample.encode())
        text = sample * max(1, int(megabytes * 1e6 / size))
        short = sample * max(1, int(4e5 / size))
        if not same(fold(short, table), fold_slowly(short, table)):
            print(f"{name}: fast and slow folding differ", file=sys.stderr)
            return 1
        quick = speed(fold, text, table, REPEATS)
        letters = speed(fold_letters, text, table, REPEATS)
        slow = speed(fold_slowly, short, table, 2)
        print(f"{name:18} {quick:10.0f} {letters:10.0f} {slow:10.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
