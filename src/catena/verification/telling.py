"""Words of a match that tell where they are from, beside those of set phrases that stand everywhere in the edition.

“It is related from the Prophet, on whom be peace” is eight words and says nothing of its origin: each run of it stands
in hundreds of passages. What a writer adds to such a phrase makes it rare, but agrees with some passage by chance.
"""

from __future__ import annotations

from catena.verification.candidates import whole_places
from catena.verification.compare import Comparison
from catena.verification.library_view import LoadedEdition
from catena.verification.skeleton import skeleton_of

EVERYWHERE = 12  # passages of the edition with the same run of words from which it is a set phrase
RUN, RUN_ARABIC = 4, 3  # words of a run: Arabic words hold what others write apart


def count_telling(held: Comparison, loaded: LoadedEdition, *, damaged: bool = False) -> int:
    """The words of the passage that are in no run of words that stands in more than `EVERYWHERE` passages.

    Words that the text holds otherwise do not count, unless it is `damaged`: then letters had to do for words.
    """
    length = RUN_ARABIC if loaded.arabic else RUN
    telling: set[int] = set()
    common: set[int] = set()
    low, high = held.extent
    for step in held.steps:
        if step.op == "equal" or damaged:
            telling.update(range(*step.reference))
    for first in range(low, high - length + 1):
        letters = skeleton_of(" ".join(word.text for word in held.reference[first : first + length]))
        if len(whole_places(loaded, letters, limit=EVERYWHERE + 1)) > EVERYWHERE:
            common.update(range(first, first + length))
    return len(telling - common)
