"""Shortcuts of comparing change no result: what is kept, asked first or left out agrees with the long way."""

from __future__ import annotations

import random
import unicodedata
from itertools import pairwise

import pytest

from catena.lexicons.formulae import load_check_lexicon
from catena.model import Document, Span
from catena.verification import CheckLexicon, Edition, find_passages, load_edition, make_library
from catena.verification.breaks import written_letters
from catena.verification.candidates import Seeker, sought_stretches
from catena.verification.compare import compare
from catena.verification.extent import Letters
from catena.verification.library_view import Memory
from catena.verification.prepared import Prepared, prepare, reference_words
from catena.verification.runs import run_stretches
from catena.verification.skeleton import skeleton_of
from catena.verification.spelling import joined_kind, kind_of, letters_of
from catena.verification.tokens import Matcher
from catena.verification.unmarked import MISS, _best_run
from catena.verification.words import QuotedWord

ARABIC_WORDS = "البحر الهادئ يجمع أهل القرى ولا يفرق بين أحد منهم ومن عبره في سلام عاد في سلام يا ابن أم هذا لك"
ENGLISH_WORDS = "the calm sea joins all villages and parts none of them who crosses it in peace comes home"
ARABIC, ENGLISH = ARABIC_WORDS.split(), ENGLISH_WORDS.split()
LETTERS = "ابتجدرسعفقكلمنهويىةءأإآؤئٱ" + "\u064e\u064f\u0650\u0651\u0652\u0670\u06df\u06e5\u0640\u200dﷲﻻ" + "aéßĳ1٣'"


def words_of(texts: list[str]) -> tuple[QuotedWord, ...]:
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    return tuple(QuotedWord(text, Span(at, at + len(text))) for text, at in zip(texts, starts, strict=False))


def some_words(draw: random.Random) -> list[str]:
    """Words of one language, a few of them fused, torn, turned round or of other letters."""
    words = draw.choices(draw.choice((ARABIC, ENGLISH)), k=draw.randrange(1, 12))
    change = draw.randrange(6)
    if change == 0:
        words = [first + second for first, second in pairwise(words)] or words
    elif change == 1:
        words = [piece for word in words for piece in (word[:2], word[2:]) if piece]
    elif change == 2:
        words = [word[::-1] for word in reversed(words)]
    elif change == 3:
        words = ["".join(draw.choices(LETTERS, k=4)) for _ in words]
    return words


def test_words_that_can_share_nothing_share_nothing_and_no_bound_is_exceeded() -> None:
    draw = random.Random(11)
    for _ in range(400):
        reference = Prepared.of(reference_words(" ".join(some_words(draw)), 0))
        texts = some_words(draw)
        found = compare(words_of(texts), reference)
        turned = [text[::-1] for text in reversed(texts)]
        plain = "word-breaks" not in found.rules and "lam-alef-order" not in found.rules
        if plain:
            most = max(Matcher(reference).most_letters(texts), Matcher(reference).most_letters(turned))
            assert found.equal_letters <= most
            if not Matcher(reference).may_share(texts) and not Matcher(reference).may_share(turned):
                assert not found.equal


def test_passages_joined_are_what_their_words_are() -> None:
    texts = ("Peace is our [common] goal.", "The lake, the lake is [not] ours.")
    words = [word for number, text in enumerate(texts, 5) for word in reference_words(text, number)]
    whole, joined = Prepared.of(words), prepare(texts, 5)
    assert (joined.words, joined.tokens, joined.written) == (whole.words, whole.tokens, whole.written)
    assert joined.kinds == whole.kinds
    assert joined.pairs == whole.pairs
    assert [word.text for word in joined.words if word.gloss] == ["common", "not"]


def test_the_kind_of_two_words_follows_from_their_kinds() -> None:
    draw = random.Random(3)
    letters = [char for char in LETTERS if char.isalpha() and unicodedata.bidirectional(char) == "AL"]
    for _ in range(400):
        one, other = ("".join(draw.choices(letters, k=draw.randrange(1, 6))) for _ in range(2))
        assert joined_kind(kind_of(one), kind_of(other)) == kind_of(one + other)


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("ٱلْكِتَٰبُ", "الكتب"),
        ("ﷲ", "الله"),
        ("مـــد", "مد"),
        ("کتاب", "كتاب"),
        ("Café", "cafe"),
        ("Straße", "strasse"),
        ("don’t", "dont"),
        ("١٩٢٤", "١٩٢٤"),
    ],
)
def test_the_letters_of_a_word_are_those_that_decide(word: str, letters: str) -> None:
    assert letters_of(word) == letters


