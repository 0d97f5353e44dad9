"""Findings made by hand for the golden files. The states, people and outlets are invented."""

from __future__ import annotations

from catena.model import Document, Evidence, Finding, MadeBy, Operation, Origin, Span, make_finding

TEXT = (
    'Foreign Minister Lena Orsk told the Harbour Courier 😀: "We will not\nsign, and we say so."\n'
    "=SUM(A1) stood in the margin. وَذَكِّرْ فَإِنَّ الذِّكْرَىٰ تَنْفَعُ [51:55]\n"
)
NAME = "2021/orsk, statement.txt"


def make_rows() -> list[tuple[str, Finding, str]]:
    document = Document(TEXT, Origin(NAME, "ab" * 32))

    def at(piece: str) -> Span:
        start = TEXT.index(piece)
        return Span(start, start + len(piece))

    words = at("We will not\nsign, and we say so.")
    quotation = make_finding(
        document, "quotation", {"content": words, "open": Span(words.start - 1, words.start)},
        MadeBy("marks", "2"), values={"style": "straight", "use": "speech"},
    )  # fmt: skip
    attribution = make_finding(
        document, "attribution",
        {"source": [at("Foreign Minister"), at("Lena Orsk")], "cue": at("told"), "content": words,
         "outlet": at("Harbour Courier")},
        MadeBy("cues", "1", (("window", 3),)), values={"speaker": "Lena Orsk", "mode": "direct"},
        parent=quotation.id, evidence=[Evidence("cue-before", "the cue stands before the mark", at("told"))],
    )  # fmt: skip
    verse = at("وَذَكِّرْ فَإِنَّ الذِّكْرَىٰ تَنْفَعُ")
    verification = make_finding(
        document, "verification", {"content": verse, "citation": at("[51:55]")}, MadeBy("ladder"),
        verdict="shortened", reference="Q 51:55",
        diff=[Operation("equal", "تَنْفَعُ", "تَنفَعُ", at("تَنْفَعُ")),
              Operation("omit", "", "الْمُؤْمِنِينَ", None, "word")],
        values={"cited": "Q 51:55", "similarity": 0.8, "complete": False, "note": None},
    )  # fmt: skip
    formula = make_finding(document, "name", {"content": at("=SUM(A1)")}, MadeBy("names"))
    problem = make_finding(document, "problem", {}, MadeBy("pipeline"), values={"code": "step-failed"})
    return [(NAME, finding, TEXT) for finding in (quotation, attribution, verification, formula, problem)]
