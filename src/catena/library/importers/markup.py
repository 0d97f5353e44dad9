"""XML for importers: a parser that trusts nothing, and the walk that importers of running markup share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from catena.library.importers.base import refusal

_ENTITY = re.compile(rb"<!ENTITY")


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root element. Nothing is fetched and no entity is expanded.

    Raises `LibraryError` with the line for broken XML, for declared entities (they can unfold to gigabytes) and for
    elements nested deeper than 256.
    """
    plain = data.replace(b"\0", b"")  # UTF-16 hides its markup between NULs
    if bomb := _ENTITY.search(plain):
        line = plain.count(b"\n", 0, bomb.start()) + 1
        raise refusal(name, line, "the file declares entities (an XML bomb?)", "save it without a document type")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = f"broken XML: {error.msg or error}"
        raise refusal(name, error.lineno or 1, reason, "mend the file, or get it again from its publisher") from error
    for entity in root.iter(etree.Entity):
        reason = f"the entity {entity.text} is not declared"
        raise refusal(name, line_of(entity), reason, "write the character itself")
    return root


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def line_of(element: etree._Element) -> int:
    """The element's line in its file, from 1."""
    line = element.sourceline
    return line if isinstance(line, int) else 1


def walk(root: etree._Element) -> Iterator[tuple[str, etree._Element, str]]:
    """The document in order: `("start", element, "")`, `("text", element, text)`, `("end", element, "")`.

    A text's element is the one it stands directly in. Comments and processing instructions are passed over, what
    follows them is not.
    """
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            yield "start", element, ""
            if element.text:
                yield "text", element, element.text
            continue
        if event == "end":
            yield "end", element, ""
        parent = element.getparent()
        if parent is not None and element.tail:
            yield "text", parent, element.tail


def language_of(root: etree._Element) -> str:
    """What `xml:lang` says at the root or nearest below it, else empty."""
    name = "{http://www.w3.org/XML/1998/namespace}lang"
    return short_language(next((str(each.get(name)) for each in root.iter() if each.get(name)), ""))


def short_language(code: str) -> str:
    """A language code in two letters where there is one (ISO 639-1 for 639-3), else as it is, in lower case.

    >>> short_language("ENG"), short_language("grc")
    ('en', 'grc')
    """
    return _SHORT.get(code.lower(), code.lower())


_SHORT = {
    "eng": "en", "ara": "ar", "fra": "fr", "rus": "ru", "spa": "es", "zho": "zh", "deu": "de", "ita": "it",
    "por": "pt", "nld": "nl", "pol": "pl", "ell": "el", "fas": "fa", "tur": "tr", "heb": "he", "lat": "la",
    "fre": "fr", "ger": "de", "chi": "zh", "per": "fa", "gre": "el", "dut": "nl",
}  # fmt: skip
