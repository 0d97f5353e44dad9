"""The tools for language models, asked by the real client of the protocol over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.workbench.conftest import TEXTS

mcp = pytest.importorskip("mcp", reason="mcp is missing; install the extra mcp")


def ask(path: Path, *calls: tuple[str, dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    """(the tools, the answer to each call) of a server in a process of its own."""

    async def talk() -> tuple[list[Any], list[Any]]:
        server = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "catena", "mcp", str(path)], env=dict(os.environ)
        )
        async with mcp.Client(server, read_timeout_seconds=120) as client:
            tools = (await client.list_tools()).tools
            return tools, [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(talk())


def test_a_model_finds_reads_and_checks_and_can_change_nothing(path: Path) -> None:
    before = path.read_bytes()
    tools, answers = ask(
        path,
        ("search", {"query": '"harbour dues"'}),
        ("read", {"document": "a.txt", "start": 4, "length": 5}),
        ("read", {"document": "a.txt"}),
        ("check_quotation", {"text": "Ada Brisk said: “We will meet again.”"}),
        ("chain", {"document": "a.txt", "start": 0, "end": 20}),
        ("search", {"query": "(lakes"}),
        ("read", {"document": "nowhere.txt"}),
    )
    assert [tool.name for tool in tools] == ["search", "read", "check_quotation", "chain"]
    assert all(tool.annotations.read_only_hint for tool in tools)
    found, part, whole, checked, chain, mistaken, missing = answers
    documents = {one["path"]: one for one in found.structured_content["documents"]}
    assert sorted(documents) == ["a.txt", "b.txt"]
    start, end = documents["a.txt"]["spans"][0]
    assert TEXTS["a.txt"][start:end] == "harbour dues"
    assert part.structured_content["text"] == "lakes"
    assert whole.structured_content["text"] == TEXTS["a.txt"]
    assert [card["voices"] for card in whole.structured_content["margin"]] == [["Ada Brisk"]]
    quotation = checked.structured_content["quotations"][0]
    assert (quotation["words"], quotation["voices"]) == ("We will meet again.", ["Ada Brisk"])
    assert [one["path"] for one in chain.structured_content["witnesses"]] == ["a.txt"]
    assert "character" in mistaken.structured_content["error"]
    assert missing.is_error
    assert "no document 'nowhere.txt'" in missing.content[0].text
    assert path.read_bytes() == before


def test_without_the_extra_the_message_names_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from catena.mcp_server import make_server

    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(ImportError, match=r"catena\[mcp\]"):
        make_server(path)
