"""A project served to a team: who comes in, what each may do, when a stay ends, and what is written down."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from tests.workbench.conftest import fill

from catena.accounts import Accounts
from catena.cli import cli
from catena.store import Project, open_or_create
from catena.web import create_app
from catena.web.team import IDLE_SECONDS, LONGEST_SECONDS, WINDOW_SECONDS, TeamGuard, find_role

pytest.importorskip("argon2", reason="argon2-cffi is missing; install the extra serve")
ORIGIN = "https://lake.example"
PASSWORD = "harbour lamps at nine"


class Clock:
    """Seconds that a test moves on."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("team") / "p.catena"
    with open_or_create(path) as project:
        fill(project)
    accounts = Accounts.of(path)
    for name, role in (("Rita", "read"), ("Cem", "code"), ("Mona", "manage")):
        accounts.put(name, role, PASSWORD)
    return path


@pytest.fixture
def path(made: Path) -> Path:
    with Project.open(made) as project:
        project._connection.execute("DELETE FROM events WHERE what LIKE 'account.%'")
    return made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(path: Path, clock: Clock) -> TestClient:
    return open_client(path, clock)


def open_client(path: Path, clock: Clock, base: str = ORIGIN) -> TestClient:
    def note(who: str, what: str, subject: str) -> None:
        with Project.open(path) as project:
            project.note_event(who, what, subject)

    guard = Middleware(TeamGuard, accounts=Accounts.of(path), names=["lake.example"], note=note, clock=clock)
    return TestClient(create_app(path, guard=guard), base_url=base, headers={"origin": base}, follow_redirects=False)


def log_in(client: TestClient, name: str = "Cem", password: str = PASSWORD) -> int:
    return client.post("/login", data={"name": name, "password": password}).status_code


def events(path: Path) -> list[tuple[str, str, str]]:
    with Project.open(path) as project:
        found = project.events_of(["account.login", "account.logout", "account.refused"], 50)
    return [(event.what, event.who, event.subject) for event in reversed(found)]


