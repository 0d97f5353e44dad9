"""A tiny folder of marked texts of our own, in the layout of the corpus: `train` and `dev`, brat stand-off."""

from __future__ import annotations

import re
from pathlib import Path

PEOPLE = ("Lena Dahl", "Tarek Salim", "the harbour office", "Anton Brisk", "the Lake Union", "a pilot")
VERBS = ("said", "told the council", "wrote", "added", "explained")
NEWS = ("the ferry would sail in June", "dues stay as they are", "the cable had been worn", "talks would go on")


def sentences(first: int, count: int) -> list[str]:
    """Marked sentences: every third in marks with the speaker behind."""
    made = []
    for number in range(first, first + count):
        who, verb, what = (many[number * step % len(many)] for many, step in ((PEOPLE, 1), (VERBS, 3), (NEWS, 7)))
        if number % 3:
            made.append(f"[source: {who}] [cue: {verb}] [content: that {what}] .")
        else:
            made.append(f"[content: “{what.capitalize()},”] [source: {who}] [cue: {verb}] .")
        made.append(f"The boats lay in Merrow for {number} days.")
    return made


def write_folder(folder: Path, texts: int = 4) -> Path:
    """`texts` texts to learn from and two to check on."""
    for part, first, many in (("train", 0, texts), ("dev", 900, 2)):
        for name in ("text", "attributions"):
            (folder / part / name).mkdir(parents=True)
        for number in range(many):
            text, marks = unmark("\n\n".join(sentences(first + 12 * number, 12)))
            (folder / part / "text" / f"note{number}.txt").write_text(text, encoding="utf-8")
            (folder / part / "attributions" / f"note{number}_aa.ann").write_text(marks, encoding="utf-8")
    return folder


def unmark(marked: str) -> tuple[str, str]:
    """The plain text and its marks as brat stand-off; a full stop ends an attribution."""
    plain, spans, events, said = "", [], [], {}
    for piece in re.split(r"(\[\w+: [^\]]+\])", marked):
        found = re.fullmatch(r"\[(\w+): ([^\]]+)\]", piece)
        if found is None:
            if said and "." in piece:
                roles = " ".join(f"{role.capitalize()}:T{number}" for role, number in said.items())
                events.append(f"E{len(events) + 1}\tAttribution:T{said['cue']} {roles}\n")
                said = {}
            plain += piece
            continue
        number = len(spans) + 1
        spans.append(f"T{number}\t{found[1].capitalize()} {len(plain)} {len(plain) + len(found[2])}\t{found[2]}\n")
        said[found[1]] = number
        plain += found[2]
    return plain, "".join(spans + events)
