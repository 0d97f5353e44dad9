"""Vocalised Arabic that a program tore out of a PDF: what was damaged, and a second reading beside the text.

The document's text never changes. `repair_text` gives another reading of it with named steps, which can be replayed,
and the place that each of its characters comes from. It acts only where `find_damage` sees damage.
"""

from catena.text.repair.damage import Damage, find_damage, is_damaged
from catena.text.repair.model import MarkModel, count_words
from catena.text.repair.repair import repair_text
from catena.text.repair.steps import Edit, Repaired, Step, replay

__all__ = [
    "Damage", "Edit", "MarkModel", "Repaired", "Step", "count_words", "find_damage", "is_damaged", "repair_text",
    "replay",
]  # fmt: skip
