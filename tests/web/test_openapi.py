"""The description of the JSON API: it names every address, and what it promises holds for whatever is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.routing import Route
from tests.workbench.conftest import fill

from catena.store import open_or_create
from catena.web import create_app
from catena.web.description import describe

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is missing; install the extra test")
from hypothesis import HealthCheck, given, settings  # noqa: E402
from schemathesis.generation import GenerationMode  # noqa: E402
from schemathesis.specs.openapi.checks import positive_data_acceptance  # noqa: E402

ROOT = Path(__file__).parent.parent.parent
HOST = "127.0.0.1:8000"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("api") / "p.catena"
    with open_or_create(path) as project:
        fill(project)
    return create_app(path, token="t", host="127.0.0.1", port=8000)


def test_every_address_of_the_api_is_described_with_its_methods(app: Any) -> None:
    routes = {
        (route.path.replace(":int", ""), method.lower())
        for route in app.routes
        if isinstance(route, Route) and route.path.startswith("/api/")
        for method in route.methods or ()
        if method != "HEAD"
    }
    described = {(path, method) for path, methods in describe()["paths"].items() for method in methods}
    assert described == routes


def test_the_file_in_the_documentation_is_what_the_reader_answers() -> None:
    held = yaml.safe_load((ROOT / "docs/reference/openapi.yaml").read_text(encoding="utf-8"))
    assert held == describe(), "run: python -m tools.write_openapi"


OPERATIONS = [(method, path) for path, methods in describe()["paths"].items() for method in methods]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_whatever_is_sent_gets_an_answer_as_described(app: Any, method: str, path: str, mode: GenerationMode) -> None:
    # The cookie is given with every request: who may ask is tested elsewhere.
    schema = schemathesis.openapi.from_dict({**describe(), "security": []})
    schema.app = app
    operation = schema[path][method]
    if mode is GenerationMode.NEGATIVE and not (operation.query or operation.path_parameters or operation.body):
        pytest.skip("nothing can be sent to it")

    # What a search may hold is a grammar that no schema can say: any text may be sent, and some is refused.
    excluded = [positive_data_acceptance] if "q" in {one.name for one in operation.query} else []

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def send(case: Any) -> None:
        case.call_and_validate(
            headers={"host": HOST, "origin": f"http://{HOST}"}, cookies={"catena-token": "t"}, excluded_checks=excluded
        )

    send()
