"""The central types: spans, documents, views, findings. Everything else exchanges these."""

from catena.model.code import Code
from catena.model.document import Block, Document, Origin, canonical
from catena.model.finding import (
    KINDS,
    Evidence,
    Finding,
    MadeBy,
    Operation,
    Value,
    check_finding,
    make_finding,
)
from catena.model.record import Record, from_record, to_record
from catena.model.span import Span, cover, trim
from catena.model.view import Offsets, View

__all__ = [
    "KINDS", "Block", "Code", "Document", "Evidence", "Finding", "MadeBy", "Offsets", "Operation", "Origin", "Record",
    "Span", "Value", "View", "canonical", "check_finding", "cover", "from_record", "make_finding", "to_record", "trim",
]  # fmt: skip
