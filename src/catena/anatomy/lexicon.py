"""The word lists the anatomy detectors are handed, as frozen values. `catena.lexicons` loads them from YAML.

Each list is only equal to itself (`eq=False`): detectors keep what they compile under it, and comparing thousands of
words for each document took a tenth of the time.
"""

from __future__ import annotations

from dataclasses import dataclass

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """Forms of one meaning, as `date-phrases.yaml` explains them, with an example and the words found in it."""

    means: str
    direction: str
    relation: str
    forms: Words
    example: tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class DateLexicon:
    """Month names with (calendar, month), the words around dates, and the phrases with the words in their slots.

    `weekdays` holds (name, number from Monday, may stand alone), `seasons` (name, number from spring, calendar),
    `relative` (words, unit, back, calendar), `current_units` (words, unit, calendar).
    """

    months: tuple[tuple[str, str, int], ...]
    eras: tuple[tuple[str, str], ...]
    year_cues: Words
    year_words_after: Words
    pair_words: Words
    weekdays: tuple[tuple[str, int, bool], ...]
    weekday_blockers: Words
    seasons: tuple[tuple[str, int, str], ...]
    units: tuple[tuple[str, str], ...]
    duals: tuple[tuple[str, str], ...]
    unit_calendars: tuple[tuple[str, str], ...]
    vague: tuple[tuple[str, int, int], ...]
    ordinals: tuple[tuple[str, int], ...]
    decades: tuple[tuple[str, int], ...]
    relative: tuple[tuple[str, str, int, str], ...]
    current_units: tuple[tuple[str, str, str], ...]
    suffixes: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    relations: tuple[tuple[str, str], ...]
    range_words: Words
    future: Words
    future_prefix: str
    past: Words
    past_pattern: str
    fixed_stops: Words
    events: Words
    phrases: tuple[DatePhrase, ...]
    numbers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class FigureLexicon:
    """Counted words with the name they count under, participles, bounds, number words and blockers.

    `groups` says of a name what it measures (people, things, money, share, measure); `symbols` are signs of money.
    `tellers` are verbs that give a count on their subject's word, `voices_again` phrases that go back to the voice
    before.
    """

    counted: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    symbols: tuple[tuple[str, str], ...]
    not_counted: Words
    not_between: Words
    fates: tuple[tuple[str, str], ...]
    bounds: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, int], ...]
    vague: tuple[tuple[str, int, int], ...]
    between: Words
    blockers: Words
    fillers: Words
    tellers: Words
    clause_joints: Words
    subject_stops: Words
    no_subjects: Words
    voices_again: Words


@dataclass(frozen=True, slots=True, eq=False)
class LayoutLexicon:
    """What the parts of a statement are called. `genres` holds (form, genre), `languages` (name, code)."""

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
    closings: Words
    links: Words
    labels: tuple[tuple[str, str], ...]
    ordinals: tuple[tuple[str, int], ...]
    vocatives: Words
    callers: Words
    addressees: Words
    invocations: Words
    roles: Words
    languages: tuple[tuple[str, str], ...]
    dates: DateLexicon


@dataclass(frozen=True, slots=True, eq=False)
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


@dataclass(frozen=True, slots=True, eq=False)
class PlaceLexicon:
    """What shows that words are the name of a place, organisation, state or medium; `aliases` are names of one."""

    before: Words
    place_heads: Words
    place_openers: Words
    no_places: Words
    nouns: Words
    arabic_before: Words
    states: Words
    media: Words
    media_openers: Words
    organisations: Words
    links: Words
    arabic_bodies: Words
    arabic_states: Words
    arabic_stops: Words
    russian_bodies: Words
    stops: Words
    aliases: tuple[Words, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EventLexicon:
    """Words that tell of events with their type, and words that say it is not (yet) so."""

    forms: tuple[tuple[str, str], ...]
    never_announced: Words
    not_events: Words
    announced: Words
    denied: Words
