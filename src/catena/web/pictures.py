"""Vega-Lite charts drawn on this machine by vl-convert, which brings the scripts along (extra `charts`).

Nothing is fetched: a specification holds its own data, and the drawer may open no address. Where the extra is missing
the pages draw their own plain bars (`tables.to_bars`); the specification is exported either way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

KINDS = {"svg": "image/svg+xml", "png": "image/png"}
SHARP = 2.0  # pixels of a PNG for each unit of the drawing
_INK = {"light": ("#fbfaf6", "#1d1b18", "#1f4f8b"), "dark": ("#16171a", "#e8e5df", "#9cc3ff")}
"""Paper, ink and bars, as in the style sheet."""


def can_draw() -> bool:
    """True when the extra that draws is installed. It is not loaded by asking."""
    return find_spec("vl_convert") is not None


def draw(chart: Mapping[str, Any], kind: str, shade: str = "light") -> bytes:
    """The chart as a picture of a kind in `KINDS`, for light or dark pages.

    Raises `ValueError` for an unknown kind or shade, and where the extra is missing.
    """
    if kind not in KINDS or shade not in _INK:
        raise ValueError(
            f"no picture {kind[:20]!r} in {shade[:20]!r}; there are: {', '.join(KINDS)} in {', '.join(_INK)}"
        )
    if not can_draw():
        raise ValueError("drawing charts needs the extra charts: pip install 'catena[charts]'")
    import vl_convert

    spec = json.dumps({**chart, "config": _look(*_INK[shade])})
    if kind == "svg":
        return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])).encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=SHARP, allowed_base_urls=[]))


def _look(paper: str, ink: str, bars: str) -> dict[str, Any]:
    """Less is hollow and more is full, so that no colour has to be told from another (see `tables.to_vega`)."""
    axis = {"labelColor": ink, "titleColor": ink, "tickColor": ink, "domainColor": ink, "labelLimit": 180}
    return {
        "background": paper, "font": "sans-serif", "title": {"color": ink, "anchor": "start"}, "view": {"stroke": None},
        "axis": {**axis, "gridOpacity": 0.25}, "bar": {"color": bars},
    }  # fmt: skip
