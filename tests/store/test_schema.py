"""The file says what it is; a changed schema needs a migration; other files are refused in plain words."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest
from tests.store.conftest import first_word, make_result

from catena.store import Project, StoreError, open_or_create, schema
from catena.store.migrations import MIGRATIONS


def test_the_schema_has_not_changed_without_a_new_version() -> None:
    assert schema.schema_hash() == schema.SCHEMA_HASHES[schema.SCHEMA_VERSION], (
        "schema.sql changed: raise SCHEMA_VERSION, add a migration and pin the new hash"
    )


def test_every_older_version_has_a_migration_and_a_pinned_hash() -> None:
    assert sorted(MIGRATIONS) == list(range(1, schema.SCHEMA_VERSION))
    assert sorted(schema.SCHEMA_HASHES) == list(range(1, schema.SCHEMA_VERSION + 1))


def test_a_migration_runs_once_and_raises_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.catena"
    open_or_create(path).close()
    current = schema.SCHEMA_VERSION
    monkeypatch.setattr(schema, "SCHEMA_VERSION", current + 1)
    monkeypatch.setitem(MIGRATIONS, current, lambda connection: connection.execute("CREATE TABLE later (a)"))
    with pytest.raises(StoreError, match=f"older schema {current}"):
        Project.open(path, read_only=True)
    Project.open(path).close()
    with Project.open(path) as project:
        assert project._connection.pragma("user_version") == current + 1
        assert project._connection.execute("SELECT count(*) FROM later").get == 0


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.catena"
    with open_or_create(path) as project:
        project._connection.pragma("user_version", 99)
    with pytest.raises(StoreError, match=r"made by a newer catena \(schema 99, this one knows \d+\); update catena"):
        Project.open(path)


def test_a_foreign_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    raw = apsw.Connection(str(path))
    raw.execute("CREATE TABLE theirs (a)")
    raw.close()
    for opening in (Project.open, open_or_create):
        with pytest.raises(StoreError, match="is an SQLite file but not a catena project"):
            opening(path)
    raw = apsw.Connection(str(path))
    assert raw.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]
    raw.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Minutes of the meeting\n" * 100)
    for opening in (Project.open, open_or_create):
        with pytest.raises(StoreError, match="is not a catena project"):
            opening(path)


def test_an_absent_file_is_opened_by_neither_way_that_does_not_make_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"catena build FOLDER -o p\.catena"):
        Project.open(tmp_path / "p.catena")
    assert not (tmp_path / "p.catena").exists()


def test_a_new_project_does_not_take_the_place_of_another(tmp_path: Path) -> None:
    Project.create(tmp_path / "p.catena").close()
    with pytest.raises(StoreError, match="exists already"):
        Project.create(tmp_path / "p.catena")


def test_a_project_is_in_wal_mode_and_keeps_foreign_keys(tmp_path: Path) -> None:
    with open_or_create(tmp_path / "p.catena") as project:
        assert project._connection.pragma("journal_mode") == "wal"
        assert project._connection.pragma("foreign_keys")
        with pytest.raises(apsw.ConstraintError):
            project._connection.execute("INSERT INTO offsets VALUES (5, x'', x'')")


def test_a_file_of_schema_2_becomes_a_current_one_with_the_same_texts_and_findings(tmp_path: Path) -> None:
    path = tmp_path / "p.catena"
    short, long = "One town met.", "قال الوزير إن البحيرات مفتوحة. " * 60
    with open_or_create(path) as project:
        for number, text in enumerate((short, long)):
            name = f"{number}.txt"
            project.add(make_result(text, name, findings=first_word, sha256=f"{number:064x}"))
    raw = apsw.Connection(str(path))
    raw.execute(
        "CREATE TABLE before (hash TEXT NOT NULL UNIQUE, characters INTEGER NOT NULL, text TEXT NOT NULL) STRICT"
    )
    for text in (short, long):
        raw.execute("INSERT INTO before SELECT hash, characters, ? FROM texts WHERE characters = ?", (text, len(text)))
    raw.execute("DROP TABLE texts; ALTER TABLE before RENAME TO texts; PRAGMA user_version = 2")
    raw.close()
    with pytest.raises(StoreError, match="older schema 2"):
        Project.open(path, read_only=True)
    with Project.open(path) as project:
        assert [project.document(name).document.text for name in ("0.txt", "1.txt")] == [short, long]
        assert [finding.text("content") for _, finding, _ in project.all_findings()] == ["One", "قال"]
        assert project.search("البحيرات").total == 1
        kinds = project._connection.execute("SELECT typeof(text) FROM texts ORDER BY characters").fetchall()
        assert kinds == [("text",), ("blob",)]
        assert project._connection.pragma("foreign_key_check") is None


def test_a_damaged_text_is_told_and_not_shown(tmp_path: Path) -> None:
    with open_or_create(tmp_path / "p.catena") as project:
        project.add(make_result("a long line of words " * 60))
        project._connection.execute("UPDATE texts SET text = x'789c00'")
        with pytest.raises(StoreError, match="a stored text is damaged"):
            project.document(1)
        assert [one.text for one in project.unchecked()] == [""]
