"""Who says what, in English news: `python -m benchmarks.attribution --data FOLDER [--model FILE]`.

FOLDER holds PolNeAR 1.0 (`dev/text`, `dev/attributions`); its texts are never printed. Systems: the rules alone, the
tagger alone, and both together as the program runs them. Their spans are first brought to the corpus's convention:
marks and “that” belong to a content, findings of one cue are one attribution.

Measures (see `catena.training.scoring`): exact runs and tokens by role; whole attributions, content alone and with the
right source; the same where the cue is a reporting verb, “according” or a colon; sources of direct quotations.
Then damaged copies of the texts, speed and memory. With `--pipeline` (a spaCy pipeline) textacy runs on the same texts,
with `--tracker` (a checkout) GenderGapTracker too; see `benchmarks.attribution_peers`.
"""

from __future__ import annotations

import argparse
import platform
import re
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.attribution_peers import PeerError, make_peers
from catena.attribution import CueLexicon, Tagger, find_attributions, find_quotations
from catena.attribution.tagger.features import quote_states
from catena.attribution.tagger.link import Layout, join
from catena.attribution.tagger.model import find_pieces
from catena.attribution.tagger.network import LABELS
from catena.attribution.tagger.tokens import Tokens
from catena.lexicons.cues import load_cues
from catena.lexicons.marks import load_marks
from catena.lexicons.tagger import read_tagger, shipped_tagger
from catena.model import Document, Finding, Span
from catena.training.polnear import Article, Attribution, make_article, read_articles
from catena.training.scoring import ROLES, Said, Tally, f1, score_labels, tally
from catena.version import __version__

DIRECT = 0.95
MIXED = 0.05
"""Share of a content's tokens in marks: at least `DIRECT` is direct, more than `MIXED` is mixed."""
_EDGE = "\"“”„«»'‘’`"
_TAIL = re.compile(r"(?:[.,;:!?…]*[\"”»’'`]+)?")
COLUMNS = (
    "",
    "exact source / cue / content",
    "token",
    "content",
    "with source",
    "reporting cue",
    "source of direct, given content",
    "all three, given content",
)
_RELATIVE = re.compile(r"[^.;]{0,60}?\b(who|which|that)(?: \w+){0,2} ?")
"""What stands between a name and the verb of a clause that takes it up."""
Answer = tuple[list[int], list[Said]]
"""Labels of the tokens, and attributions as sets of tokens."""
System = Callable[[Article], Answer]


@dataclass(frozen=True)
class Result:
    """Figures of one system: `spans` by `score_labels`, `whole` by `Tally.numbers`, reporting cues as two F1."""

    spans: dict[str, float]
    whole: dict[str, float]
    reporting: tuple[float, float]


