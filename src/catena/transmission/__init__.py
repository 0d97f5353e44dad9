"""What documents share: passages that stand in more than one of them, with the differences word by word."""

from catena.transmission.memory import Memory
from catena.transmission.passages import Join, Joined, Passages, find_passages, join_here
from catena.transmission.seeds import Seeds, find_seeds
from catena.transmission.sentences import Sentences, split_sentences
from catena.transmission.settings import find_mark
from catena.transmission.shared import MAKER, Shared, find_shared, update_shared
from catena.transmission.similar import Similar, find_similar
from catena.transmission.translation_memory import TranslationMemory, find_said
from catena.transmission.translations import MADE_BY as TRANSLATIONS
from catena.transmission.translations import READ_FROM, Profile, find_pairs, make_profile, to_translations

__all__ = [
    "MAKER", "READ_FROM", "TRANSLATIONS", "Join", "Joined", "Memory", "Passages", "Profile", "Seeds", "Sentences",
    "Shared", "Similar", "TranslationMemory", "find_mark", "find_pairs", "find_passages", "find_said", "find_seeds",
    "find_shared", "find_similar", "join_here", "make_profile", "split_sentences", "to_translations", "update_shared",
]  # fmt: skip
