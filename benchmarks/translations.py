"""How well translations are paired: `python -m benchmarks.translations --data FOLDER [--documents 150]`.

The texts are resolutions in Arabic and English from `editions/unsc`, which are paired by their symbol; a share of each
language has no partner here. Symbols and the resolution's own number are masked, for they would give every pair away.
"""

from __future__ import annotations

import argparse
import re
import tarfile
import time
from pathlib import Path

from catena.kit import Kit, load_kit
from catena.model import Document
from catena.pipeline import analyse
from catena.transmission import READ_FROM, Profile, find_pairs, make_profile

STEPS = ("layout", "languages", "citations", "dates", "names", "proper names", "figures")
SYMBOL = re.compile(r"S_RES_(\d+)_")
LONGEST = 20_000  # code points of a text that are read


def read(data: Path, count: int) -> dict[str, dict[str, str]]:
    """Texts by language and symbol, the last years first."""
    found: dict[str, dict[str, str]] = {"Arabic": {}, "English": {}}
    with tarfile.open(data / "editions" / "unsc" / "unsc-resolutions.tar.gz") as archive:
        for member in archive:
            language, symbol = member.name.split("/")[-2:-1], SYMBOL.search(member.name)
            if not symbol or not language or language[0] not in found or len(found[language[0]]) == count:
                continue
            held = archive.extractfile(member)
            assert held is not None
            body = held.read().decode("utf-8").partition("<mainBody>")[2]
            text = re.sub(r"\s*\n\s*", "\n", re.sub("<[^>]*>", "\n", body)).strip()
            found[language[0]][symbol[1]] = re.sub(rf"\S*{symbol[1]}\S*", "", text)[:LONGEST]
    return found


def profile(text: str, name: str, kit: Kit) -> Profile:
    document = Document.of(text, name)
    return make_profile(document, [one for one in analyse(document, kit, STEPS) if one.kind in READ_FROM])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=150, help="Of each language.")
    given = parser.parse_args()
    texts = read(given.data, given.documents)
    kit = load_kit()
    arabic = sorted(texts["Arabic"])
    english = sorted(texts["English"])
    arabic, english = arabic[: len(arabic) * 4 // 5], english[len(english) // 5 :]  # the rest has no partner here
    names = [*(("ar", one) for one in arabic), *(("en", one) for one in english)]
    profiles = [profile(texts["Arabic" if tongue == "ar" else "English"][one], one, kit) for tongue, one in names]
    began = time.process_time()
    pairs = find_pairs(profiles)
    spent = time.process_time() - began
    right = sum(names[pair.first][1] == names[pair.second][1] for pair in pairs)
    both = len(set(arabic) & set(english))
    print(
        f"{len(names)} documents, {both} pairs: {len(pairs)} said, {right} right; "
        f"precision {right / max(1, len(pairs)):.3f}, recall {right / max(1, both):.3f}; {spent * 1000:.0f} ms of CPU"
    )


if __name__ == "__main__":
    main()
