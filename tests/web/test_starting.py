"""What the server does to its process while it runs, and that it is undone afterwards."""

from __future__ import annotations

import gc
import socket
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from catena.store import open_or_create
from catena.text import compiled
from catena.web import create_app, serving, starting

ORIGIN = "http://127.0.0.1:8000"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    open_or_create(tmp_path / "p.catena").close()
    return TestClient(create_app(tmp_path / "p.catena", token="t", host="127.0.0.1", port=8000), base_url=ORIGIN)


def test_the_collector_leaves_the_program_alone_while_the_server_runs(client: TestClient) -> None:
    before = gc.get_threshold()
    with client:
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] == starting.YOUNG
        assert client.get("/?token=t").status_code == 200
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_a_running_server_loads_the_kernels_when_nobody_waits(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "CALM", 0.2)
    monkeypatch.setattr(compiled, "_DONE", [0])
    monkeypatch.setattr(compiled, "_LOADED", [])
    loaded = threading.Event()
    monkeypatch.setattr(compiled, "_imported", loaded.set)
    with client:
        client.app.state.calm.waiting += 1  # type: ignore[attr-defined]
        assert compiled.kernels(compiled.COMPILED_FROM) is None
        assert not loaded.wait(0.5)
        client.app.state.calm.waiting -= 1  # type: ignore[attr-defined]
        assert loaded.wait(10)


def test_nobody_waits_once_an_answer_is_given(client: TestClient) -> None:
    with client:
        began = time.monotonic()
        client.get("/?token=t")
        calm = client.app.state.calm  # type: ignore[attr-defined]
        assert calm.waiting == 0
        assert calm.since >= began


def test_an_answer_is_sent_at_once_and_does_not_wait_for_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """asyncio sets TCP_NODELAY on connections of a listener that names its protocol, and on no others."""
    open_or_create(tmp_path / "p.catena").close()
    listening: list[int] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda _, sockets: listening.extend(one.proto for one in sockets))
    serving.serve(tmp_path / "p.catena", open_browser=False)
    assert listening == [socket.IPPROTO_TCP]
