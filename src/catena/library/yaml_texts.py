"""YAML in which every value is text: `no` is a language, `1` a number of a passage, and nothing is a truth value."""

from __future__ import annotations

from typing import Any

import yaml

YAMLError = yaml.YAMLError
EMPTY = frozenset(("", "null", "~"))
"""What people write for a field without a value."""


def read_texts(text: str) -> Any:
    """Lists and mappings of texts. Raises `YAMLError` with line and column.

    >>> read_texts("{language: no, verse: 07}")
    {'language': 'no', 'verse': '07'}
    """
    return yaml.load(text, Loader=yaml.CBaseLoader)
