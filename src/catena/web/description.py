"""The JSON API described for programs, as OpenAPI 3.1: what `/api/openapi.json` answers.

Written by hand beside the routes; a test holds both together, and sends what schemathesis makes of it.
"""

from __future__ import annotations

from typing import Any

from catena.counting import ORDERS
from catena.model import KINDS
from catena.store import LEVELS, STATUSES
from catena.version import __version__
from catena.web.api import FACETS, MAX_LIMIT
from catena.web.security import COOKIE

Schema = dict[str, Any]
MOST = 10**9
_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_PAIR: Schema = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
_COUNTS: Schema = {"type": "object", "additionalProperties": _NUMBER}


def describe() -> Schema:
    """The whole description. The same version of the program gives the same one."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "catena",
            "version": __version__,
            "summary": "Documents, findings and searches of one project, as the reader shows them.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": "Offsets are code points, half-open. Requests that change nothing need the cookie that the "
            "opened address sets and the right Host; others need the reader's Origin too.",
        },
        "security": [{"cookie": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"cookie": {"type": "apiKey", "in": "cookie", "name": COOKIE}},
            "schemas": _schemas(),
        },
    }


def _paths() -> Schema:
    number = _parameter("number", {"type": "integer", "minimum": 1, "maximum": MOST}, where="path")
    facets = [_parameter(name, _TEXT) for name in FACETS]
    asked = [
        _parameter("q", _TEXT, what="a search; docs/reference/search.md says what it may hold"),
        _parameter("level", {"type": "string", "enum": list(LEVELS)}),
    ]
    rows = {"type": "array", "items": _ref("Document")}
    records = {"type": "array", "items": _ref("Record")}
    return {
        "/api/openapi.json": _get("This description", {"type": "object"}, can_fail=False),
        "/api/documents": _get(
            "The list of documents", _object(documents=rows), [*facets, _limit(MAX_LIMIT, 100), _offset()]
        ),
        "/api/documents/{number}": _get("One document with its text", _ref("Text"), [number], missing=True),
        "/api/documents/{number}/findings": _get(
            "What was found in it, in order of place", _object(findings=records), [number], missing=True
        ),
        "/api/documents/{number}/marks": _get(
            "What the page underlines: start, end, kind or verdict, role, finding",
            _object(marks={"type": "array", "items": {"type": "array", "minItems": 5, "maxItems": 5}}),
            [number],
            missing=True,
        ),
        "/api/documents/{number}/notes": _get(
            "What the reader, or everybody, noted in it",
            _object(notes={"type": "array", "items": _ref("Note")}),
            [number, _parameter("layers", {"type": "string", "enum": ["own", "all"]})],
            missing=True,
        ),
        "/api/documents/{number}/elsewhere": _get(
            "Where else these characters stand; what lies past the text is cut off",
            _object(start=_NUMBER, end=_NUMBER, places={"type": "array", "items": _ref("Place")}),
            [number, *(_parameter(name, _NUMBER | {"maximum": MOST}) for name in ("start", "end"))],
            missing=True,
        ),
        "/api/search": _get(
            "Documents that answer, best first, each with every hit",
            _object(
                total=_NUMBER, hits={"type": "array", "items": _ref("Hit")}, error={"type": ["string", "null"]}
            ),
            [asked[0], _limit(MAX_LIMIT, 20), _offset()],
        ),
        "/api/concordance": _get(
            "Hits in lines: document number, name, start, left, node, right",
            _object(
                total=_NUMBER, offset=_NUMBER,
                lines={"type": "array", "items": {"type": "array", "minItems": 6, "maxItems": 6}},
            ),
            [
                *asked, _parameter("sort", {"type": "string", "enum": list(ORDERS)}), _limit(MAX_LIMIT, 100), _offset(),
                _parameter("form", {"type": "array", "items": _TEXT}, what="forms to search, with level=affixes"),
            ],
        ),
        "/api/check": {
            "post": {
                "operationId": "post_check",
                "summary": "The findings of a text that is sent; nothing is stored",
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": _object(["text"], text=_TEXT, name=_TEXT)}},
                },
                "responses": {
                    "200": _answer("Findings", _object(document={"type": "object"}, findings=records)),
                    **_errors(),
                },
            }
        },
    }  # fmt: skip


def _schemas() -> Schema:
    spans = {"type": "array", "items": _PAIR}
    return {
        "Error": _object(error=_TEXT, status=_NUMBER),
        "Document": _object(
            number=_NUMBER, id={"type": "string", "pattern": "^[0-9a-f]{64}$"}, path=_TEXT, title=_TEXT, date=_TEXT,
            genre=_TEXT, publisher=_TEXT, language=_TEXT, characters=_NUMBER, counts=_COUNTS, verdicts=_COUNTS,
            warnings={"type": "array", "items": _TEXT}, versions=_NUMBER,
            status={"type": "string", "enum": [*STATUSES, "restricted"]},
        ),
        "Text": {"allOf": [_ref("Document"), _object(text=_TEXT, origin={"type": "object"})]},
        "Place": _object(
            number=_NUMBER, path=_TEXT, date=_TEXT, spans=spans, kind=_TEXT, shared_letters=_NUMBER,
            known={"type": "boolean"},
        ),
        "Hit": _object(document=_ref("Document"), spans=spans, snippet=_PAIR),
        "Record": _object(
            id=_TEXT, document=_object(id=_TEXT, name=_TEXT), kind={"type": "string", "enum": list(KINDS)},
            roles={"type": "object", "additionalProperties": spans},
            texts={"type": "object", "additionalProperties": {"type": "array", "items": _TEXT}},
            verdict={"type": ["string", "null"]}, reference={"type": ["string", "null"]}, diff={"type": "array"},
            values={"type": "object"}, parent={"type": ["string", "null"]}, evidence={"type": "array"},
            made_by=_object(name=_TEXT, version=_TEXT, settings={"type": "object"}), selectors={"type": "object"},
        ),
        "OtherEnd": _object(
            direction={"type": "string", "enum": ["to", "from"]}, number={"type": ["integer", "null"]}, title=_TEXT,
            start={"type": ["integer", "null"]}, end={"type": ["integer", "null"]}, words=_TEXT, state=_TEXT,
        ),
        "Note": _object(
            id=_TEXT, kind={"type": "string", "enum": ["coding", "memo", "link"]}, person=_TEXT,
            start={"type": ["integer", "null"]}, end={"type": ["integer", "null"]}, words=_TEXT, code=_TEXT, name=_TEXT,
            color=_TEXT, memo=_TEXT, done={"type": "boolean"}, corrects=_TEXT,
            other={"anyOf": [{"type": "null"}, _ref("OtherEnd")]},
        ),
    }  # fmt: skip


def _object(required: list[str] | None = None, **properties: Schema) -> Schema:
    """An object whose properties are all required unless `required` names the ones that are."""
    return {"type": "object", "properties": properties, "required": list(properties) if required is None else required}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _parameter(name: str, schema: Schema, *, where: str = "query", what: str = "") -> Schema:
    said = {"description": what} if what else {}
    return {"name": name, "in": where, "required": where == "path", "schema": schema, **said}


def _limit(most: int, usual: int) -> Schema:
    return _parameter("limit", {"type": "integer", "minimum": 0, "maximum": most, "default": usual})


def _offset() -> Schema:
    return _parameter("offset", {"type": "integer", "minimum": 0, "maximum": MOST, "default": 0})


def _get(
    summary: str,
    schema: Schema,
    parameters: list[Schema] | None = None,
    *,
    missing: bool = False,
    can_fail: bool = True,
) -> Schema:
    """A GET of one address; `missing` when what it names may not be there."""
    not_there = {"404": _answer("There is no such document", _ref("Error"))} if missing else {}
    return {
        "get": {
            "operationId": "get_" + "_".join(summary.lower().split(":")[0].split(",")[0].split()),
            "summary": summary,
            "parameters": parameters or [],
            "responses": {"200": _answer(summary, schema), **(_errors() if can_fail else {}), **not_there},
        }
    }


def _errors() -> Schema:
    return {
        "400": _answer("What was asked cannot be read", _ref("Error")),
        "403": {"description": "Not opened with the address of this start, or asked by another site"},
    }


def _answer(what: str, schema: Schema) -> Schema:
    return {"description": what, "content": {"application/json": {"schema": schema}}}
