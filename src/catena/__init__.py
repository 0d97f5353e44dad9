"""catena: public statements with a margin beside the untouched text.

The functions of `catena.api` are here too (`catena.read`, `catena.check`, `catena.build`, `catena.open_project`,
`catena.export`); they are loaded when first used, so that `import catena` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from catena.version import __version__

if TYPE_CHECKING:
    from catena.api import build, check, export, open_project, read

__all__ = ["__version__", "build", "check", "export", "open_project", "read"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from catena import api

        return getattr(api, name)
    raise AttributeError(f"module 'catena' has no attribute {name!r}")
