"""The main text of saved pages beside other extractors, on sets of pages given by path.

Two sets are known by what lies in their folder. A checkout of scrapinghub/article-extraction-benchmark (181 pages with
the text of the article): its own evaluation, shingles of four words, means over pages. The folder `tests` of a checkout
of adbar/trafilatura (990 pages with pieces that belong to the text, and pieces that do not): a piece counts as found
when it stands in the text, white space and soft hyphens aside; precision and recall over all pieces. catena's main text
is every block that is not marked as boilerplate; `all blocks` is all it keeps, whose recall says how much of the text
is there at all.
"""

from __future__ import annotations

import gzip
import importlib
import importlib.util
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.reading_table import Given, NotMeasured, missing, show, timed, version

Extractor = Callable[[bytes], str]
Scores = tuple[float, float, float]
"""F1, precision, recall."""


def _catena(data: bytes) -> str:
    from catena.readers import read_bytes

    document = read_bytes(data, "page.html")
    blocks = [block for block in document.blocks if block.kind not in ("boilerplate", "blockquote")]
    quotes = [block for block in document.blocks if block.kind == "blockquote"]
    main = [*blocks, *(one for one in quotes if not any(one.span.contains(block.span) for block in blocks))]
    return "\n".join(block.span.of(document.text) for block in sorted(main, key=lambda block: block.span))


def _everything(data: bytes) -> str:
    from catena.readers import read_bytes

    return read_bytes(data, "page.html").text


def _trafilatura(data: bytes) -> str:
    import trafilatura

    return trafilatura.extract(data, include_comments=False) or ""


def _trafilatura_precise(data: bytes) -> str:
    import trafilatura

    return trafilatura.extract(data, include_comments=False, favor_precision=True) or ""


def _readability(data: bytes) -> str:
    readability: Any = importlib.import_module("readability")
    html: Any = importlib.import_module("lxml.html")
    summary = html.fromstring(readability.Document(_decode(data)).summary())
    return "\n".join(summary.itertext())


def _resiliparse(data: bytes) -> str:
    parse: Any = importlib.import_module("resiliparse.parse.html")
    extract: Any = importlib.import_module("resiliparse.extract.html2text")
    return str(extract.extract_plain_text(parse.HTMLTree.parse(_decode(data)), main_content=True))


def _decode(data: bytes) -> str:
    """Text for the extractors that take no bytes."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        return str(from_bytes(data).best() or data.decode("latin-1"))


EXTRACTORS: dict[str, tuple[Extractor, str]] = {
    "catena": (_catena, "catena"),
    "catena, all blocks": (_everything, "catena"),
    "trafilatura": (_trafilatura, "trafilatura"),
    "trafilatura, precise": (_trafilatura_precise, "trafilatura"),
    "readability-lxml": (_readability, "readability-lxml"),
    "resiliparse": (_resiliparse, "resiliparse"),
}


def run(given: Given) -> None:
    """One table a set of pages."""
    if not given.pages:
        raise NotMeasured(
            "no pages given; --pages FOLDER, a checkout of scrapinghub/article-extraction-benchmark or the folder "
            "tests of adbar/trafilatura"
        )
    for folder in given.pages:
        pages, score = load_set(folder)
        print(f"\n{folder.name}: {len(pages)} pages, {sum(map(len, pages.values())) / 1e6:.1f} MB\n")
        head = ("extractor", "version", "F1", "precision", "recall", "empty", "errors", "pages/s")
        show(head, _rows(pages, score, peers=given.peers))


def load_set(folder: Path) -> tuple[dict[str, bytes], Callable[[Mapping[str, str]], Scores]]:
    """The pages of a set by name, and how main texts by name are scored. Raises `NotMeasured` for an unknown set."""
    if (folder / "ground-truth.json").is_file():
        truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
        pages = {key: gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()) for key in truth}
        return pages, lambda found: _score_articles(folder, truth, found)
    if (folder / "evaldata.json").is_file():
        pieces = json.loads((folder / "evaldata.json").read_text(encoding="utf-8"))
        return {key: _saved(folder, one["file"]) for key, one in pieces.items()}, lambda found: _score_pieces(
            pieces, found
        )
    raise NotMeasured(f"{folder}: neither ground-truth.json nor evaldata.json")


def _saved(folder: Path, name: str) -> bytes:
    held = [folder / inner / name for inner in ("cache", "eval")]
    return next(path for path in held if path.is_file()).read_bytes()


def _score_articles(folder: Path, truth: Mapping[str, Any], found: Mapping[str, str]) -> Scores:
    """By the evaluation that comes with the pages, as it is."""
    spec = importlib.util.spec_from_file_location("evaluate", folder / "evaluate.py")
    if spec is None or spec.loader is None:
        raise NotMeasured(f"{folder}: no evaluate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    scores = module.evaluate(truth, {key: {"articleBody": text} for key, text in found.items()}, 1)
    return scores["f1"], scores["precision"], scores["recall"]


def _plain(text: str) -> str:
    """What is compared: the pieces of the set hold no soft hyphens and only composed characters, the pages both."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\u00ad", "")).split())


def _score_pieces(pieces: Mapping[str, Mapping[str, Any]], found: Mapping[str, str]) -> Scores:
    right = false = wanted = 0
    for key, one in pieces.items():
        text = _plain(found[key])
        right += sum(_plain(piece) in text for piece in one["with"])
        false += sum(_plain(piece) in text for piece in one["without"])
        wanted += len(one["with"])
    precision, recall = right / max(1, right + false), right / max(1, wanted)
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def _rows(
    pages: Mapping[str, bytes], score: Callable[[Mapping[str, str]], Scores], *, peers: bool
) -> Iterator[list[str]]:
    for name, (extract, package) in EXTRACTORS.items():
        if not peers and package != "catena":
            continue
        if not version(package):
            yield missing(name, 8)
            continue
        extract(b"<html><body><p>The council met.</p></body></html>")  # loads what it needs
        found, errors = {}, 0
        with timed() as clock:
            for key, page in pages.items():
                try:
                    found[key] = extract(page)
                except Exception:  # noqa: BLE001  a peer may raise anything; it counts as an empty page
                    errors += 1
                    found[key] = ""
        empty = sum(not text.strip() for text in found.values())
        rates = (f"{one:.3f}" for one in score(found))
        yield [name, version(package), *rates, str(empty), str(errors), f"{len(pages) / clock.seconds:.1f}"]