def test_letters_of_a_text_are_those_of_its_pieces_in_both_directions() -> None:
    draw = random.Random(5)
    for _ in range(300):
        text = "".join(draw.choices(LETTERS + " \n.", k=draw.randrange(30)))
        letters = Letters.of(text)
        start, end = sorted(draw.randrange(len(text) + 1) for _ in range(2))
        piece = [written_letters(char) for char in text[start:end]]
        assert letters.ahead(start, end) == "".join(piece)
        assert letters.behind(start, end) == "".join(reversed(piece))
        assert letters.breaks == tuple(place for place, char in enumerate(text) if char == "\n")
        many = draw.randrange(len("".join(piece)) + 1)
        forth, back = letters.after(start, many), letters.before(end, many)
        assert many == 0 or len(letters.ahead(start, forth - 1)) < many <= len(letters.ahead(start, forth))
        assert many == 0 or len(letters.ahead(back + 1, end)) < many <= len(letters.ahead(back, end))
        assert many > 0 or (forth, back) == (start, end)


def test_seeds_looked_up_once_lead_to_the_same_stretches() -> None:
    draw = random.Random(7)
    verses = [(f"Song {1 + n // 20}:{1 + n % 20}", " ".join(draw.choices(ARABIC, k=6))) for n in range(80)]
    edition = Edition("song", "song", "Song", "ar", kind="numbered-verses")
    library = make_library([load_edition(edition, verses)])
    for first in range(0, 78, 3):
        text = " ".join(verse for _, verse in verses[first : first + 3])[draw.randrange(9) :]
        seeker = Seeker(library, skeleton_of(text))
        runs = run_stretches(library, text, seeker=seeker)
        assert sought_stretches(library, text, seeker=seeker) == sought_stretches(library, text)
        assert runs == run_stretches(library, text)


def test_words_that_were_no_report_are_none_again_and_a_passage_stays_one() -> None:
    passage = "لا تغلق دولة المعبر بين البحيرتين أمام سفن دولة أخرى"
    view = Edition("charter", "charter", "Charter", "ar")
    text = f"قال المندوب إن المعبر بين البحيرتين مفتوح. وقرأ: {passage}. ثم قال إن المعبر بين البحيرتين مفتوح."
    library = make_library([load_edition(view, [("Charter 1", passage)])])
    fresh = find_passages(Document.of(text), library, load_check_lexicon())
    assert [one.span.of(text) for one in fresh] == [passage]
    for lexicon in (load_check_lexicon(), CheckLexicon(), load_check_lexicon()):
        again = find_passages(Document.of(text), library, lexicon)
        assert [one.span for one in again] == [one.span for one in fresh]


def test_a_memory_forgets_what_another_asker_was_told() -> None:
    memory = Memory()
    one, other = CheckLexicon(), CheckLexicon()
    memory.of(one)["words"] = True
    assert memory.of(one) == {"words": True}
    assert memory.of(other) == {}
    assert memory.of(one) == {}


def test_the_run_most_like_a_passage_is_that_of_the_whole_table() -> None:
    draw = random.Random(9)
    for _ in range(100):
        words, passage = draw.choices(ENGLISH, k=draw.randrange(4, 14)), draw.choices(ENGLISH, k=draw.randrange(1, 14))
        assert _best_run(words, passage) == _whole_table(words, passage)


def _whole_table(words: list[str], passage: list[str]) -> tuple[int, int] | None:
    """Smith and Waterman's table, every cell filled."""
    best, begin, end, equal_best = 0.0, 0, 0, 0
    previous = [(0.0, 0, 0)] * (len(passage) + 1)
    for row, word in enumerate(words, 1):
        current = [(0.0, row, 0)]
        for column, other in enumerate(passage, 1):
            score, start, equal = previous[column - 1]
            choices = [(score + 1, start, equal + 1)] if word == other else [(score + MISS, start, equal)]
            choices += [(one[0] + MISS, one[1], one[2]) for one in (previous[column], current[column - 1])]
            top = max(choices)
            current.append(top if top[0] > 0 else (0.0, row, 0))
            if top[0] > best:
                best, begin, end, equal_best = top[0], top[1], row, top[2]
        previous = current
    return (begin, end) if equal_best >= 4 else None
