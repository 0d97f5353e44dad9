"""The verdicts, from the strongest agreement to the weakest knowledge. The first that holds is given."""

from __future__ import annotations

LADDER: tuple[str, ...] = (
    "exact",  # the same words, vowels not contradicting
    "exact-spelling",  # the same words in another spelling; the evidence names the rules
    "other-edition",  # the words of another edition than the one named
    "vowels-differ",  # the same letters; vowel marks contradict
    "shortened",  # words left out where the quotation shows it
    "shortened-meaning",  # words left out hold or border on a negation, a condition or a number
    "variant",  # a saying handed down in several wordings, in none of those loaded but close to one
    "altered",  # other words than the passage
    "composite",  # joined from several passages
    "wrong-reference",  # the words stand elsewhere than cited
    "reference-text-differs",  # the cited place exists and says something else
    "ambiguous",  # the words stand in several places and none is cited
    "formula",  # a set phrase of daily use, not a citation
    "not-found",  # in none of the editions loaded; never means false
    "unreadable",  # too damaged to judge
)

HOLDS = ("exact", "exact-spelling", "other-edition", "vowels-differ", "shortened", "shortened-meaning")
"""Verdicts under which every word kept is the edition's."""
