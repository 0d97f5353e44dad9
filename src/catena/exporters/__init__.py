"""Findings in formats for other programs.

To add one: a module, a line in `EXPORTERS`, a test, a line in the docs.
"""

from catena.exporters.archives import ARCHIVES
from catena.exporters.base import Exporter, Rows
from catena.exporters.bibliography import BIBLIOGRAPHIES
from catena.exporters.brat import Brat
from catena.exporters.conllu import ConllU
from catena.exporters.csv import Csv
from catena.exporters.ftm import FollowTheMoney
from catena.exporters.graphs import NETWORKS
from catena.exporters.jsonl import JsonLines
from catena.exporters.parquet import Parquet
from catena.exporters.tei import Tei
from catena.exporters.timeline import Moment, TimelineCsv, TimelineJs, to_timelinejs
from catena.exporters.uima import Uima
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
FURTHER: dict[str, Exporter] = {"parquet": Parquet(), "uima": Uima(), "ftm": FollowTheMoney()}
"""Exporters of findings whose files are not the same bytes with every version of the library that writes them, or that
hold only a part; the first two need an extra."""
PROJECT_FORMATS = ("qdpx", *GRAPHS, *TIMELINES, *BIBLIOGRAPHIES, *ARCHIVES)
"""Formats that hold a whole project, not a list of findings."""

__all__ = [
    "ARCHIVES", "BIBLIOGRAPHIES", "EXPORTERS", "FURTHER", "GRAPHS", "PROJECT_FORMATS", "TIMELINES", "Exporter",
    "Moment", "Rows", "to_timelinejs",
]  # fmt: skip
