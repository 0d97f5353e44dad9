"""Pages saved as “complete page”: the folder of parts that a browser lays beside the page.

It holds pictures, styles, scripts and frames of advertisements; the words of the page are in the page itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import PurePosixPath

_PAGES = (".html", ".htm", ".xhtml")
# What browsers put behind the page's name, by the language they run in.
_ENDINGS = ("_files", " files", ".files", "-files", "-Dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros",
            "_file", "_bestanden", "_pliki", "_dosyalar", "_soubory", "_elemei", "-filer", "_tiedostot")  # fmt: skip


def find_page_folders(names: Iterable[str]) -> frozenset[str]:
    """The folders that belong to the pages among `names` (paths with `/`), whether or not they are there.

    >>> sorted(find_page_folders(["news/Talks.html"]))[0]
    'news/Talks files'
    """
    pages = (PurePosixPath(name) for name in names)
    return frozenset(
        str(page.with_suffix("")) + ending for page in pages if page.suffix.lower() in _PAGES for ending in _ENDINGS
    )


def is_within(name: str, folders: Collection[str]) -> bool:
    """True when one of `folders` is above `name`."""
    return bool(folders) and any(str(above) in folders for above in PurePosixPath(name).parents)
