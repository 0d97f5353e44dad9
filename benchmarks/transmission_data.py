"""The texts of the transmission benchmark, read from a folder given by path. Nothing of them is part of the project."""

from __future__ import annotations

import gzip
import json
import re
import tarfile
import unicodedata
from itertools import islice
from pathlib import Path

from benchmarks.transmission_plagdet import Case

LEAST_HOST = 1200  # code points of an article that can take plants
CHUNK = 900  # words of an Arabic source, and two thirds of it of a host


SPEECHES = 2642  # in the file


def read_speeches(data: Path, part: int = 16) -> dict[str, str]:
    """The first `part` sixteenths of `reuse/un-debates-48MB.jsonl.gz`, by name, in the order of the file."""
    with gzip.open(data / "reuse" / "un-debates-48MB.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = map(json.loads, islice(lines, SPEECHES * part // 16))
        return {row["id"]: row["text"] for row in rows}


def read_articles(data: Path) -> dict[str, str]:
    """News articles by name: `polnear/train/text`."""
    paths = sorted((data / "polnear" / "train" / "text").rglob("*.txt"))
    texts = {path.stem: path.read_text(encoding="utf-8", errors="replace") for path in paths}
    return {name: text for name, text in texts.items() if len(text) > LEAST_HOST}


def read_indonesian(data: Path) -> tuple[dict[str, str], tuple[Case, ...]]:
    """Texts and cases of `reuse/indonesian-pan` and `reuse/indo_gold.json`; sources `S_…`, suspicious ones `H_…`."""
    texts = {}
    for letter, folder in (("S", "src"), ("H", "susp")):
        for path in sorted((data / "reuse" / "indonesian-pan" / folder).glob("*.txt")):
            text = path.read_bytes().decode("utf-8-sig", "replace")
            texts[f"{letter}_{path.stem}"] = text.replace("\r\n", " \n").replace("\r", "\n")  # offsets stay
    rows = json.loads((data / "reuse" / "indo_gold.json").read_text(encoding="utf-8"))
    cases = (
        Case(
            row["susp"], row["this_off"], row["this_off"] + row["this_len"],
            row["src"], row["src_off"], row["src_off"] + row["src_len"], row["cond"],
        )
        for row in rows
    )  # fmt: skip
    return texts, tuple(cases)


def read_arabic(data: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Hosts and sources: resolutions, and chunks of two books of traditions; both without vowel signs."""
    hosts: list[str] = []
    with tarfile.open(data / "editions" / "unsc" / "unsc-resolutions.tar.gz") as archive:
        for member in archive:
            if "/Arabic/" in member.name and member.name.endswith(".xml"):
                held = archive.extractfile(member)
                assert held is not None
                body = held.read().decode("utf-8").partition("<mainBody>")[2]
                hosts += _chunks(re.sub("<[^>]*>", " ", body), CHUNK * 2 // 3)[:1]
            if len(hosts) == 300:
                break
    with gzip.open(data / "editions" / "hadith" / "six-books.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row["arabic"] for row in map(json.loads, lines) if row["book"] in ("abudawud", "ibnmajah")]
    sources = _chunks(" ".join(rows), CHUNK)[:500]
    return {f"{n:03}": text for n, text in enumerate(hosts)}, {f"{n:03}": text for n, text in enumerate(sources)}


def _chunks(text: str, size: int) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Mn" and c != "\u0640")
    words = re.findall(r"\S+", re.sub(r"[A-Za-z0-9٠-٩]+", " ", plain))
    return [" ".join(words[at : at + size]) for at in range(0, len(words), size) if len(words) - at >= min(size, 150)]
