"""Cards: what belongs to one passage stands together."""

from __future__ import annotations

from catena.margin import NOT_NAMED, Piece, narrators, to_cards, to_sides
from catena.model import Document, Finding, MadeBy, Operation, Span, make_finding

TEXT = 'The Marble Agency reported that the minister said: "The lakes stay open." It was on 9 May.'
DOC = Document.of(TEXT)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def made(kind: str, roles: dict[str, Span], **more: object) -> Finding:
    return make_finding(DOC, kind, roles, MadeBy("test"), **more)  # type: ignore[arg-type]


QUOTATION = made("quotation", {"content": at("The lakes stay open.")})
OUTER = made("attribution", {"source": at("The Marble Agency"), "cue": at("reported"), "content": at(TEXT[32:73])})
DATE = made("date", {"content": at("9 May")}, values={"iso": "--05-09"})


def test_a_quotation_and_its_verdict_share_a_card() -> None:
    verdict = made("verification", {"content": at("The lakes stay open.")}, parent=QUOTATION.id, verdict="exact")
    cards = to_cards([QUOTATION, verdict])
    assert [(card.lead, card.verdicts) for card in cards] == [(QUOTATION, (verdict,))]


def test_a_verdict_without_a_quotation_opens_a_card_of_its_own() -> None:
    verdict = made("verification", {"content": at("The lakes stay open.")}, verdict="exact")
    (card,) = to_cards([verdict])
    assert card.verdicts == (verdict,)


def test_voices_of_an_indirect_report_run_outward() -> None:
    inner = made("attribution", {"source": at("the minister"), "cue": at("said")}, parent=OUTER.id)
    cards = {card.lead.id: card for card in to_cards([OUTER, inner])}
    assert [voice.speaker for voice in cards[inner.id].voices] == ["the minister", "The Marble Agency"]


def test_a_report_without_a_source_says_so() -> None:
    nobody = made("attribution", {"cue": at("said")}, parent=QUOTATION.id)
    (card,) = to_cards([QUOTATION, nobody])
    assert card.voices[0].speaker == NOT_NAMED


def test_cards_stand_in_the_order_of_the_text() -> None:
    assert [card.lead.kind for card in to_cards([DATE, QUOTATION])] == ["quotation", "date"]


def test_a_passage_shared_with_another_document_joins_the_card_it_overlaps() -> None:
    shared = made("reuse", {"content": at("The lakes stay open.")}, values={"other_name": "b.txt"})
    (card,) = to_cards([QUOTATION, shared])
    assert card.reuse == (shared,)


def test_a_shared_passage_on_its_own_is_not_lost() -> None:
    shared = made("reuse", {"content": at("It was on")}, values={"other_name": "b.txt"})
    assert [card.lead for card in to_cards([QUOTATION, shared])] == [QUOTATION, shared]


def test_facts_about_the_whole_document_stand_elsewhere() -> None:
    assert to_cards([made("layout", {"content": at("The Marble")}, values={"field": "title"})]) == ()


def test_a_word_diff_reads_as_two_texts_that_mark_what_the_other_lacks() -> None:
    steps = [
        Operation("equal", "We", "We"),
        Operation("equal", "shall", "shall"),
        Operation("omit", "", "not", None, "negation"),
        Operation("substitute", "meet", "part", None, "word"),
        Operation("insert", "soon", ""),
    ]
    sides = to_sides(steps)
    assert sides.quoted == (Piece("We shall"), Piece("meet", True, "word"), Piece("soon", True))
    assert sides.reference == (Piece("We shall"), Piece("not", True, "negation"), Piece("part", True, "word"))


def test_a_chain_of_narrators_joins_the_card_of_its_quotation() -> None:
    chain = made("isnad", {"chain": at("The Marble Agency"), "matn": at("The lakes stay open.")}, parent=QUOTATION.id)
    (card,) = to_cards([QUOTATION, chain])
    assert (card.lead, card.chains) == (QUOTATION, (chain,))


def test_a_chain_before_words_without_marks_joins_the_verdict_on_them() -> None:
    chain = made("isnad", {"chain": at("The Marble Agency"), "matn": at("The lakes stay open.")})
    verdict = made("verification", {"content": at("The lakes stay open.")}, verdict="variant")
    (card,) = to_cards([chain, verdict])
    assert (card.lead, card.chains) == (verdict, (chain,))


def test_a_chain_whose_words_nothing_else_holds_is_a_card_of_its_own() -> None:
    chain = made("isnad", {"chain": at("The Marble Agency"), "matn": at("The lakes stay open.")})
    assert [card.lead for card in to_cards([chain])] == [chain]


def test_narrators_are_told_in_the_order_of_the_text_or_else_the_chain_is() -> None:
    named = made("isnad", {"chain": at("The Marble Agency reported"), "narrators": at("The Marble Agency")})
    assert narrators(named) == ("The Marble Agency",)
    assert narrators(made("isnad", {"chain": at("the minister said")})) == ("the minister said",)
