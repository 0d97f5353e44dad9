"""The main text of saved pages beside other extractors: `python -m benchmarks.reading_html FOLDER [--only NAME …]`.

FOLDER is a checkout of scrapinghub/article-extraction-benchmark (181 news pages with the text of the article). Its own
evaluation is run: shingles of four words, precision and recall a page, means over pages. catena's main text is every
block that is not marked as boilerplate; `all` is every block, whose recall says how much of the articles is there at
all. Peers are trafilatura, readability-lxml and resiliparse, as far as this Python has them.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import importlib.util
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Extractor = Callable[[bytes], str]


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

    return trafilatura.extract(data.decode(), include_comments=False) or ""


def _trafilatura_precise(data: bytes) -> str:
    import trafilatura

    return trafilatura.extract(data.decode(), include_comments=False, favor_precision=True) or ""


def _readability(data: bytes) -> str:
    readability: Any = importlib.import_module("readability")
    html: Any = importlib.import_module("lxml.html")
    summary = html.fromstring(readability.Document(data.decode()).summary())
    return "\n".join(summary.itertext())


def _resiliparse(data: bytes) -> str:
    parse: Any = importlib.import_module("resiliparse.parse.html")
    extract: Any = importlib.import_module("resiliparse.extract.html2text")
    return str(extract.extract_plain_text(parse.HTMLTree.parse(data.decode()), main_content=True))


EXTRACTORS: dict[str, tuple[Extractor, str]] = {
    "catena": (_catena, "catena"),
    "catena, all blocks": (_everything, "catena"),
    "trafilatura": (_trafilatura, "trafilatura"),
    "trafilatura, precise": (_trafilatura_precise, "trafilatura"),
    "readability-lxml": (_readability, "readability-lxml"),
    "resiliparse": (_resiliparse, "resiliparse"),
}


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _load_evaluation(folder: Path) -> Any:
    """The evaluation that comes with the pages, as it is."""
    spec = importlib.util.spec_from_file_location("evaluate", folder / "evaluate.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{folder}: no evaluate.py; give the folder of the benchmark")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", help="extractors to run; without it all")
    arguments = parser.parse_args()
    evaluation = _load_evaluation(arguments.folder)
    truth = json.loads((arguments.folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {key: gzip.decompress((arguments.folder / "html" / f"{key}.html.gz").read_bytes()) for key in truth}
    print("| extractor | version | F1 | precision | recall | errors | pages/s |\n|---|---|---|---|---|---|---|")
    for name, (extract, package) in EXTRACTORS.items():
        version = _version(package)
        if version is None or (arguments.only and name not in arguments.only):
            continue
        found, errors = {}, 0
        extract(b"<html><body><p>The council met.</p></body></html>")  # loads what it needs
        began = time.process_time()
        for key, page in pages.items():
            try:
                found[key] = {"articleBody": extract(page)}
            except Exception:  # noqa: BLE001  a peer may raise anything; it counts as an empty page
                errors += 1
                found[key] = {"articleBody": ""}
        spent = time.process_time() - began
        scores = evaluation.evaluate(truth, found, 1)
        row = (f"{scores[key]:.3f}" for key in ("f1", "precision", "recall"))
        print(f"| {name} | {version} | {' | '.join(row)} | {errors} | {len(pages) / spent:.1f} |", flush=True)


if __name__ == "__main__":
    main()
