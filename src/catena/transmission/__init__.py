"""What documents share: passages that stand in more than one of them, with the differences word by word."""

from catena.transmission.passages import Passages, find_passages
from catena.transmission.seeds import Seeds, find_seeds
from catena.transmission.shared import MAKER, find_shared

__all__ = ["MAKER", "Passages", "Seeds", "find_passages", "find_seeds", "find_shared"]
