"""Read the YAML in `data/` so that a word stays a word.

YAML 1.1 takes `on`, `no`, `yes` and `off` for truth values; in a list of small words or negations they would vanish.
Here only `true` and `false` are truth values, as in YAML 1.2.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any, ClassVar

import yaml


class WordLoader(yaml.CSafeLoader):
    """The safe loader of libyaml with the truth values of YAML 1.2."""

    yaml_implicit_resolvers: ClassVar = {  # type: ignore[misc]
        first: [(tag, pattern) for tag, pattern in many if tag != "tag:yaml.org,2002:bool"]
        for first, many in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


WordLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def parse_yaml(text: str) -> Any:
    """The value of a YAML text. Raises `yaml.YAMLError` with line and column.

    >>> parse_yaml("[on, no, true]")
    ['on', 'no', True]
    """
    return yaml.load(text, Loader=WordLoader)


def read_yaml(path: str) -> Any:
    """The value of a file in the package's `data/`, such as `attribution/media.yaml`."""
    return parse_yaml(files("catena").joinpath("data", path).read_text(encoding="utf-8"))