def tokens_in(tokens: Tokens, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Numbers of the tokens that share characters with the spans."""
    starts, ends = np.array(tokens.starts), np.array(tokens.ends)
    found: set[int] = set()
    for begin, end in spans:
        found |= set(range(int(np.searchsorted(ends, begin, side="right")), int(np.searchsorted(starts, end))))
    return frozenset(found)


def gold_of(article: Article) -> list[Said]:
    """The marked attributions that have a content."""
    states = quote_states(article.tokens, article.quoted)
    found = []
    for one in article.attributions:
        content = tokens_in(article.tokens, one.content)
        if content:
            share = sum(bool(states[token]) for token in content) / len(content)
            kind = "direct" if share >= DIRECT else "mixed" if share > MIXED else "indirect"
            found.append(Said(tokens_in(article.tokens, one.source), tokens_in(article.tokens, one.cue), content, kind))
    return found


def by_tagger(tagger: Tagger) -> System:
    """The tagger alone, with its links."""

    def run(article: Article) -> Answer:
        pieces = find_pieces(article.tokens, article.quoted, tagger)
        labels = [0] * len(article.tokens.words)
        for piece in pieces:
            labels[piece.first : piece.last] = [LABELS.index("I-" + piece.role)] * (piece.last - piece.first)
            labels[piece.first] = LABELS.index("B-" + piece.role)
        layout = Layout(article.tokens, pieces, quote_states(article.tokens, article.quoted))

        def cover(indexes: Iterable[int]) -> frozenset[int]:
            return frozenset(token for i in indexes for token in range(pieces[i].first, pieces[i].last))

        said = [
            Said(
                cover([] if one.source is None else [one.source]),
                cover([] if one.cue is None else [one.cue]),
                cover(one.contents),
            )
            for one in join(layout, tagger.links)
        ]
        return labels, said

    return run


def by_program(lexicon: CueLexicon, tagger: Tagger | None) -> System:
    """The findings of the program, with or without the tagger."""

    def run(article: Article) -> Answer:
        groups = [list(group) for group in one_cue(find_all(article, lexicon, tagger))]
        attributions = [to_corpus(article.text, group) for group in groups]
        spans = (*attributions, Attribution((), (), merged(span for one in attributions for span in one.content)))
        labels = make_article(article.name, article.text, spans, whole=False).labels.tolist()
        tokens = article.tokens
        said = [
            Said(tokens_in(tokens, one.source), tokens_in(tokens, one.cue), tokens_in(tokens, one.content))
            for one in attributions
        ]
        return labels, said

    return run


def find_all(article: Article, lexicon: CueLexicon, tagger: Tagger | None) -> tuple[Finding, ...]:
    """Quotations, then attributions."""
    document = Document.of(article.text, article.name)
    return find_attributions(document, find_quotations(document, load_marks()), lexicon, tagger)


def one_cue(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings whose cues overlap, in one group; a later utterance of the same paragraph stays apart.

    Voices inside voices are left out: the corpus marks none.
    """
    groups: list[list[Finding]] = []
    voices = {finding.id for finding in findings}
    for finding in findings:
        if finding.parent in voices:
            continue
        cues = finding.spans("cue")
        later = any(reason.code == "same-speaker" and "paragraph" in reason.note for reason in finding.evidence)
        home = next((group for group in groups if not later and _meet(group, cues)), None)
        if home is None:
            groups.append([finding])
        else:
            home.append(finding)
    return groups


def _meet(group: Sequence[Finding], cues: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for finding in group for one in finding.spans("cue") for other in cues)


def to_corpus(text: str, group: Sequence[Finding]) -> Attribution:
    """One attribution in the corpus's convention: contents with the marks round them and the “that” before them."""

    def wide(span: Span) -> tuple[int, int]:
        start, end = span.start, span.end
        while start and text[start - 1] in _EDGE:
            start -= 1
        marks = _TAIL.match(text, end)
        end = marks.end() if marks else end
        if text[max(0, start - 5) : start].casefold() == "that ":
            start -= 5
        return start, end

    content = merged(wide(span) for one in group for span in one.spans("content"))
    source = next((one.spans("source") for one in group if one.spans("source")), ())
    cues = tuple(sorted({(span.start, span.end) for one in group for span in one.spans("cue")}))
    return Attribution(
        tuple(_taken_up(text, (span.start, span.end), cues) for span in source),
        cues,
        content,
    )


def _taken_up(text: str, source: tuple[int, int], cues: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Dahl, who said …: the corpus takes “who” for the source, the program the name that it takes up."""
    after = min((start for start, _ in cues if start >= source[1]), default=0)
    found = _RELATIVE.fullmatch(text, source[1], after) if after else None
    return (found.start(1), found.end(1)) if found else source


def merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, those that overlap as one: a quotation inside a reported clause is part of its content."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def measure(system: System, articles: Sequence[Article], lexicon: CueLexicon) -> Result:
    """Run a system over the articles."""
    pairs, whole = [], Tally()
    reporting = [0, 0, 0, 0, 0, 0]  # wanted, right, with source; found, right, with source
    for article in articles:
        labels, found = system(article)
        gold = gold_of(article)
        pairs.append((article.labels.tolist(), labels))
        matched = tally(gold, found, whole)
        sources = {
            a: bool(gold[a].source & found[b].source or not (gold[a].source or found[b].source)) for a, b in matched
        }
        back = {b: a for a, b in matched}
        words = article.tokens.words
        for number, one in enumerate(gold):
            if reports(words, one, lexicon):
                reporting[0] += 1
                reporting[1] += number in sources
                reporting[2] += sources.get(number, False)
        for number, one in enumerate(found):
            if reports(words, one, lexicon):
                reporting[3] += 1
                reporting[4] += number in back
                reporting[5] += number in back and sources[back[number]]

    def both(right: int, other: int) -> float:
        recall, precision = right / max(reporting[0], 1), other / max(reporting[3], 1)
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0

    spans = score_labels(pairs)
    return Result(spans, whole.numbers(), (both(reporting[1], reporting[4]), both(reporting[2], reporting[5])))


def reports(words: Sequence[str], one: Said, lexicon: CueLexicon) -> bool:
    """True when the cue holds a listed English verb of saying, “according”, or a colon."""
    for token in one.cue:
        word = words[token].casefold()
        if word in (":", "according"):
            return True
        if any(
            cue.language == "en" and cue.kind == "verb" and len(cue.words) == 1
            for cue in lexicon.by_first.get(word, ())
        ):
            return True
    return False


DAMAGE: dict[str, Callable[[str], str]] = {
    "as printed": lambda text: text,
    "straight marks": lambda text: text.translate(str.maketrans("“”‘’", "\"\"''")),
    "paragraph breaks lost": lambda text: text.replace("\n", " "),
    "small letters": lambda text: "".join(char.lower() if len(char.lower()) == 1 else char for char in text),
    "double marks lost": lambda text: (
        text.replace("''", "  ").replace("``", "  ").translate(str.maketrans('“”"', "   "))
    ),
}
"""Copies of a text of the same length, so that the marks still fit."""


def damaged(articles: Sequence[Article], name: str) -> Iterator[Article]:
    """The articles with their text damaged."""
    for article in articles:
        yield make_article(article.name, DAMAGE[name](article.text), article.attributions, whole=False)


def fair(system: System, before: Sequence[Article], after: Sequence[Article]) -> float:
    """Token micro F1 over characters that both texts have as tokens: where marks are lost, they count on no side."""
    right = found = wanted = 0
    for old, new in zip(before, after, strict=True):
        kept = set(new.tokens.starts)
        gold = {
            start: LABELS[label][2:]
            for start, label in zip(old.tokens.starts, old.labels, strict=True)
            if start in kept
        }
        labels, _ = system(new)
        for start, label in zip(new.tokens.starts, labels, strict=True):
            role = LABELS[label][2:]
            found += bool(role) and start in gold
            right += bool(role) and gold.get(start) == role
        wanted += sum(map(bool, gold.values()))
    return f1(right, found, wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of PolNeAR with dev in it")
    parser.add_argument("--model", type=Path, help="another model than the one of the program")
    parser.add_argument("--pipeline", help="spaCy pipeline that parses for the peers: its name or folder")
    parser.add_argument("--tracker", type=Path, help="checkout of GenderGapTracker")
    parser.add_argument("--quick", action="store_true", help="leave out the damaged copies")
    given = parser.parse_args()
    began = time.perf_counter()
    tagger = read_tagger(given.model) if given.model else shipped_tagger()
    loading = time.perf_counter() - began
    articles = list(read_articles(given.data / "dev", whole=False))
    words = sum(len(article.text.split()) for article in articles)
    lexicon = load_cues()
    print(f"catena {__version__}, model {tagger.name}, Python {platform.python_version()}, numpy {np.__version__}")
    print(f"{len(articles)} texts, {words} words, {sum(len(gold_of(a)) for a in articles)} attributions\n")
    systems: dict[str, System] = {
        "rules": by_program(lexicon, None),
        "tagger": by_tagger(tagger),
        "rules and tagger": by_program(lexicon, tagger),
    }
    print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|")
    for name, system in systems.items():
        print(row(name, measure(system, articles, lexicon)))
    for line in peer_rows(given.pipeline, given.tracker, articles, lexicon, words):
        print(line)
    if not given.quick:
        print("\n| text | tagger, token |\n|---|---|")
        for name in DAMAGE:
            print(f"| {name} | {fair(systems['tagger'], articles, list(damaged(articles, name))):.3f} |")
    print("\n" + speed(articles, words, lexicon, tagger, loading))


def peer_rows(
    pipeline: str | None, tracker: Path | None, articles: Sequence[Article], lexicon: CueLexicon, words: int
) -> Iterator[str]:
    """A line for each other extractor, or one that says why there is none; then their speed, parsing included."""
    if pipeline is None:
        yield "| textacy, GenderGapTracker | not run: give --pipeline |" + " |" * (len(COLUMNS) - 2)
        return
    rates = []
    try:
        for peer in make_peers(pipeline, tracker):
            began = time.process_time()
            yield row(peer.name, measure(peer, articles, lexicon))
            rates.append(f"{peer.name}: {words / (time.process_time() - began):,.0f} words a second of processor time")
    except PeerError as error:
        yield f"| other extractors | not run: {error} |" + " |" * (len(COLUMNS) - 2)
    yield "\n" + "; ".join(rates)


def row(name: str, result: Result) -> str:
    """One line of the table."""
    exact = " / ".join(f"{result.spans[f'exact {role}']:.3f}" for role in ROLES)
    whole = result.whole
    cells = (
        exact,
        f"{result.spans['token']:.3f}",
        f"{whole['content']:.3f}",
        f"{whole['with source']:.3f}",
        f"{result.reporting[0]:.3f} / {result.reporting[1]:.3f}",
        f"{whole['source given content direct']:.3f}",
        f"{whole['all given content']:.3f}",
    )
    return f"| {name} | " + " | ".join(cells) + " |"


def speed(articles: Sequence[Article], words: int, lexicon: CueLexicon, tagger: Tagger, loading: float) -> str:
    """Words a second of processor time, best of three; load time; the most memory of this process so far."""
    rates = {}
    for name, system in (("rules", None), ("rules and tagger", tagger)):
        seconds = []
        for _ in range(3):
            began = time.process_time()
            for article in articles:
                find_all(article, lexicon, system)
            seconds.append(time.process_time() - began)
        rates[name] = words / min(seconds)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        "; ".join(f"{name}: {rate:,.0f} words a second of processor time" for name, rate in rates.items())
        + f"; model loaded in {loading:.2f} s; at most {memory} MB"
    )


if __name__ == "__main__":
    main()
