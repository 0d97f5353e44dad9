"""Load the reporting cues, grammars, outlets, media and titles: `data/attribution/*.yaml` into a
`CueLexicon`."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from catena.attribution.lexicon import Cue, CueLexicon, Grammar, fold_word
from catena.lexicons.folding import load_abbreviations
from catena.lexicons.yaml_words import read_yaml

LANGUAGES = ("en", "ar", "fa", "ru", "de", "fr", "tr")
_NEGATED = ("en", "ar")
_FLAGS = ("kind", "bare", "hearer", "whence", "medium", "speaker")


def _read(name: str) -> Any:
    return read_yaml(f"attribution/{name}.yaml")


def _fold_all(words: list[str]) -> frozenset[str]:
    return frozenset(fold_word(str(word)) for word in words)


@cache
def load_cues() -> CueLexicon:
    """The cue lexicon of every language in `LANGUAGES`. Cached; about 20 ms the first time."""
    by_first: dict[str, list[Cue]] = defaultdict(list)
    grammars: dict[str, Grammar] = {}
    for language in LANGUAGES:
        raw = _read(f"cues.{language}")
        grammars[language] = _grammar(raw)
        for cue in _cues(raw["cues"], language):
            by_first[cue.words[0]].append(cue)
    outlets, titles, modality = _read("outlets"), _read("titles"), _read("modality")
    conditional = _fold_all(modality.pop("conditional"))
    return CueLexicon(
        by_first={first: tuple(sorted(many, key=lambda cue: -len(cue.words))) for first, many in by_first.items()},
        grammars=grammars,
        titles=_fold_all(titles["offices"]) | _fold_all(titles["qualities"]),
        offices=_fold_all(titles["offices"]),
        bodies=_fold_all(titles["bodies"]),
        outlets=_fold_all(outlets["names"]),
        outlet_words=_fold_all(outlets["words"]),
        outlet_heads=_fold_all(outlets["heads"]),
        abbreviations=load_abbreviations(),
        modality={fold_word(word): name for name, words in modality.items() for word in words},
        conditional=conditional,
        negations=frozenset().union(*(_fold_all(read_yaml(f"negations/{code}.yaml")["negation"]) for code in _NEGATED)),
        labels=_fold_all(outlets["labels"]),
        turns=_fold_all(outlets["turns"]),
        media={fold_word(word): entry["medium"] for entry in _read("media") for word in entry["words"]},
    )


def _grammar(raw: dict[str, Any]) -> Grammar:
    lists = dict(raw["grammar"])
    clitics = tuple(lists.pop("clitics", ()))
    folded = {name: _fold_all(words) for name, words in lists.items()}
    return Grammar(language=raw["language"], order=raw["order"], clitics=clitics, **folded)


def _cues(entries: list[dict[str, Any]], language: str) -> list[Cue]:
    found = []
    for entry in entries:
        flags = {name: entry[name] for name in _FLAGS if name in entry}
        for form in entry["forms"]:
            words = tuple(fold_word(word) for word in str(form).split())
            found.append(Cue(words=words, lemma=str(entry["lemma"]), language=language, **flags))
    return found
