"""Counting and comparing: frequency, keyness, collocation, dispersion, n-grams, and how far coders agree.

Pure functions on numbers; every measure names its source. Rates are per million words.
"""

from catena.measures.agreement import alpha_nominal, cohen_kappa, fleiss_kappa
from catena.measures.bootstrap import Interval, bootstrap
from catena.measures.collocation import Collocate, Cooccurrence, find_collocates, score
from catena.measures.counts import count_ngrams, per_million
from catena.measures.disagreement import Disagreement, Unit, find_disagreements
from catena.measures.dispersion import Dispersion, measure_dispersion
from catena.measures.keyness import Keyword, compare, log_likelihood
from catena.measures.unitizing import Continuum, alpha_unitizing

__all__ = [
    "Collocate", "Continuum", "Cooccurrence", "Disagreement", "Dispersion", "Interval", "Keyword", "Unit",
    "alpha_nominal", "alpha_unitizing", "bootstrap", "cohen_kappa", "compare", "count_ngrams", "find_collocates",
    "find_disagreements", "fleiss_kappa", "log_likelihood", "measure_dispersion", "per_million", "score",
]  # fmt: skip
