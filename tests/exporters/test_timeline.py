"""The timeline as TimelineJS and as a table."""

from __future__ import annotations

import csv
import io
import json

from catena.exporters import TIMELINES
from catena.kit import load_kit
from catena.model import Document
from catena.pipeline import analyse

TEXT = "The Varn <Courier> reported that the ferry ran aground near Varn on 4 May 2015."


def export(name: str) -> bytes:
    out = io.BytesIO()
    document = Document.of(TEXT, "=a.txt")
    rows = [("=a.txt", finding, TEXT) for finding in analyse(document, load_kit())]
    assert TIMELINES[name].write(rows, out) == 1
    return out.getvalue()


def test_timelinejs_has_day_and_escaped_words() -> None:
    event = json.loads(export("timelinejs"))["events"][0]
    assert event["start_date"] == {"year": 2015, "month": 5, "day": 4}
    assert event["text"]["headline"] == "accident, Varn"
    assert "ran aground near Varn on 4 May 2015" in event["text"]["text"]


def test_the_table_has_a_row_a_report_and_no_formula() -> None:
    row = next(csv.DictReader(io.StringIO(export("timeline-csv").decode())))
    assert (row["type"], row["start"], row["where"], row["document"]) == ("accident", "2015-05-04", "Varn", "'=a.txt")
    assert TEXT[int(row["words_start"]) : int(row["words_end"])] == row["words"]