def test_without_an_account_there_is_only_the_page_to_log_in(client: TestClient) -> None:
    for path in ("/", "/doc/1", "/search?q=lakes"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert client.get("/api/documents").status_code == 401
    assert client.get("/static/reader.js").status_code == 303
    assert client.post("/undo").status_code == 401
    page = client.get("/login")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["strict-transport-security"]


def test_the_right_password_opens_a_session_whose_cookie_no_script_or_site_can_use(client: TestClient) -> None:
    answer = client.post("/login", data={"name": "Cem", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=strict", "secure"))
    page = client.get("/").text
    assert "Cem" in page
    assert "Log out" in page


@pytest.mark.parametrize(
    ("name", "password"), [("Cem", "wrong words here"), ("nobody", PASSWORD), ("", ""), ("Cem", "x" * 5000)]
)
def test_a_wrong_name_or_password_gets_the_same_answer(client: TestClient, name: str, password: str) -> None:
    answer = client.post("/login", data={"name": name, "password": password})
    assert answer.status_code == 403
    assert "Name or password is wrong." in answer.text


def test_passwords_are_not_taken_without_tls(path: Path, clock: Clock) -> None:
    client = open_client(path, clock, "http://lake.example")
    assert log_in(client) == 403
    assert events(path) == []


def test_after_five_wrong_passwords_even_the_right_one_waits(client: TestClient, clock: Clock) -> None:
    assert [log_in(client, password="wrong words here") for _ in range(5)] == [403] * 5
    answer = client.post("/login", data={"name": "Cem", "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= WINDOW_SECONDS + 1
    assert log_in(client, "Rita") == 303
    clock.now += WINDOW_SECONDS + 1
    assert log_in(client) == 303


def test_one_address_cannot_try_many_names(client: TestClient) -> None:
    assert [log_in(client, f"name {number}") for number in range(20)] == [403] * 20
    assert log_in(client) == 429


def test_each_role_may_what_it_says(path: Path, clock: Clock) -> None:
    allowed = {}
    for name in ("Rita", "Cem", "Mona"):
        client = open_client(path, clock)
        log_in(client, name)
        read = client.get("/doc/1").status_code
        memo = client.post("/doc/1/memo", data={"text": "look again"}).status_code
        code = client.post("/codes", data={"act": "add", "name": f"Tone of {name}"}).status_code
        allowed[name] = (read, memo, code)
    assert allowed == {"Rita": (200, 403, 403), "Cem": (200, 303, 403), "Mona": (200, 303, 303)}


def test_everybody_writes_on_a_layer_of_their_own(path: Path, clock: Clock) -> None:
    for name in ("Cem", "Mona"):
        client = open_client(path, clock)
        log_in(client, name)
        client.post("/doc/2/memo", data={"text": f"note of {name}"})
        own = client.get("/api/documents/2/notes").json()["notes"]
        assert [note["memo"] for note in own] == [f"note of {name}"]


def test_every_changing_address_needs_more_than_reading() -> None:
    from starlette.routing import Route

    app = create_app(Path("none.catena"), token="t", host="h", port=1)
    changing = {route.path for route in app.routes if isinstance(route, Route) and "POST" in (route.methods or ())} - {
        "/api/check",
        "/doc/{number:int}/open",
    }
    assert changing
    for path in changing:
        assert find_role("POST", path.replace("{number:int}", "1").replace("{act}", "code")) != "read", path


def test_a_session_ends_without_use_after_a_day_and_by_logging_out(client: TestClient, clock: Clock) -> None:
    log_in(client)
    clock.now += IDLE_SECONDS - 1
    assert client.get("/").status_code == 200
    clock.now += IDLE_SECONDS + 1
    assert client.get("/").status_code == 303
    log_in(client)
    for _ in range(int(LONGEST_SECONDS / (IDLE_SECONDS - 1)) + 1):
        clock.now += IDLE_SECONDS - 1
        client.get("/")
    assert client.get("/").status_code == 303
    log_in(client)
    cookie = client.cookies["catena-session"]
    client.post("/logout")
    client.cookies.set("catena-session", cookie)
    assert client.get("/").status_code == 303


def test_a_session_ends_when_the_account_changes_or_goes(path: Path, client: TestClient) -> None:
    accounts = Accounts.of(path)
    accounts.put("Zoe", "code", PASSWORD)
    log_in(client, "Zoe")
    accounts.put("Zoe", "manage")
    assert client.get("/").status_code == 303
    log_in(client, "Zoe")
    accounts.remove("Zoe")
    assert client.get("/").status_code == 303


def test_another_host_another_site_and_too_much_are_refused(client: TestClient) -> None:
    log_in(client)
    assert client.get("/", headers={"host": "rebound.example"}).status_code == 421
    assert client.post("/undo", headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/login", headers={"origin": "null"}).status_code == 403
    assert client.post("/undo", content=b"x" * 5_000_001).status_code == 413
    assert client.get("/?q=" + "a" * 9000).status_code == 414


def test_coming_going_and_failing_are_written_down_but_never_what_was_typed(path: Path, client: TestClient) -> None:
    log_in(client)
    client.post("/logout")
    log_in(client, "Cem", "wrong words here")
    log_in(client, "harbour lamps at nine", "Cem")
    assert events(path) == [
        ("account.login", "Cem", "Cem"), ("account.logout", "Cem", "Cem"), ("account.refused", "", "Cem"),
        ("account.refused", "", "unknown name"),
    ]  # fmt: skip


def test_passwords_are_kept_as_argon2id_in_a_file_for_its_owner_only(path: Path) -> None:
    accounts = Accounts.of(path)
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600
    written = accounts.path.read_text(encoding="utf-8")
    assert PASSWORD not in written
    assert written.count("$argon2id$") == 3


def test_the_commands_add_list_and_remove(tmp_path: Path) -> None:
    open_or_create(tmp_path / "p.catena").close()

    def run(*arguments: str, typed: str = "") -> tuple[int, str]:
        name, *rest = arguments
        done = CliRunner().invoke(cli, ["accounts", name, str(tmp_path / "p.catena"), *rest], input=typed)
        return done.exit_code, done.output

    assert run("add", "Ada", "--role", "code", typed="short\n")[0] == 1
    assert run("add", "Ada", "--role", "code", typed=PASSWORD + "\n") == (0, "Ada: code\n")
    assert run("add", "Ada", "--role", "manage", "--keep-password") == (0, "Ada: manage\n")
    assert run("list") == (0, "Ada: manage\n")
    assert Accounts.of(tmp_path / "p.catena").check("Ada", PASSWORD) is not None
    assert run("remove", "Ada") == (0, "Ada: removed\n")
    assert run("remove", "Ada")[0] == 1


def test_without_accounts_nothing_is_served(tmp_path: Path) -> None:
    open_or_create(tmp_path / "p.catena").close()
    done = CliRunner().invoke(cli, ["serve", str(tmp_path / "p.catena")])
    assert done.exit_code == 1
    assert "catena accounts add" in done.output
