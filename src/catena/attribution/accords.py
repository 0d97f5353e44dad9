"""As Dahl noted, the gate is shut: the writer says what Dahl says, on his word."""

from __future__ import annotations

from catena.attribution.clauses import Hit, Level, Reading
from catena.attribution.lexicon import fold_word
from catena.attribution.sources import Source

TAIL = 6
"""Words of place or time behind the verb: as Dahl noted in the letter of May."""


def begin_as_said(reading: Reading, hit: Hit, level: Level, source: Source | None) -> int | None:
    """Where the words begin that follow “as X noted,” at the head of a sentence; `None` for any other cue.

    Verbs that rather tell when something happened (as Dahl answered, the lamp went out) are left out.
    """
    grammar = reading.lexicon.grammars[hit.cue.language]
    if source is None or hit.cue.kind != "verb" or source.span.end > hit.span.start:
        return None
    first, _ = reading.words_in(source.span.start, source.span.end)
    if not first or reading.words[first - 1].folded not in grammar.accords or hit.cue.lemma in grammar.meanwhile:
        return None
    opening = reading.words[first - 1].start
    if len(reading.text[reading.left_edge(level, opening) : opening].split()) > 1:  # Yet, as Dahl noted, …
        return None
    behind = reading.text[hit.span.end : reading.sentence_end(level, hit.span.end)]
    aside, comma, _ = behind.partition(",")
    words = aside.split()
    if not comma or len(words) > TAIL or (words and fold_word(words[0]) not in grammar.prepositions):
        return None
    return hit.span.end + len(aside) + 1
