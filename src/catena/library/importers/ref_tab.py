"""`ref TAB text` a line; lines that begin with `#` are the notice."""

from __future__ import annotations

from catena.library.importers.base import Collector, ImportOptions, decode, refusal, split_notice, text_lines
from catena.library.model import Imported


class RefTab:
    """One passage a line: its reference, a tab, its text.

    >>> lake = b"# Public domain\\nArt. 1\\tThe lake is open.\\n"
    >>> RefTab().read(lake, "lake.txt", ImportOptions()).passages[0].reference
    'Art. 1'
    """

    name = "ref-tab"
    takes = ("encoding", "skip_empty")

    def sniff(self, head: str, name: str) -> bool:
        first = next((row for row in text_lines(head) if row.strip() and not row.startswith("#")), None)
        return "\t" in first if first is not None else head.startswith("#")

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        found = Collector(name, options.skip_empty)
        notice, lines = split_notice(text_lines(decode(data, name, options.encoding)))
        for number, line in lines:
            columns = line.split("\t")
            if len(columns) != 2:
                reason = f"{len(columns)} columns instead of 2"
                raise refusal(name, number, reason, "write: reference, a tab, the text; or say --format document")
            found.add(number, columns[0].strip(), columns[1])
        return found.imported("numbered-passages", notice)
