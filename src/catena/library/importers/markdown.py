"""Markdown: each heading numbers the text under it; front matter is the notice."""

from __future__ import annotations

import re

from catena.library.importers.base import Collector, ImportOptions, decode, refusal, text_lines
from catena.library.model import Imported
from catena.library.yaml_texts import YAMLError, read_texts

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_ANCHOR = re.compile(r"\s*\{#[^}]*\}\s*$")
_NOTE = re.compile(r"\[\^[^\]]+\](?!:)")
_NOTE_TEXT = re.compile(r"\[\^[^\]]+\]:")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")


class Markdown:
    """One passage a heading that has text under it. Footnotes and their marks are left out and counted.

    With `level`, deeper headings are text of the passage. Headings that are the same are told apart by those above
    them: `Part II / Article 1`.
    """

    name = "markdown"
    takes = ("level", "encoding", "skip_empty")

    def sniff(self, head: str, name: str) -> bool:
        return name.lower().endswith((".md", ".markdown")) and re.search(r"^#{1,6} ", head, re.MULTILINE) is not None

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        rows = text_lines(decode(data, name, options.encoding))
        said, first = _front_matter(rows, name)
        found = Collector(name, options.skip_empty)
        sections = _sections(rows, first, options.level, found)
        last = [path[-1] for _, path, _ in sections]
        for line, path, body in sections:
            reference = path[-1] if last.count(path[-1]) == 1 else " / ".join(path)
            found.add(line, reference, "\n".join(body).strip("\n"))
        notice = "\n".join(f"{key}: {value}" for key, value in said.items())
        return found.imported(
            "numbered-passages", notice, title=str(said.get("title", "")), language=str(said.get("language", ""))
        )


_Section = tuple[int, tuple[str, ...], list[str]]


def _sections(rows: list[str], first: int, level: int, found: Collector) -> list[_Section]:
    """Line, headings down to this one, and body of every heading with text of its own, in order."""
    sections: list[_Section] = []
    path: list[tuple[int, str]] = []
    fenced = in_note = False
    for number, row in enumerate(rows[first:], first + 1):
        fenced ^= _FENCE.match(row) is not None
        heading = None if fenced else _HEADING.fullmatch(row)
        if heading and (level == 0 or len(heading[1]) <= level):
            path = [each for each in path if each[0] < len(heading[1])]
            path.append((len(heading[1]), _ANCHOR.sub("", heading[2]).strip()))
            sections.append((number, tuple(said for _, said in path), []))
            in_note = False
            continue
        in_note = _NOTE_TEXT.match(row) is not None or (in_note and row.startswith((" ", "\t")))
        if in_note:
            found.left_out["notes"] += _NOTE_TEXT.match(row) is not None
        elif sections:
            sections[-1][2].append(_NOTE.sub("", row))
        elif row.strip():
            found.left_out["lines before the first heading"] += 1
    return [section for section in sections if any(row.strip() for row in section[2])]


def _front_matter(rows: list[str], name: str) -> tuple[dict[str, object], int]:
    """What the YAML between two `---` at the top says, and the number of lines it takes."""
    if not rows or rows[0].rstrip() != "---":
        return {}, 0
    end = next((place for place, row in enumerate(rows[1:], 1) if row.rstrip() in ("---", "...")), None)
    if end is None:
        raise refusal(name, 1, "the front matter is not closed", "write --- under it")
    try:
        said = read_texts("\n".join(rows[1:end]))
    except YAMLError as error:
        raise refusal(name, 1, "the front matter is no YAML", "mend it or take it out") from error
    return (said if isinstance(said, dict) else {}), end + 1
