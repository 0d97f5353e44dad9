"""Other extractors of quotations on the same texts: textacy and GenderGapTracker, given a spaCy pipeline.

Both look for quotations in a parsed text; neither brings a parser. The pipeline is named by the reader of the table,
since figures depend on it: one of spaCy's own (`en_core_web_lg`), or one trained on UD English EWT as
docs/reference/benchmarks.md says. Marks are made straight and relations of Universal Dependencies are renamed where the
extractors ask for others (“according to”, passive subjects); nothing else is changed. Where textacy refuses a text (an
odd number of marks), its paragraphs are given to it one by one.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import types
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from catena.attribution.tagger.network import LABELS
from catena.training.polnear import Article
from catena.training.scoring import Said

STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_EXTRACTOR = Path("nlp/english/quote_extractor.py")
_VERBS = Path("nlp/english/rules/quote_verb_list.txt")
_PLACE = re.compile(r"\d+")
Ranges = Sequence[tuple[int, int]]
Found = tuple[Ranges, Ranges, Ranges]
"""Source, cue and content of one quotation, as half-open ranges of code points."""
Extractor = Callable[[Any], Iterable[Found]]


class PeerError(Exception):
    """A peer cannot run here; the message says what is missing."""


@dataclass(frozen=True)
class Peer:
    """One extractor with the pipeline that parses for it."""

    name: str
    parse: Callable[[str], Any]
    extract: Extractor

    def __call__(self, article: Article) -> tuple[list[int], list[Said]]:
        """Labels of the tokens, and the quotations as sets of tokens."""
        tokens = article.tokens
        labels, said = [0] * len(tokens.words), []
        for ranges in self.extract(self.parse(article.text.translate(STRAIGHT))):
            source, cue, content = (_tokens(tokens.starts, tokens.ends, each) for each in ranges)
            if content:
                said.append(Said(source, cue, content))
        for role in ("content", "source", "cue"):
            for one in said:
                _mark(labels, getattr(one, role), role)
        return labels, said


def make_peers(pipeline: str, tracker: Path | None) -> list[Peer]:
    """The peers that can run with `pipeline`; `tracker` is a checkout of GenderGapTracker. Raises `PeerError`."""
    try:
        import spacy

        nlp = spacy.load(pipeline)
    except (ImportError, OSError) as error:
        raise PeerError(f"no pipeline: {error}") from error

    def parse(text: str) -> Any:
        return rename(nlp(text))

    label = f"{Path(pipeline).name}, spaCy {spacy.__version__}"
    peers = [Peer(f"textacy {_version('textacy')}, parsed by {label}", parse, textacy())]
    if tracker is not None:
        peers.append(Peer(f"GenderGapTracker, parsed by {label}", parse, gender_gap_tracker(nlp, tracker)))
    return peers


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError as error:
        raise PeerError(f"{package} is not installed") from error


def rename(doc: Any) -> Any:
    """Relations of Universal Dependencies by the names that the extractors ask for.

    “according to X” hangs on X there; here “to” hangs on “according” as a preposition, as in spaCy's own pipelines.
    """
    for token in doc:
        if token.dep_ == "nsubj:pass":
            token.dep_ = "nsubjpass"
        if token.lower_ != "according" or token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
            continue
        to, whom = doc[token.i + 1], token.head
        if token.dep_ == "case" and whom.i > to.i and whom.head.i not in (whom.i, token.i, to.i):
            token.head, token.dep_ = whom.head, "prep"
            to.head, to.dep_ = token, "prep"
            whom.head, whom.dep_ = to, "pobj"
    return doc


def textacy() -> Extractor:
    """Direct quotations by textacy."""
    from textacy import extract

    def quoted(part: Any, offset: int) -> list[Found]:
        return [_triple(one, offset) for one in extract.direct_quotations(part)]

    def run(doc: Any) -> Iterable[Found]:
        try:
            yield from quoted(doc, 0)
        except ValueError:
            for part in _paragraphs(doc):
                with suppress(ValueError):
                    yield from quoted(part.as_doc(), part.start_char)

    return run


def _triple(one: Any, offset: int) -> Found:
    words = [[(offset + word.idx, offset + word.idx + len(word)) for word in role] for role in (one.speaker, one.cue)]
    return words[0], words[1], [(offset + one.content.start_char, offset + one.content.end_char)]


def _paragraphs(doc: Any) -> Iterable[Any]:
    start = 0
    for token in doc:
        if "\n" in token.text:
            if token.i > start:
                yield doc[start : token.i]
            start = token.i + 1
    if start < len(doc):
        yield doc[start : len(doc)]


def gender_gap_tracker(nlp: Any, checkout: Path) -> Extractor:
    """Quotations of all its three kinds by GenderGapTracker. Raises `PeerError` without its files."""
    if not (checkout / _EXTRACTOR).is_file():
        raise PeerError(f"{checkout}: no checkout of GenderGapTracker ({_EXTRACTOR} is missing)")
    # It imports a driver of its data base and a logger, neither of which takes part in the extraction.
    silent = types.SimpleNamespace(info=print, warning=print, error=print, exception=print)
    sys.modules.setdefault("bson", types.SimpleNamespace(ObjectId=str))  # type: ignore[arg-type]
    sys.modules["utils"] = types.SimpleNamespace(create_logger=lambda *_, **__: silent)  # type: ignore[assignment]
    spec = importlib.util.spec_from_file_location("gender_gap_tracker", checkout / _EXTRACTOR)
    if spec is None or spec.loader is None:
        raise PeerError(f"{checkout / _EXTRACTOR}: cannot be imported")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    extractor = module.QuoteExtractor({"spacy_lang": nlp, "NLP": {"QUOTE_VERBS": str(checkout / _VERBS)}})

    def run(doc: Any) -> Iterable[Found]:
        for quote in extractor.extract_quotes(doc):
            keys = ("speaker_index", "verb_index", "quote_index")
            yield tuple(_place(quote.get(key) or "") for key in keys)  # type: ignore[misc]

    return run


def _place(written: str) -> Ranges:
    """`(12,20)` as a range; `(0,0)` and nothing are none."""
    numbers = [int(number) for number in _PLACE.findall(written)]
    return [(numbers[0], numbers[1])] if len(numbers) == 2 and numbers[1] > numbers[0] else []


def _tokens(starts: Sequence[int], ends: Sequence[int], ranges: Ranges) -> frozenset[int]:
    return frozenset(
        token
        for begin, end in ranges
        for token, (start, stop) in enumerate(zip(starts, ends, strict=True))
        if start < end and stop > begin
    )


def _mark(labels: list[int], tokens: frozenset[int], role: str) -> None:
    for token in sorted(tokens):
        labels[token] = LABELS.index(("I-" if token - 1 in tokens else "B-") + role)
