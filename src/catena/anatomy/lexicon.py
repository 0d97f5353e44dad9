"""The word lists the anatomy detectors are handed, as frozen values. `catena.lexicons` loads them from YAML."""

from __future__ import annotations

from dataclasses import dataclass

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateLexicon:
    """Month names with (calendar, month), and the words around dates. `relative` holds (words, unit, back)."""

    months: tuple[tuple[str, str, int], ...]
    eras: tuple[tuple[str, str], ...]
    year_cues: Words
    year_words_after: Words
    pair_words: Words
    relative: tuple[tuple[str, str, int], ...]
    units: tuple[tuple[str, str], ...]
    ago_after: Words
    ago_before: Words
    numbers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FigureLexicon:
    """Counted words with the name they count under, participles, bounds, number words and blockers."""

    counted: tuple[tuple[str, str], ...]
    fates: tuple[tuple[str, str], ...]
    bounds: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, int], ...]
    vague: tuple[tuple[str, int, int], ...]
    between: Words
    blockers: Words
    fillers: Words


@dataclass(frozen=True, slots=True)
class LayoutLexicon:
    """What the parts of a statement are called. `genres` holds (form, genre), the rest forms alone."""

    genres: tuple[tuple[str, str], ...]
    genre_links: Words
    genre_openers: Words
    genre_stops: Words
    issued_by: Words
    subject_links: Words
    publisher_labels: Words
    offices: Words
    bodies: Words
    states: Words
    issue_words: Words
    periodicals: Words
    name_cuts: Words
    name_links: Words
    not_first: Words
    not_inside: Words
    translated: Words
    translated_from: Words
    author: Words
    reference: Words
    date_labels: Words
    addressee: Words
    links: Words
    labels: tuple[tuple[str, str], ...]
    ordinals: tuple[tuple[str, int], ...]
    vocatives: Words
    callers: Words
    addressees: Words
    invocations: Words
    dates: DateLexicon


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """Titles and offices before names, words that are no part of a name, and the letters of the spelling key.

    `given` holds (form, canonical name); `shapes` (pattern, replacement) and `letters`
    (pattern, key) in the order in which they are tried. The lists for
    Arabic script hold words as `scan.plain` leaves them.
    """

    titles: Words
    surnames_too: Words
    particles: Words
    stops: Words
    organisations: Words
    organisation_stems: Words
    things: Words
    works: Words
    russian_offices: Words
    courtesies: Words
    offices: Words
    offices_of: Words
    arabic_stops: Words
    arabic_bodies: Words
    arabic_links: Words
    arabic_adjectives: Words
    arabic_particles: Words
    arabic_that: Words
    arabic_verbs: Words
    given: tuple[tuple[str, str], ...]
    plain: tuple[tuple[str, str], ...]
    articles: Words
    shapes: tuple[tuple[str, str], ...]
    letters: tuple[tuple[str, str], ...]
