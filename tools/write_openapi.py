"""Write docs/reference/openapi.yaml from the reader's own description: `python -m tools.write_openapi`."""

from __future__ import annotations

from pathlib import Path

import yaml

from catena.web.description import describe

FILE = Path(__file__).parent.parent / "docs" / "reference" / "openapi.yaml"
HEAD = "# Made by `python -m tools.write_openapi`; a test holds it equal to what /api/openapi.json answers.\n"


def main() -> None:
    class Plain(yaml.SafeDumper):
        """Writes every part out, without anchors."""

        def ignore_aliases(self, data: object) -> bool:
            return True

    written = yaml.dump(describe(), Dumper=Plain, sort_keys=False, allow_unicode=True, width=110)
    FILE.write_text(HEAD + written, encoding="utf-8")


if __name__ == "__main__":
    main()
