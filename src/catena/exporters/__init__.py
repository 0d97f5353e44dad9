"""Findings in formats for other programs.

To add one: a module, a line in `EXPORTERS`, a test, a line in the docs.
"""

from catena.exporters.base import Exporter, Rows
from catena.exporters.brat import Brat
from catena.exporters.csv import Csv
from catena.exporters.jsonl import JsonLines

EXPORTERS: dict[str, Exporter] = {
    "jsonl": JsonLines(),
    "csv": Csv(),
    "brat": Brat(),
}
"""Every exporter by the name that `catena export` takes."""

__all__ = ["EXPORTERS", "Exporter", "Rows"]
