"""Texts fetched from a publisher: a real server on this machine that is slow, breaks off, lies or is in order."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from catena.cli import cli
from catena.library import (
    Entry,
    LibraryError,
    Patience,
    Trust,
    cache_folder,
    get_edition,
    list_editions,
    load_catalogue,
    load_passages,
    read_pins,
)

BODY = b"".join(b"Art. %d\tThe lake number %d is open to all members of the league.\n" % (n, n) for n in range(1, 4000))
SHA256 = hashlib.sha256(BODY).hexdigest()
QUICK = Patience(silence=10, total=20, pause=0.01)


@dataclass
class Publisher:
    """What the server does. `requests` are the paths with the range asked for, in order."""

    body: bytes = BODY
    etag: str | None = '"one"'
    breaks_after: list[int] = field(default_factory=list)
    silent_after: int | None = None
    answers: list[int] = field(default_factory=list)
    leads_to: str = ""
    says_length: bool = True
    wrong_range: bool = False
    requests: list[str] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    manner = Publisher()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = self.headers.get("Range", "")
            manner.requests.append(f"{self.path} {asked}".strip())
            if manner.answers:
                self.send_response(manner.answers.pop(0))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            if manner.leads_to and self.path == "/lake.txt":
                self.send_response(302)
                self.send_header("Location", manner.leads_to)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.body(asked)

        def body(self, asked: str) -> None:
            same = manner.etag is not None and self.headers.get("If-Range") == manner.etag
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and same else 0
            rest = manner.body[start:]
            self.send_response(206 if start else 200)
            if start:
                shown = start + 7 if manner.wrong_range else start
                self.send_header("Content-Range", f"bytes {shown}-{len(manner.body) - 1}/{len(manner.body)}")
            if manner.etag:
                self.send_header("ETag", manner.etag)
            if manner.says_length:
                self.send_header("Content-Length", str(len(rest)))
            self.send_header("Connection", "close")
            self.end_headers()
            if manner.breaks_after:
                rest = rest[: manner.breaks_after.pop(0)]
            if manner.silent_after is not None:
                self.wfile.write(rest[: manner.silent_after])
                self.wfile.flush()
                time.sleep(1.2)
            else:
                self.wfile.write(rest)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        manner.address = f"http://127.0.0.1:{server.server_address[1]}/lake.txt"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield manner
        server.shutdown()
        thread.join()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "library"


def _entry(publisher: Publisher, **given: object) -> Entry:
    fields = {
        "name": "lake", "edition": "Lake Charter", "title": "Charter of the Lakes", "work": "Lake Charter",
        "language": "en", "publisher": "League of the Lakes", "url": publisher.address, "licence": "free for any use",
        "licence_url": "https://lakes.example/licence", "format": "ref-tab", "sha256": SHA256,
    } | given  # fmt: skip
    return Entry(**fields)  # type: ignore[arg-type]


def _nothing_was_added(folder: Path) -> bool:
    return list_editions((folder,)) == () and read_pins(folder) == {}


def test_a_text_whose_hash_is_known_is_added_with_its_licence_and_address(publisher: Publisher, folder: Path) -> None:
    edition = get_edition(folder, _entry(publisher), patience=QUICK)
    assert (edition.name, edition.work, edition.passages, edition.sha256) == (
        "Lake Charter",
        "Lake Charter",
        3999,
        SHA256,
    )
    assert edition.url == publisher.address
    assert "free for any use" in edition.notice
    assert Path(edition.path).read_bytes() == BODY
    assert load_passages(edition)[0].reference == "Lake Charter 1"
    assert read_pins(folder)["lake"]["sha256"] == SHA256
    assert [path for path in cache_folder().rglob("*") if path.is_file()] == []


def test_a_body_that_breaks_off_is_fetched_from_where_it_broke(publisher: Publisher, folder: Path) -> None:
    publisher.breaks_after = [100_000]
    edition = get_edition(folder, _entry(publisher), patience=QUICK)
    assert edition.sha256 == SHA256
    assert publisher.requests == ["/lake.txt", "/lake.txt bytes=100000-"]


def test_what_broke_off_three_times_is_kept_for_the_next_run(publisher: Publisher, folder: Path) -> None:
    publisher.breaks_after = [100_000, 10_000, 1_000]
    with pytest.raises(LibraryError, match="broken off"):
        get_edition(folder, _entry(publisher), patience=QUICK)
    assert _nothing_was_added(folder)
    edition = get_edition(folder, _entry(publisher), patience=QUICK)
    assert edition.sha256 == SHA256
    assert publisher.requests[-1] == "/lake.txt bytes=111000-"


def test_a_file_that_changed_meanwhile_is_fetched_anew(publisher: Publisher, folder: Path) -> None:
    publisher.breaks_after = [100_000, 0, 0]
    with pytest.raises(LibraryError, match="broken off"):
        get_edition(folder, _entry(publisher), patience=QUICK)
    publisher.etag, publisher.body = '"two"', BODY.replace(b"open", b"shut")
    other = hashlib.sha256(publisher.body).hexdigest()
    assert get_edition(folder, _entry(publisher, sha256=other), patience=QUICK).sha256 == other


def test_without_a_mark_of_the_file_nothing_is_resumed(publisher: Publisher, folder: Path) -> None:
    publisher.etag, publisher.breaks_after = None, [100_000]
    assert get_edition(folder, _entry(publisher), patience=QUICK).sha256 == SHA256
    assert publisher.requests == ["/lake.txt", "/lake.txt"]


def test_a_truncated_body_is_never_taken_for_the_whole(publisher: Publisher, folder: Path) -> None:
    publisher.breaks_after = [len(BODY) - 1, 0, 0]
    publisher.etag = None
    with pytest.raises(LibraryError, match="broken off"):
        get_edition(folder, _entry(publisher, sha256=""), trust=Trust(first=True), patience=QUICK)
    assert _nothing_was_added(folder)


def test_another_part_than_was_asked_for_is_refused(publisher: Publisher, folder: Path) -> None:
    publisher.breaks_after, publisher.wrong_range = [100_000], True
    assert get_edition(folder, _entry(publisher), patience=QUICK).sha256 == SHA256
    assert publisher.requests == ["/lake.txt", "/lake.txt bytes=100000-", "/lake.txt"]


def test_a_server_that_falls_silent_is_given_up(publisher: Publisher, folder: Path) -> None:
    publisher.silent_after, publisher.etag = 10, None
    before = time.monotonic()
    with pytest.raises(LibraryError, match=r"no answer or broken off|broken off"):
        get_edition(folder, _entry(publisher), patience=Patience(silence=0.2, total=20, pause=0.01))
    assert time.monotonic() - before < 10
    assert _nothing_was_added(folder)


def test_a_busy_server_is_asked_again(publisher: Publisher, folder: Path) -> None:
    publisher.answers = [503, 503]
    assert get_edition(folder, _entry(publisher), patience=QUICK).sha256 == SHA256


def test_a_page_that_is_gone_is_said_at_once(publisher: Publisher, folder: Path) -> None:
    publisher.answers = [404]
    with pytest.raises(LibraryError, match="the server says 404") as raised:
        get_edition(folder, _entry(publisher), patience=QUICK)
    assert "catena library add" in str(raised.value)
    assert len(publisher.requests) == 1
    assert _nothing_was_added(folder)


def test_a_server_that_is_not_there_is_said(folder: Path, publisher: Publisher) -> None:
    entry = _entry(publisher, url="http://127.0.0.1:9/lake.txt")
    with pytest.raises(LibraryError, match="no answer"):
        get_edition(folder, entry, patience=QUICK)


@pytest.mark.parametrize("says_length", [True, False])
def test_a_file_that_is_too_large_is_refused(says_length: bool, publisher: Publisher, folder: Path) -> None:
    publisher.says_length = says_length
    with pytest.raises(LibraryError, match="1000"):
        get_edition(folder, _entry(publisher, max_bytes=1000), patience=QUICK)
    assert _nothing_was_added(folder)
    assert [path for path in cache_folder().rglob("*") if path.is_file()] == []


def test_a_wrong_hash_is_refused_and_says_both(publisher: Publisher, folder: Path) -> None:
    wrong = "0" * 64
    with pytest.raises(LibraryError) as raised:
        get_edition(folder, _entry(publisher, sha256=wrong), patience=QUICK)
    assert SHA256 in str(raised.value)
    assert wrong in str(raised.value)
    assert _nothing_was_added(folder)


def test_an_unknown_hash_must_be_accepted_and_is_pinned(publisher: Publisher, folder: Path) -> None:
    entry = _entry(publisher, sha256="", sha256_rule="the file changes in place")
    with pytest.raises(LibraryError) as raised:
        get_edition(folder, entry, patience=QUICK)
    assert f"--accept {SHA256}, or --trust-first" in str(raised.value)
    assert "the file changes in place" in str(raised.value)
    assert _nothing_was_added(folder)
    assert get_edition(folder, entry, trust=Trust(accept=SHA256), patience=QUICK).sha256 == SHA256
    assert read_pins(folder) == {"lake": {"url": publisher.address, "sha256": SHA256}}


def test_a_pinned_text_that_changed_is_refused_even_when_the_first_would_be_trusted(
    publisher: Publisher, folder: Path
) -> None:
    entry = _entry(publisher, sha256="")
    get_edition(folder, entry, trust=Trust(first=True), patience=QUICK)
    publisher.body = BODY.replace(b"open", b"shut")
    again = _entry(publisher, sha256="", edition="Lake Charter (again)")
    with pytest.raises(LibraryError, match="the publisher changed the file"):
        get_edition(folder, again, trust=Trust(first=True), patience=QUICK)
    assert [edition.name for edition in list_editions((folder,))] == ["Lake Charter"]
    assert read_pins(folder)["lake"]["sha256"] == SHA256


def test_an_accepted_hash_must_be_the_one_that_comes(publisher: Publisher, folder: Path) -> None:
    with pytest.raises(LibraryError, match="not the accepted"):
        get_edition(folder, _entry(publisher), trust=Trust(accept="0" * 64), patience=QUICK)
    assert _nothing_was_added(folder)


def test_a_file_that_cannot_be_imported_leaves_no_pin(publisher: Publisher, folder: Path) -> None:
    publisher.body = b"no reference here\n"
    with pytest.raises(LibraryError, match="1 columns instead of 2"):
        get_edition(folder, _entry(publisher, sha256=""), trust=Trust(first=True), patience=QUICK)
    assert _nothing_was_added(folder)


@pytest.mark.parametrize(
    "target", ["http://localhost:1/lake.txt", "http://lakes.example/lake.txt", "https://lakes.example/lake.txt"]
)
def test_a_redirect_to_another_host_is_refused(target: str, publisher: Publisher, folder: Path) -> None:
    publisher.leads_to = target
    with pytest.raises(LibraryError, match="another host or no https"):
        get_edition(folder, _entry(publisher), patience=QUICK)
    assert _nothing_was_added(folder)


def test_a_redirect_on_the_same_host_is_followed(publisher: Publisher, folder: Path) -> None:
    publisher.leads_to = publisher.address.replace("lake.txt", "lakes/2.txt")
    assert get_edition(folder, _entry(publisher), patience=QUICK).sha256 == SHA256
    assert publisher.requests == ["/lake.txt", "/lakes/2.txt"]


@pytest.mark.parametrize("url", ["http://lakes.example/x.txt", "ftp://lakes.example/x.txt", "file:///etc/hostname"])
def test_only_https_is_fetched(url: str, publisher: Publisher, folder: Path) -> None:
    with pytest.raises(LibraryError, match="is not https"):
        get_edition(folder, _entry(publisher, url=url), patience=QUICK)


Run = Callable[..., Result]


@pytest.fixture
def run(publisher: Publisher, folder: Path, tmp_path: Path) -> Run:
    """`catena library get` with a catalogue of one text on the local server."""
    entry = {
        "edition": "Lake Charter", "title": "Charter of the Lakes", "work": "Lake Charter", "language": "en",
        "publisher": "League of the Lakes", "url": publisher.address, "licence": "free for any use",
        "licence_url": "https://lakes.example/licence", "format": "ref-tab", "sha256": None,
        "sha256_rule": "the file changes in place",
    }  # fmt: skip
    catalogue = tmp_path / "catalogue.yaml"
    catalogue.write_text(yaml.safe_dump({"lake": entry}), encoding="utf-8")

    def call(*arguments: str, typed: str = "") -> Result:
        options = ["--catalogue", str(catalogue), "--to", str(folder)]
        return CliRunner().invoke(cli, ["library", "get", *arguments, *options], input=typed)

    return call


def test_the_licence_is_shown_and_must_be_accepted(run: Run, folder: Path, publisher: Publisher) -> None:
    refused = run("lake", "--trust-first", typed="n\n")
    assert refused.exit_code == 1
    assert "licence: free for any use (https://lakes.example/licence)" in refused.output
    assert publisher.requests == []
    accepted = run("lake", "--trust-first", typed="y\n")
    assert accepted.exit_code == 0, accepted.output
    assert "added Lake Charter: 3999 passages" in accepted.output


def test_the_command_shows_the_hash_it_saw_and_takes_it_as_accepted(run: Run, folder: Path) -> None:
    first = run("lake", "--yes")
    assert first.exit_code == 1
    assert f"--accept {SHA256}" in first.output
    second = run("lake", "--yes", "--accept", SHA256, "--json")
    assert second.exit_code == 0, second.output
    assert json.loads(second.stdout.splitlines()[-1])["sha256"] == SHA256


def test_the_catalogue_is_listed(run: Run) -> None:
    assert "lake: Charter of the Lakes (en), League of the Lakes" in run().output
    assert json.loads(run("--json").stdout)["publisher"] == "League of the Lakes"
    assert "no text is called 'sea'; there are: lake" in run("sea").output


def test_the_shipped_catalogue_is_in_order_and_invents_no_hash() -> None:
    from catena.library import IMPORTERS

    entries = load_catalogue()
    assert {"tanzil-uthmani", "world-english-bible", "un-charter"} <= set(entries)
    for entry in entries.values():
        assert entry.format in IMPORTERS
        assert entry.url.startswith("https://")
        assert entry.sha256 or entry.sha256_rule


def test_every_value_of_a_catalogue_is_text(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text(
        "innsjø: {title: Innsjøer, work: Lakes, language: no, publisher: League, url: 'https://lakes.example/x',"
        " licence: free, licence_url: 'https://lakes.example/l', format: usfm, options: {skip_empty: true},"
        " sha256: null, sha256_rule: it changes, max_bytes: 5000}\n",
        encoding="utf-8",
    )
    entry = load_catalogue(path)["innsjø"]
    assert (entry.language, entry.options, entry.max_bytes, entry.sha256) == (
        "no",
        (("skip_empty", "true"),),
        5000,
        "",
    )


def test_a_wrong_catalogue_is_refused_with_everything_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text("lake: {title: Lakes, url: 'http://lakes.example/x', sha256: abc, colour: blue}\n", "utf-8")
    with pytest.raises(LibraryError) as raised:
        load_catalogue(path)
    for problem in (
        "work is missing",
        "http://lakes.example/x is not https",
        "sha256 abc is not",
        "colour is no field",
    ):
        assert f"lake: {problem}" in str(raised.value) or problem in str(raised.value)
