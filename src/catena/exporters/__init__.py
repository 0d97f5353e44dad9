"""Findings in formats for other programs.

To add one: a module, a line in `EXPORTERS`, a test, a line in the docs.
"""

from catena.exporters.base import Exporter, Rows
from catena.exporters.bibliography import BIBLIOGRAPHIES
from catena.exporters.brat import Brat
from catena.exporters.conllu import ConllU
from catena.exporters.csv import Csv
from catena.exporters.graphs import NETWORKS
from catena.exporters.jsonl import JsonLines
from catena.exporters.tei import Tei
from catena.exporters.timeline import TimelineCsv, TimelineJs
from catena.exporters.w3c import WebAnnotation

EXPORTERS: dict[str, Exporter] = {
    "jsonl": JsonLines(),
    "csv": Csv(),
    "w3c": WebAnnotation(),
    "tei": Tei(),
    "conllu": ConllU(),
    "brat": Brat(),
}
"""Every exporter by the name that `catena export` takes."""

TIMELINES: dict[str, TimelineCsv | TimelineJs] = {"timeline-csv": TimelineCsv(), "timelinejs": TimelineJs()}
"""Formats for the timeline of events: put together from all findings, and not one row a finding."""
GRAPHS = {name: NETWORKS[name] for name in ("gexf", "graphml")}
"""Formats for the network of voices of a whole project; `csv` is a list of findings there."""
PROJECT_FORMATS = ("qdpx", *GRAPHS, *TIMELINES, *BIBLIOGRAPHIES)
"""Formats that hold a whole project, not a list of findings."""

__all__ = ["BIBLIOGRAPHIES", "EXPORTERS", "GRAPHS", "PROJECT_FORMATS", "TIMELINES", "Exporter", "Rows"]
