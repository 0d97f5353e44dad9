"""What documents share: passages that stand in more than one of them, with the differences word by word."""

from catena.transmission.memory import Memory
from catena.transmission.passages import Join, Joined, Passages, find_passages, join_here
from catena.transmission.seeds import Seeds, find_seeds
from catena.transmission.sentences import Sentences, split_sentences
from catena.transmission.settings import find_mark
from catena.transmission.shared import MAKER, Shared, find_shared, update_shared
from catena.transmission.similar import Similar, find_similar

__all__ = [
    "MAKER", "Join", "Joined", "Memory", "Passages", "Seeds", "Sentences", "Shared", "Similar", "find_mark",
    "find_passages", "find_seeds", "find_shared", "find_similar", "join_here", "split_sentences", "update_shared",
]  # fmt: skip
