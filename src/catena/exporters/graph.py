"""A chain of transmission as a graph file: GraphML, GEXF or CSV. Nodes are documents, edges what is known of two."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from xml.etree import ElementTree

from catena.transmission.direction import Carrier, Edge

_NODE = ("label", "earliest", "latest")
_EDGE = ("directed", "status", "reasons")


def to_graphml(carriers: Sequence[Carrier], edges: Sequence[Edge]) -> str:
    """GraphML 1.0; node ids are document ids."""
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for kind, names in (("node", _NODE), ("edge", _EDGE)):
        for name in names:
            what = {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": "string"}
            ElementTree.SubElement(root, "key", what)
    graph = ElementTree.SubElement(root, "graph", edgedefault="undirected")
    for carrier in carriers:
        node = ElementTree.SubElement(graph, "node", id=carrier.document)
        for name, value in zip(_NODE, _of_node(carrier), strict=True):
            ElementTree.SubElement(node, "data", key=f"node-{name}").text = value
    for edge in edges:
        directed = str(edge.directed).lower()
        line = ElementTree.SubElement(graph, "edge", source=edge.first, target=edge.second, directed=directed)
        for name, value in zip(_EDGE, _of_edge(edge), strict=True):
            ElementTree.SubElement(line, "data", key=f"edge-{name}").text = value
    return _write(root)


def to_gexf(carriers: Sequence[Carrier], edges: Sequence[Edge]) -> str:
    """GEXF 1.3, with start and end of each document's date for the time line."""
    root = ElementTree.Element("gexf", xmlns="http://gexf.net/1.3", version="1.3")
    graph = ElementTree.SubElement(root, "graph", defaultedgetype="undirected", mode="dynamic", timeformat="date")
    listed = ElementTree.SubElement(graph, "attributes", {"class": "edge"})
    for name in ("status", "reasons"):
        ElementTree.SubElement(listed, "attribute", id=name, title=name, type="string")
    nodes = ElementTree.SubElement(graph, "nodes")
    for carrier in carriers:
        times = {"start": carrier.dates.earliest, "end": carrier.dates.latest}
        named = {"id": carrier.document, "label": carrier.name}
        ElementTree.SubElement(nodes, "node", named | {name: value for name, value in times.items() if value})
    lines = ElementTree.SubElement(graph, "edges")
    for number, edge in enumerate(edges):
        kind = "directed" if edge.directed else "undirected"
        line = ElementTree.SubElement(lines, "edge", id=str(number), source=edge.first, target=edge.second, type=kind)
        values = ElementTree.SubElement(line, "attvalues")
        for name, value in zip(_EDGE[1:], _of_edge(edge)[1:], strict=True):
            ElementTree.SubElement(values, "attvalue", {"for": name, "value": value})
    return _write(root)


def to_edge_list(carriers: Sequence[Carrier], edges: Sequence[Edge]) -> str:
    """CSV: one line an edge, with names and dates of both documents."""
    of = {carrier.document: carrier for carrier in carriers}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["first", "first_date", "second", "second_date", *_EDGE])
    for edge in edges:
        one, other = of[edge.first], of[edge.second]
        writer.writerow([_safe(one.name), one.dates.earliest, _safe(other.name), other.dates.earliest, *_of_edge(edge)])
    return out.getvalue()


GRAPHS: dict[str, Callable[[Sequence[Carrier], Sequence[Edge]], str]] = {
    "graphml": to_graphml,
    "gexf": to_gexf,
    "csv": to_edge_list,
}


def _of_node(carrier: Carrier) -> tuple[str, str, str]:
    return carrier.name, carrier.dates.earliest, carrier.dates.latest


def _of_edge(edge: Edge) -> tuple[str, str, str]:
    reasons = "; ".join(f"{reason.code}: {reason.note}" for reason in edge.reasons)
    return str(edge.directed).lower(), edge.status, reasons


def _safe(name: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{name}" if name[:1] in ("=", "+", "-", "@") else name


def _write(root: ElementTree.Element) -> str:
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"
