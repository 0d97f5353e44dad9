"""How often does a verse in today's spelling come out as altered against the old spelling of the built-in
edition?

python benchmarks/spelling.py --data FOLDER   where FOLDER holds Tanzil's quran-simple.txt and
quran-simple-clean.txt

Every verse is checked twice: with its reference, and alone in verse brackets. Prints counts of verdicts, the
share of false verdicts, and verses a second. The texts are not part of the project; get them from tanzil.net.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

from catena.lexicons.formulae import load_check_lexicon
from catena.lexicons.references import load_reference_systems
from catena.library import load_library
from catena.model import Document, Finding, MadeBy, Span, make_finding
from catena.verification import LoadedLibrary, find_citations, verify

FILES = ("quran-simple.txt", "quran-simple-clean.txt")
RIGHT = ("exact", "exact-spelling", "ambiguous", "formula")


def read_verses(path: Path) -> list[tuple[str, str]]:
    """`(4:59, text)` for each verse of a Tanzil file."""
    rows = [line.split("|") for line in path.read_text(encoding="utf-8").splitlines()]
    return [(f"{row[0]}:{row[1]}", row[2]) for row in rows if len(row) == 3]


def check_verse(text: str, reference: str, library: LoadedLibrary) -> tuple[Finding, ...]:
    """The findings on one verse, quoted with `reference` or, when it is empty, alone."""
    document = Document.of(f"﴿{text}﴾" + (f" [{reference}]" if reference else ""))
    quotation = make_finding(
        document,
        "quotation",
        {"content": Span(1, len(text) + 1), "open": Span(0, 1), "close": Span(len(text) + 1, len(text) + 2)},
        MadeBy("benchmark"),
        values={"style": "verse-brackets", "use": "verse"},
    )
    citations = find_citations(document, load_reference_systems()) if reference else ()
    return verify(document, (quotation,), citations, library, load_check_lexicon())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", type=int, default=10, help="false verdicts to print")
    parser.add_argument("--every", type=int, default=1, help="check every n-th verse only")
    given = parser.parse_args()
    library = load_library()
    for name in FILES:
        verses = read_verses(given.data / name)[:: given.every]
        for cited in (True, False):
            started = time.perf_counter()
            counts: Counter[str] = Counter()
            shown = 0
            for reference, text in verses:
                found = check_verse(text, reference if cited else "", library)
                verdict = found[0].verdict or "none" if found else "none"
                counts[verdict] += 1
                if verdict not in RIGHT and shown < given.show:
                    shown += 1
                    differing = [(s.quoted, s.reference) for one in found for s in one.diff if s.what]
                    print(f"  {reference} {verdict} {differing}")
            seconds = time.perf_counter() - started
            wrong = sum(count for verdict, count in counts.items() if verdict not in RIGHT)
            print(f"{name} {'cited' if cited else 'alone'}: {dict(counts)}")
            altered, rate = counts["altered"] / len(verses), len(verses) / seconds
            print(f"  altered {altered:.4%}, not right {wrong / len(verses):.4%}, {rate:.0f} verses/s")


if __name__ == "__main__":
    main()
