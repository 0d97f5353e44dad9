"""The paragraphs of one part of a Word document: their text, what was deleted from them, their kind."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHARACTERS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad",
}  # fmt: skip
_RUN = f"{W}r"
_OFF = ("0", "false", "off")
_BODY_LEVEL = 9  # outline level of what is no heading


def find_paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Every `w:p` under `root`, in order. A text box stands twice, as drawing and as fallback: the latter is left."""
    for paragraph in root.iter(f"{W}p"):
        if next(paragraph.iterancestors(_FALLBACK), None) is None:
            yield paragraph


def live_text(paragraph: etree._Element) -> str:
    """What the paragraph reads with all changes accepted; without paragraphs nested in it."""
    found = []
    for node in _own(paragraph):
        if node.tag in (f"{W}t", f"{_MATH}t"):
            found.append("" if _is_moved(node) else node.text or "")
        elif node.tag in _CHARACTERS and _parent(node) == _RUN:  # `w:tab` also stands in paragraph properties
            found.append(_CHARACTERS[str(node.tag)])
        elif node.tag == f"{W}sym":
            found.append(_symbol(node))
    return "".join(found)


def deleted_text(paragraph: etree._Element) -> str:
    """What was deleted from the paragraph with changes tracked, or ""; moved text counts where it went."""
    return "".join(node.text or "" for node in _own(paragraph) if node.tag == f"{W}delText")


def heading_styles(styles: etree._Element) -> frozenset[str]:
    """The ids of styles that make a heading: by their English name, which every language of Word keeps, or level."""
    found = set()
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        level = style.find(f"{W}pPr/{W}outlineLvl")
        called = ((name.get(f"{W}val") if name is not None else None) or "").lower()
        deep = (level.get(f"{W}val") if level is not None else None) or str(_BODY_LEVEL)
        if called.startswith(("heading", "title", "subtitle")) or (deep.isdigit() and int(deep) < _BODY_LEVEL):
            found.add(style.get(f"{W}styleId") or "")
    return frozenset(found)


def kind_of(paragraph: etree._Element, headings: frozenset[str]) -> str:
    """The kind of the paragraph's block, from its style, list and table."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    given = (style.get(f"{W}val") or "") if style is not None else ""
    if given in headings or given.lower().startswith(("heading", "title", "subtitle")):
        return "heading"
    if "quote" in given.lower():
        return "blockquote"
    if paragraph.find(f"{W}pPr/{W}numPr") is not None:
        return "list-item"
    return "paragraph" if next(paragraph.iterancestors(f"{W}tc"), None) is None else "table-cell"


def is_on(switch: etree._Element | None) -> bool:
    """Whether a property such as `w:bidi` is on: LibreOffice writes it out with 0 when it is not."""
    return switch is not None and switch.get(f"{W}val") not in _OFF


def _own(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The elements of the paragraph in order, without those of paragraphs nested in it (text boxes)."""
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag != f"{W}p":
            yield node
            stack += reversed(node)


def _is_moved(node: etree._Element) -> bool:
    return next(node.iterancestors(f"{W}moveFrom"), None) is not None


def _parent(node: etree._Element) -> str:
    parent = node.getparent()
    return "" if parent is None else str(parent.tag)


def _symbol(node: etree._Element) -> str:
    """A character of a symbol font, in the private use area as Word has it."""
    try:
        code = int(node.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else ""
