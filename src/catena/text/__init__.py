"""Folding with a map, segmentation, word alignment and seeds: what every detector does to text.

Pure functions on strings and arrays. The fold table itself is loaded by `catena.lexicons.folding`.
"""

from catena.text.align import OPERATIONS, Step, align_words
from catena.text.fold import FoldTable, fold, fold_each, fold_letters, fold_places, fold_skeleton
from catena.text.seeds import Candidate, SeedIndex, build_seed_index
from catena.text.segment import find_paragraphs, find_sentences, find_word_places, find_words

__all__ = [
    "OPERATIONS", "Candidate", "FoldTable", "SeedIndex", "Step", "align_words", "build_seed_index",
    "find_paragraphs", "find_sentences", "find_word_places", "find_words", "fold", "fold_each", "fold_letters",
    "fold_places", "fold_skeleton",
]  # fmt: skip
