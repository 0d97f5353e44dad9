"""Networks for Gephi, Cytoscape, igraph and others: GEXF 1.3, GraphML, and CSV with a line for each edge."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from catena.exporters.codebooks import clean
from catena.exporters.csv import defuse

GEXF = "http://gexf.net/1.3"
GRAPHML = "http://graphml.graphdrawing.org/xmlns"


@dataclass(frozen=True, slots=True)
class Node:
    """A node with a label and facts about it, all strings or whole numbers.

    `earliest` and `latest` are ISO dates between which it came to be; empty when not known.
    """

    id: str
    label: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    earliest: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """What joins two nodes: an arrow, or a plain line when it is not `directed`; `weight` is how often."""

    source: str
    target: str
    weight: int = 1
    facts: Mapping[str, str | int] = field(default_factory=dict)
    directed: bool = True


@dataclass(frozen=True, slots=True)
class Graph:
    """A network."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def to_gexf(graph: Graph) -> bytes:
    """The network as GEXF 1.3."""
    root = etree.Element(f"{{{GEXF}}}gexf", {"version": "1.3"}, nsmap={None: GEXF})  # type: ignore[dict-item]
    meta = _sub(root, GEXF, "meta")
    _sub(meta, GEXF, "creator").text = "catena"
    _sub(meta, GEXF, "description").text = clean(graph.title)
    dated = any(node.earliest or node.latest for node in graph.nodes)
    kind = {"mode": "dynamic", "timeformat": "date"} if dated else {"mode": "static"}
    body = _sub(root, GEXF, "graph", defaultedgetype="directed", **kind)
    columns = {name: _columns([item.facts for item in items]) for name, items in _items(graph)}
    for name, known in columns.items():
        if known:
            box = _sub(body, GEXF, "attributes", **{"class": name, "mode": "static"})
            for key, number in known.items():
                _sub(box, GEXF, "attribute", id=str(number), title=clean(key), type=_kind(graph, name, key, "string"))
    nodes = _sub(body, GEXF, "nodes")
    for node in graph.nodes:
        times = {"start": node.earliest, "end": node.latest}
        dates = {name: date for name, date in times.items() if date}
        made = _sub(nodes, GEXF, "node", id=node.id, label=clean(node.label), **dates)
        _values(made, node.facts, columns["node"])
    edges = _sub(body, GEXF, "edges")
    for number, edge in enumerate(graph.edges):
        joins = {"source": edge.source, "target": edge.target, "type": _direction(edge)}
        made = _sub(edges, GEXF, "edge", id=str(number), weight=str(edge.weight), **joins)
        _values(made, edge.facts, columns["edge"])
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _items(graph: Graph) -> tuple[tuple[str, tuple[Node, ...] | tuple[Edge, ...]], ...]:
    return (("node", graph.nodes), ("edge", graph.edges))


def _columns(facts: list[Mapping[str, str | int]]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(key for one in facts for key in one))}


def _kind(graph: Graph, name: str, key: str, text: str) -> str:
    values = [item.facts[key] for which, items in _items(graph) if which == name for item in items if key in item.facts]
    return "integer" if all(isinstance(value, int) for value in values) else text


def _values(made: etree._Element, facts: Mapping[str, str | int], known: Mapping[str, int]) -> None:
    if facts:
        box = _sub(made, GEXF, "attvalues")
        for key, value in facts.items():
            _sub(box, GEXF, "attvalue", **{"for": str(known[key]), "value": clean(str(value))})


def to_graphml(graph: Graph) -> bytes:
    """The network as GraphML."""
    root = etree.Element(f"{{{GRAPHML}}}graphml", nsmap={None: GRAPHML})  # type: ignore[dict-item]
    keys: dict[tuple[str, str], str] = {}
    for name, items in _items(graph):
        own = ("label", *_dates(graph)) if name == "node" else ("weight",)
        for key in (*own, *_columns([item.facts for item in items])):
            keys[name, key] = f"{name[0]}{len(keys)}"
            kind = "int" if key == "weight" or _kind(graph, name, key, "string") == "integer" else "string"
            kind = "string" if key in ("label", "earliest", "latest") else kind
            facts = {"id": keys[name, key], "for": name, "attr.name": clean(key), "attr.type": kind}
            _sub(root, GRAPHML, "key", **facts)
    body = _sub(root, GRAPHML, "graph", id="catena", edgedefault="directed")
    for node in graph.nodes:
        made = _sub(body, GRAPHML, "node", id=node.id)
        dates = {name: date for name in _dates(graph) if (date := getattr(node, name))}
        _data(made, "node", {"label": node.label, **dates, **node.facts}, keys)
    for number, edge in enumerate(graph.edges):
        joins = {"source": edge.source, "target": edge.target, "directed": str(edge.directed).lower()}
        made = _sub(body, GRAPHML, "edge", id=f"e{number}", **joins)
        _data(made, "edge", {"weight": edge.weight, **edge.facts}, keys)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def to_edge_list(graph: Graph) -> bytes:
    """CSV: a line for each edge, with names and dates of both nodes."""
    nodes = {node.id: node for node in graph.nodes}
    columns = list(_columns([edge.facts for edge in graph.edges]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["source", "source_date", "target", "target_date", "directed", "weight", *columns])
    for edge in graph.edges:
        ends = [text for one in (nodes[edge.source], nodes[edge.target]) for text in (defuse(one.label), one.earliest)]
        facts = [defuse(str(edge.facts.get(name, ""))) for name in columns]
        writer.writerow([*ends, str(edge.directed).lower(), edge.weight, *facts])
    return out.getvalue().encode("utf-8")


def _data(made: etree._Element, name: str, facts: Mapping[str, str | int], keys: Mapping[tuple[str, str], str]) -> None:
    for key, value in facts.items():
        _sub(made, GRAPHML, "data", key=keys[name, key]).text = clean(str(value))


def _sub(parent: etree._Element, namespace: str, tag: str, **facts: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{namespace}}}{tag}", facts)


def _direction(edge: Edge) -> str:
    return "directed" if edge.directed else "undirected"


def _dates(graph: Graph) -> tuple[str, ...]:
    return tuple(name for name in ("earliest", "latest") if any(getattr(node, name) for node in graph.nodes))


NETWORKS: dict[str, Callable[[Graph], bytes]] = {"gexf": to_gexf, "graphml": to_graphml, "csv": to_edge_list}
"""Every way to write a network, by the name of its format."""
