"""Reading, the whole table: `python -m benchmarks.reading [--verses FILE] [--others FILE] [--pages FOLDER] …`.

Makes PDFs with LibreOffice and Chromium, damaged lines, a page to be read faithfully, hostile files and pages for
speed, reads them with catena and with other programs in the same run, and prints Markdown for
docs/reference/benchmarks.md. Texts of others come by path and are never part of the project: verses (lines
`sura|aya|text`; without them the library's Qur'an), further vocalised lines (`--others`, may be given again), sets of
saved pages (`--pages`, may be given again), texts by language (`--texts`, files `ar.txt`, `fa.txt` …).

The other programs are installed by `pip install --no-deps -r benchmarks/reading-peers.txt`; pdftotext is poppler-utils
of Debian. What is not installed says so in its row, and a part that cannot run says what it needs. `--only PART` runs
some parts.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import (
    reading_faithful,
    reading_guess,
    reading_hostile,
    reading_html,
    reading_rates,
    reading_repair,
    reading_speed,
)
from benchmarks.reading_table import GROUPS, Given, NotMeasured, describe_machine

PARTS: dict[str, tuple[str, Callable[[Given], None]]] = {
    "pdf": ("Right-to-left PDFs: character error rate", reading_rates.run),
    "extracts": ("Two damaged extracts of a real PDF", reading_repair.run_extracts),
    "repair": ("Damaged vocalised text", reading_repair.run),
    "faithful": ("What is lost of one saved page", reading_faithful.run),
    "pages": ("Main text of saved pages", reading_html.run),
    "encodings": ("Encodings", reading_guess.run_encodings),
    "languages": ("Languages", reading_guess.run_languages),
    "hostile": ("Hostile files", reading_hostile.run),
    "speed": ("Speed, one core", reading_speed.run),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table. Exit code 0, or 1 when a part could not run."""
    given, only, files = _parse(arguments)
    logging.disable(logging.WARNING)
    print(f"Measured {describe_machine()}.", flush=True)
    failed = 0
    for name, (title, run) in PARTS.items():
        if only and name not in only:
            continue
        print(f"\n### {title}\n", flush=True)
        try:
            run(given)
        except NotMeasured as error:
            failed += 1
            print(f"not measured: {error}", flush=True)
    if files:
        _print_files(given)
    return 1 if failed else 0


def _parse(arguments: Sequence[str] | None) -> tuple[Given, Sequence[str], bool]:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", nargs="+", choices=[*PARTS], default=[], metavar="PART", help=", ".join(PARTS))
    options.add_argument("--folder", type=Path, default=Path("/tmp/catena-reading"), help="where files are made")
    options.add_argument("--verses", type=Path, help="verses to print, damage and tell the language of")
    options.add_argument("--train", type=Path, help="verses to train the repair on; without it those of --verses")
    options.add_argument("--others", type=Path, action="append", default=[], help="other vocalised lines to damage")
    options.add_argument("--pages", type=Path, action="append", default=[], help="a set of saved pages")
    options.add_argument("--texts", type=Path, help="texts by language, for encodings and languages")
    options.add_argument("--group", action="append", help="PDFs: tuned, held_out, fresh or gate")
    options.add_argument("--no-peers", action="store_true", help="catena alone")
    options.add_argument("--files", action="store_true", help="also print the error rate of every PDF, catena alone")
    read = options.parse_args(arguments)
    given = Given(
        read.folder, read.verses, read.train, tuple(read.others), tuple(read.pages), read.texts,
        tuple(read.group or GROUPS), not read.no_peers,
    )  # fmt: skip
    return given, read.only, read.files


def _print_files(given: Given) -> None:
    for group in given.groups:
        printed = reading_rates.print_group(group, given)
        rates, _, _ = reading_rates.measure(reading_rates.read_with_catena, printed)
        for (sheet, path), rate in sorted(zip(printed, rates, strict=True), key=lambda one: -one[1]):
            print(f"  {rate:.4f} {path.parent.name} {sheet.name}")


if __name__ == "__main__":
    raise SystemExit(main())
