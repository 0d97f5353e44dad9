"""Networks for Gephi, Cytoscape, igraph and others: GEXF 1.3 and GraphML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from catena.exporters.codebooks import clean

GEXF = "http://gexf.net/1.3"
GRAPHML = "http://graphml.graphdrawing.org/xmlns"


@dataclass(frozen=True, slots=True)
class Node:
    """A node with a label and facts about it, all strings or whole numbers."""

    id: str
    label: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow from one node to another; `weight` is how often."""

    source: str
    target: str
    weight: int
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Graph:
    """A directed network."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def to_gexf(graph: Graph) -> bytes:
    """The network as GEXF 1.3."""
    root = etree.Element(f"{{{GEXF}}}gexf", {"version": "1.3"}, nsmap={None: GEXF})  # type: ignore[dict-item]
    meta = _sub(root, GEXF, "meta")
    _sub(meta, GEXF, "creator").text = "catena"
    _sub(meta, GEXF, "description").text = clean(graph.title)
    body = _sub(root, GEXF, "graph", defaultedgetype="directed", mode="static")
    columns = {name: _columns([item.facts for item in items]) for name, items in _items(graph)}
    for name, known in columns.items():
        if known:
            box = _sub(body, GEXF, "attributes", **{"class": name, "mode": "static"})
            for key, number in known.items():
                _sub(box, GEXF, "attribute", id=str(number), title=clean(key), type=_kind(graph, name, key, "string"))
    nodes = _sub(body, GEXF, "nodes")
    for node in graph.nodes:
        made = _sub(nodes, GEXF, "node", id=node.id, label=clean(node.label))
        _values(made, node.facts, columns["node"])
    edges = _sub(body, GEXF, "edges")
    for number, edge in enumerate(graph.edges):
        made = _sub(
            edges, GEXF, "edge", id=str(number), source=edge.source, target=edge.target, weight=str(edge.weight)
        )
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
        own = ("label",) if name == "node" else ("weight",)
        for key in (*own, *_columns([item.facts for item in items])):
            keys[name, key] = f"{name[0]}{len(keys)}"
            kind = "int" if key == "weight" or _kind(graph, name, key, "string") == "integer" else "string"
            kind = "string" if key == "label" else kind
            facts = {"id": keys[name, key], "for": name, "attr.name": clean(key), "attr.type": kind}
            _sub(root, GRAPHML, "key", **facts)
    body = _sub(root, GRAPHML, "graph", id="catena", edgedefault="directed")
    for node in graph.nodes:
        made = _sub(body, GRAPHML, "node", id=node.id)
        _data(made, "node", {"label": node.label, **node.facts}, keys)
    for number, edge in enumerate(graph.edges):
        made = _sub(body, GRAPHML, "edge", id=f"e{number}", source=edge.source, target=edge.target)
        _data(made, "edge", {"weight": edge.weight, **edge.facts}, keys)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _data(made: etree._Element, name: str, facts: Mapping[str, str | int], keys: Mapping[tuple[str, str], str]) -> None:
    for key, value in facts.items():
        _sub(made, GRAPHML, "data", key=keys[name, key]).text = clean(str(value))


def _sub(parent: etree._Element, namespace: str, tag: str, **facts: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{namespace}}}{tag}", facts)
