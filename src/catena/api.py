"""The Python twin of each command. Everything returned is frozen.

>>> import catena
>>> found = catena.check('The minister said: "We will return to the talks."')
>>> [finding.text("content") for finding in found if finding.kind == "quotation"]
['We will return to the talks.']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from catena import building, coding, counting
from catena.anatomy import (
    Entity,
    LedgerEvent,
    Source,
    TimelineEvent,
    group_names,
    make_ledger,
    make_timeline,
    to_sources,
)
from catena.building import BuildReport
from catena.counting import Line
from catena.dossier import Choice, Dossier, choose, to_html
from catena.engines import ENGINES
from catena.exchange import (
    ImportReport,
    closed_documents,
    collect_members,
    collect_project,
    collect_references,
    count_kinds,
    describe_project,
    import_file,
)
from catena.exporters import ARCHIVES, BIBLIOGRAPHIES, EXPORTERS, FURTHER, GRAPHS, PROJECT_FORMATS, TIMELINES
from catena.exporters.codebooks import CODEBOOKS, read_codebook
from catena.exporters.losses import losses as list_losses
from catena.exporters.refi import losses, write_qdpx
from catena.kit import current_kit
from catena.lexicons.affixes import load_affixes
from catena.lexicons.library_names import book_name
from catena.lexicons.proper_names import load_places
from catena.library import (
    Edition,
    Entry,
    ImportOptions,
    LibraryError,
    Patience,
    Said,
    Trust,
    add_edition,
    get_edition,
    read_shelf,
    user_library,
)
from catena.model import Code, Document, Finding
from catena.pipeline import check_document
from catena.places import libraries_for, project_file
from catena.readers import ReaderError, read_bytes, read_path
from catena.statements import VoiceRow, gather_voices
from catena.store import Project, SearchHit, Settings, open_careful, open_or_create, parse_query, to_paths
from catena.verifying import VerifyReport, verify_project
from catena.voices import count_voices, find_speakers, to_graph

__all__ = [
    "add_to_library",
    "agreement",
    "build",
    "check",
    "codebook",
    "count",
    "dossier",
    "export",
    "find",
    "find_lines",
    "get_for_library",
    "import_codebook",
    "import_project",
    "ledger",
    "libraries",
    "library_problems",
    "merge",
    "open_project",
    "read",
    "read_bytes",
    "read_for_library",
    "timeline",
    "verify",
    "voices",
    "write_codebook",
]


Held: TypeAlias = Project | Path | str
"""A project that is open, and stays so, or the path of one. By its path restricted documents are closed."""


def read(path: Path | str) -> Document:
    """The document in one file. Raises `ReaderError` (stage, reason, next step) when it cannot be read."""
    return read_path(Path(path))


def check(text: Document | str, *, libraries: Sequence[Path] = ()) -> tuple[Finding, ...]:
    """Quotations, who is said to speak, citations and verdicts of `text`, in order of their place.

    `libraries` are further folders of reference texts; the user's own are always loaded.
    """
    document = Document.of(text) if isinstance(text, str) else text
    return check_document(document, current_kit(_folders(libraries)))


def libraries(extra: Sequence[Path] = ()) -> tuple[str, ...]:
    """The editions that `check` compares with, one line each."""
    loaded = current_kit(_folders(extra)).library.editions
    return tuple(f"{one.edition.id} ({one.edition.language}, sha256 {one.edition.sha256[:12]})" for one in loaded)


def library_problems(extra: Sequence[Path] = ()) -> tuple[str, ...]:
    """Why a text is not compared with, one sentence each: its file changed, a package is missing, a folder is empty."""
    empty = (f"{folder} holds no reference text" for folder in extra if read_shelf((folder,)) == ((), ()))
    step = "Next: catena library add NAME FILE --to FOLDER"
    return (*(f"{one}. {step}" for one in empty), *current_kit(_folders(extra)).library.problems)


def add_to_library(
    name: str,
    file: Path | str,
    *,
    folder: Path | None = None,
    format_name: str | None = None,
    said: Said | None = None,
    options: ImportOptions | None = None,
) -> Edition:
    """Add a file, archive or folder to the library as the edition `name`; `folder` defaults to the user's own.

    `format_name` is told from the content when not given. Raises `LibraryError` with file, line, reason and next
    step; the library is then as before.
    """
    given = replace(options or ImportOptions(), read_document=read_for_library)
    return add_edition(
        folder or user_library(),
        name,
        Path(file),
        importer=format_name,
        said=said,
        options=given,
        book_name=book_name,
    )


def read_for_library(data: bytes, name: str) -> Document:
    """The document in `data` for the importer of plain documents. Raises `LibraryError` when no reader can read it."""
    try:
        return read_bytes(data, name)
    except ReaderError as error:
        raise LibraryError(f"{name}: {error.reason}; nothing was added. Next: {error.next_step}.") from error


def get_for_library(
    entry: Entry,
    *,
    folder: Path | None = None,
    trust: Trust | None = None,
    patience: Patience | None = None,
) -> Edition:
    """Fetch a text of the catalogue from its publisher and add it. Show its licence first.

    Raises `LibraryError` when it cannot be fetched or its hash is not the known, pinned or accepted one.
    """
    return get_edition(
        folder or user_library(),
        entry,
        trust=trust,
        patience=patience,
        book_name=book_name,
        read_document=read_for_library,
    )


def build(
    folder: Path | str,
    output: Path | str | None = None,
    *,
    libraries: Sequence[Path] = (),
    engine: str = "processes",
    workers: int = 0,
) -> BuildReport:
    """Read what is new in `folder` into a project file (default: beside the folder)."""
    source = Path(folder)
    project = Path(output) if output else project_file(source)
    return building.build(
        source,
        project,
        engine=ENGINES[engine](workers),
        libraries=libraries_for(source, project, tuple(libraries)),
    )


def open_project(path: Path | str, *, opened_by: str = "", subject: str = "catena.open_project") -> Project:
    """The project at `path`, a project file or a folder of statements (which is built first). A context manager.

    Restricted documents answer with title and date only. Give the name of who opens them on purpose in `opened_by`:
    the project's log then says who did, and with what (`subject`).
    """
    given = Path(path)
    if given.is_dir():
        given = Path(build(given).project)
    return open_careful(given, opened_by=opened_by, subject=subject)


@contextmanager
def _opened(project: Held) -> Iterator[Project]:
    """The project itself, or the one at a path until the end of the block."""
    if isinstance(project, Project):
        yield project
        return
    with open_project(project) as opened:
        yield opened


def voices(project: Held) -> tuple[VoiceRow, ...]:
    """Who speaks in a project, those with most statements first, each with its statements."""
    with _opened(project) as opened:
        return gather_voices(opened.all_findings())


def export(
    project: Held, format_name: str, out: BinaryIO, *, layer: str = "program", dialect: str = "standard"
) -> tuple[str, ...]:
    """Write a project to `out`; returns in words what the format could not hold.

    `layer` chooses what the program found or what `people` noted; `qdpx` always holds people's codings, in the
    `dialect` of a program; `gexf` and `graphml` hold the network of voices, `ris`, `bibtex` and `csl` the documents as
    references, `bagit` and `ro-crate` everything. Raises `ValueError` for an unknown format, `ImportError` for one
    that needs an extra.
    """
    formats = (*EXPORTERS, *FURTHER, *PROJECT_FORMATS)
    if format_name not in formats:
        raise ValueError(f"no export format {format_name!r}; there are: {', '.join(formats)}")
    with _opened(project) as opened:
        if format_name == "qdpx":
            coded = collect_project(opened)
            write_qdpx(coded, out, dialect)
            return (*losses(coded), *closed_documents(opened))
        if format_name in ARCHIVES:
            made = datetime.now(UTC).date().isoformat()
            ARCHIVES[format_name](describe_project(opened, made), collect_members(opened), out)
            return (*list_losses(format_name, {}), *closed_documents(opened))
        _write(opened, format_name, layer, out)
        return (*list_losses(format_name, {} if layer == "people" else count_kinds(opened)), *closed_documents(opened))


def _write(opened: Project, format_name: str, layer: str, out: BinaryIO) -> None:
    if format_name in TIMELINES:
        TIMELINES[format_name].write(opened.all_findings(), out)
    elif format_name in BIBLIOGRAPHIES:
        out.write(BIBLIOGRAPHIES[format_name](collect_references(opened)))
    elif format_name in GRAPHS:
        out.write(GRAPHS[format_name](to_graph(count_voices(opened))))
    else:
        writer = EXPORTERS.get(format_name) or FURTHER[format_name]
        writer.write(opened.people_findings() if layer == "people" else opened.all_findings(), out)


def find(project: Held, query: str, *, level: str = "folded", limit: int = 100) -> tuple[SearchHit, ...]:
    """Documents that answer `query`, best first, each with every hit. Raises `QueryError`."""
    with _opened(project) as opened:
        page = opened.search(query, limit=limit, settings=_settings(opened, query, level))
        if page.error:
            parse_query(query)  # raises with the place
            raise ValueError(page.error)
        return page.hits


def find_lines(
    project: Held, query: str, *, sort: str = "place", level: str = "folded", limit: int = 100
) -> tuple[Line, ...]:
    """A concordance: every hit of `query` in a line of its own. Raises `QueryError`."""
    with _opened(project) as opened:
        lines = counting.find_lines(opened, opened.corpus(), query, _settings(opened, query, level))
        return counting.show_lines(opened, lines.sort(sort), 0, limit)


def _settings(project: Project, query: str, level: str) -> Settings:
    if level != "affixes":
        return Settings(level)
    forms = counting.find_forms(project.corpus(), query, load_affixes())
    return Settings(level, {word: tuple(form for form, _ in many) or (word,) for word, many in forms.items()})


def count(
    project: Held,
    what: str,
    *,
    query: str = "",
    against: str = "",
    length: int = 3,
    window: int = 5,
    least: int = 3,
    limit: int = 50,
) -> Sequence[Any]:
    """Rows of a list: `words`, `keywords`, `neighbours`, `described`, `ngrams`, `trend` or `voices`.

    Raises `ValueError`.
    """
    with _opened(project) as opened:
        if what == "voices":
            return count_voices(opened).counts[:limit]
        corpus = opened.corpus()
        if what == "words":
            return counting.list_words(corpus, opened.find_versions(query) if query else None, limit)
        if what == "ngrams":
            return counting.find_ngrams(corpus, length, limit, least)
        if not query:
            raise ValueError(f"{what} needs --query")
        if what == "keywords":
            reference = opened.find_versions(against) if against else None
            return counting.find_keywords(corpus, opened.find_versions(query), reference, least=least)[:limit]
        lines = counting.find_lines(opened, corpus, query)
        if what == "described":
            return describe(opened, lines, window=window, least=least)[:limit]
        if what == "neighbours":
            return counting.find_neighbours(corpus, lines, left=window, right=window, least=least)[:limit]
        if what == "trend":
            return counting.find_trend(lines)[:limit]
    raise ValueError(f"no list {what!r}; there are: words, keywords, neighbours, described, ngrams, trend, voices")


@dataclass(frozen=True, slots=True)
class Described:
    """A word near a name in the mouth of one voice ("": the document itself), which names it `mentions` times."""

    voice: str
    mentions: int
    neighbour: counting.Neighbour


MOST_DESCRIBED = 20_000  # mentions of one name; more take long and say the same


def describe(project: Project, lines: counting.Lines, *, window: int = 3, least: int = 2) -> tuple[Described, ...]:
    """How a name is described: the words around its mentions, by the voice that says them, who says most first.

    `lines` are the mentions. Within a voice the words stand by logDice; `window` words count on each side.
    """
    shown = counting.show_lines(project, lines, 0, MOST_DESCRIBED, 0)
    voices = find_speakers(project, [(line.document.number, line.span) for line in shown])
    counts = Counter(voices)
    found = []
    for voice in sorted(counts, key=lambda name: (-counts[name], name)):
        own = lines.choose([at < len(voices) and voices[at] == voice for at in range(len(lines.firsts))])
        near = counting.find_neighbours(lines.corpus, own, left=window, right=window, least=least)
        found += [Described(voice, counts[voice], one) for one in near]
    return tuple(found)


def codebook(project: Path | str) -> tuple[Code, ...]:
    """The codes of a project, parents before children."""
    with open_project(project) as opened:
        return opened.codes()


def import_codebook(project: Path | str, data: bytes, *, person: str, name: str = "codebook") -> int:
    """Take in a codebook (.qdc, .csv, .json); returns how many codes were new or changed. Raises `ValueError`."""
    with open_project(project) as opened:
        return opened.take_codes(person, read_codebook(data), name)


def write_codebook(project: Path | str, format_name: str) -> bytes:
    """The codebook as a file. Raises `ValueError` for an unknown format."""
    if format_name not in CODEBOOKS:
        raise ValueError(f"no codebook format {format_name!r}; there are: {', '.join(CODEBOOKS)}")
    return CODEBOOKS[format_name].write(codebook(project))


def agreement(project: Path | str, coders: Sequence[str] = ()) -> list[tuple[str, coding.CodeAgreement]]:
    """(name of the code, agreement) over all codes and on each; `coders` defaults to the first two by name.

    Raises `ValueError` when there are not two, or nothing was coded by both.
    """
    with Project.open(Path(project)) as opened:  # figures repeat no words: restricted documents count too
        names = list(coders) or list(coding.list_coders(opened)[:2])
        documents = coding.collect(opened, names)
        if not documents:
            raise ValueError(f"no document was coded by {' and '.join(names)}")
        codes = opened.codes(deleted=True)
        paths = to_paths(codes)
        found = coding.measure_agreement(documents, names, codes)
        return [(paths.get(row.code, "all codes"), row) for row in found]


def merge(project: Path | str, other: Path | str) -> dict[str, Any]:
    """Bring what people did in `other`, a copy, into `project`; returns what came in. Nothing is lost or doubled."""
    with open_project(project) as opened, Project.open(Path(other)) as theirs:
        report = opened.merge(theirs, Path(other).stem)
    return {**asdict(report), "people": sorted(report.people)}


def import_project(project: Path | str, file: Path | str, *, person: str) -> ImportReport:
    """Take in a REFI-QDA project (.qdpx) or a zip of brat files. Raises `ValueError` when it cannot be read."""
    with open_or_create(Path(project)) as opened, Path(file).open("rb") as data:
        return import_file(opened, data, person, Path(file).stem)


def verify(
    project: Path | str,
    *,
    source: Path | str | None = None,
    libraries: Sequence[Path] = (),
    engine: str = "processes",
    workers: int = 0,
    quick: bool = False,
    opened_by: str = "",
) -> VerifyReport:
    """Derive a project again from its sources (by default where they were) and say what no longer holds.

    `quick` looks at hashes and stored words only. The project is not changed. Restricted documents are checked too;
    their words are repeated only with the name of who opens them on purpose, which the log keeps. Raises `StoreError`,
    and `FileNotFoundError` when the folder of the sources is gone.
    """
    path = Path(project)
    folder = Path(source) if source else None
    with open_careful(path, opened_by=opened_by, subject="catena.verify", read_only=True) as opened:
        built_from = folder or Path(opened.get_meta("source") or path.parent)
        silent = opened.closed_paths
    report = verify_project(
        path,
        engine=ENGINES[engine](workers),
        source=folder,
        libraries=libraries_for(built_from, path, tuple(libraries)),
        quick=quick,
    )
    remarks = tuple(replace(one, words="") if one.path in silent else one for one in report.remarks)
    return replace(report, remarks=remarks)


def dossier(project: Held, choices: Sequence[Choice], *, title: str = "", limit: int = 500) -> tuple[Dossier, str]:
    """Chosen passages and the page that shows them. Raises `ValueError`, `QueryError` or `NotFound`."""
    made = datetime.now(UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
    with _opened(project) as opened:
        found = choose(opened, choices, title=title, made=made, most=limit)
    return found, to_html(found)


def ledger(project: Held) -> tuple[LedgerEvent, ...]:
    """Every group of counts of one event, those that differ first. A path is opened, and closed again."""
    return make_ledger(_sources(project))


def timeline(project: Held) -> tuple[TimelineEvent, ...]:
    """The events that the documents report, by day, the same one grouped. A path is opened, and closed again."""
    return make_timeline(_sources(project))


def entities(project: Held, *, libraries: Sequence[Path] = ()) -> tuple[Entity, ...]:
    """The names of all documents, grouped by evidence, those with most mentions first.

    The aliases of `names.yaml` in the library folders count as they are now. A path is opened, and closed again. Raises
    `ValueError` for an alias file that is no list of lists.
    """
    return group_names(_sources(project), load_places(tuple(libraries)))


def _sources(project: Held) -> tuple[Source, ...]:
    with _opened(project) as opened:
        return to_sources(opened.all_findings())


def _folders(extra: Sequence[Path]) -> tuple[Path, ...]:
    return libraries_for(None, None, tuple(extra))
