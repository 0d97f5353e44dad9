"""Write the golden files anew: `python -m tests.exporters.regenerate`. Read the diff before you keep it."""

from __future__ import annotations

import io
from pathlib import Path

from tests.exporters.samples import make_rows

from catena.exporters import EXPORTERS

GOLDEN = Path(__file__).parent.parent / "golden"


def render(name: str) -> bytes:
    out = io.BytesIO()
    EXPORTERS[name].write(make_rows(), out)
    return out.getvalue()


def main() -> None:
    for name, exporter in EXPORTERS.items():
        (GOLDEN / f"findings{exporter.suffix}").write_bytes(render(name))


if __name__ == "__main__":
    main()
