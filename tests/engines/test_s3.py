"""The join's tables go to an S3-compatible store and come back, as they do to a folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import numpy as np
import pytest

from catena.engines import Duck
from catena.engines.tables import inside, read_parquet
from catena.lexicons.folding import load_fold_table
from catena.model import Document
from catena.transmission import find_seeds

pytest.importorskip("moto", reason="moto is missing; install moto[server]")
pytest.importorskip("flask", reason="flask is missing; install moto[server]")
pytest.importorskip("duckdb")
START = 60  # seconds
SAID = "It will not return to the talks in Port Varn until the lake accord is signed by both parties."


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a bucket on a server of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = f"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    before = dict(os.environ)
    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_EC2_METADATA_DISABLED": "true"}
    try:
        _wait_for(port)
        yield f"s3://catena/run?endpoint_override=127.0.0.1%3A{port}&scheme=http&allow_bucket_creation=true"
    finally:
        os.environ.clear()
        os.environ.update(before)
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start within {START} seconds")


def test_tables_go_to_a_bucket_and_come_back(address: str) -> None:
    texts = [f"{SAID} {word}" for word in ("The council met.", "Nothing else was said.", "The bell rang.")]
    seeds = [find_seeds(Document.of(text), load_fold_table()) for text in texts]
    joined = Duck(1, folder=address).join(seeds, 0)
    starts = read_parquet(inside(address, "chains.parquet")).column("start").to_numpy()
    assert len(starts) == 3
    assert np.array_equal(np.sort(starts), np.sort(joined.chains.start))
    assert read_parquet(inside(address, "postings.parquet")).num_rows == sum(len(one.hashes) for one in seeds)
