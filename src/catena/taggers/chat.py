"""A language model behind an OpenAI-compatible address: `chat:http://localhost:8080/v1#MODEL`.

It is asked paragraph by paragraph for who says what, and must answer with words of the paragraph. Every answer is
looked up there: words that do not stand in the paragraph are never shown. The text leaves this program for the address
that the user has set, and for no other. A key is taken from `CATENA_CHAT_KEY`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from catena.attribution import Tagged
from catena.attribution.tagger.tokens import tokenize
from catena.lexicons.tagger import TaggerError
from catena.model import Span

KEY = "CATENA_CHAT_KEY"
SECONDS = 120
"""A paragraph on a slow machine; after that the step fails on this document and says so."""
MOST_BYTES = 4_000_000
"""Of one answer; a longer one is no list of attributions."""
ASK = """You mark who says what. Answer with a JSON list and nothing else. One object for each attribution in the text:
{"source": words that name who speaks, or null, "cue": the reporting words, or null, "content": [the reported words]}.
Copy words exactly as they stand in the text, in its order. Leave out what nobody is said to say. No attribution: []."""
_LIST = re.compile(r"\[.*\]", re.DOTALL)


@dataclass(frozen=True)
class ChatTagger:
    """Asks `address` (without `/chat/completions`) for the `model`."""

    address: str
    model: str
    key: str = ""

    @property
    def name(self) -> str:
        return f"chat:{self.model}"

    def tag(self, text: str, quoted: Sequence[Span]) -> tuple[Tagged, ...]:
        """The attributions of a text. Raises `TaggerError` when the address does not answer as it should."""
        tokens = tokenize(text)
        found: list[Tagged] = []
        for first, last in tokens.sequences:
            start, end = tokens.starts[first], tokens.ends[last - 1]
            found += [_shift(one, start) for one in place(text[start:end], read_answer(self._ask(text[start:end])))]
        return tuple(sorted(found, key=lambda one: one.content))

    def doubts(self, words: Sequence[str]) -> bool:
        """Nothing is known of single words."""
        return False

    def _ask(self, text: str) -> str:
        import urllib.request  # here, because most runs ask nobody, and it takes long to load

        messages = [{"role": "system", "content": ASK}, {"role": "user", "content": text}]
        body = json.dumps({"model": self.model, "messages": messages, "temperature": 0}).encode()
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        request = urllib.request.Request(self.address + "/chat/completions", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                given = json.loads(answer.read(MOST_BYTES))
            return str(given["choices"][0]["message"]["content"])
        except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
            note = f"{self.address}: no answer that can be read ({type(error).__name__}: {error})"
            raise TaggerError(f"{note}. Next: check the address, the model and {KEY}.") from error


def open_chat(where: str) -> ChatTagger:
    """`ADDRESS#MODEL`. Raises `TaggerError` for an address that is none."""
    address, _, model = where.partition("#")
    if not re.match(r"https?://[^\s/]", address) or not model:
        raise TaggerError(f"chat:{where}: not an address. Next: write chat:http://HOST:PORT/v1#MODEL.")
    return ChatTagger(address.rstrip("/"), model, os.environ.get(KEY, ""))


def read_answer(answer: str) -> list[dict[str, Any]]:
    """The objects of the list in an answer, whatever stands round it; nothing when there is none."""
    found = _LIST.search(answer)
    try:
        given = json.loads(found[0]) if found else []
    except ValueError:
        return []
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def place(text: str, answers: Sequence[dict[str, Any]]) -> Iterator[Tagged]:
    """The answers whose content stands in `text`, word by word; a source or cue that does not stand there is left out.

    Words that stand there more than once are taken where the answers before them end.
    """
    reached = 0
    for one in answers:
        given = one.get("content")
        wanted = [given] if isinstance(given, str) else given if isinstance(given, list) else []
        content = [span for words in wanted if (span := look_up(text, words, reached)) is not None]
        if not content or len(content) != len(wanted):
            continue
        content.sort()
        reached = content[0].start
        near = content[0].start
        yield Tagged(_nearest(text, one.get("source"), near), _nearest(text, one.get("cue"), near), tuple(content), 1.0)


def look_up(text: str, words: object, since: int) -> Span | None:
    """The first place of `words` from `since` on, else in the whole text; line breaks count as spaces."""
    found = [span for span in _places(text, words) if span.start >= since] or _places(text, words)
    return found[0] if found else None


def _nearest(text: str, words: object, at: int) -> Span | None:
    return min(_places(text, words), key=lambda span: abs(span.start - at), default=None)


def _places(text: str, words: object) -> list[Span]:
    parts = words.split() if isinstance(words, str) else []
    if not parts:
        return []
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)"
    return [Span(found.start(), found.end()) for found in re.finditer(pattern, text)]


def _shift(one: Tagged, by: int) -> Tagged:
    source, cue = (span.shift(by) if span is not None else None for span in (one.source, one.cue))
    return Tagged(source, cue, tuple(span.shift(by) for span in one.content), one.surety)
