"""docs/api.md and the OpenAPI document say what the code does."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import URLPattern, get_resolver

from recommender.rank import DEFAULT_WEIGHTS
from tenants.models import ApiKey
from tenants.problem_texts import PROBLEMS
from tests.factories import make_key, make_shop
from tests.recommender.stock import ask, picture, show, stocked
from vision.analyzer import Analyzer

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/api.md").read_text(encoding="utf-8")
SCHEMA_PATHS = {"search", "events"}


def routes() -> dict[str, Any]:
    """The views under /api/v1/, by path as OpenAPI writes it."""
    found: dict[str, Any] = {}

    def walk(patterns: Any, prefix: str) -> None:
        for pattern in patterns:
            path = prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
            if isinstance(pattern, URLPattern):
                found[path] = getattr(pattern.callback, "view_class", None)
            else:
                walk(pattern.url_patterns, path)

    walk(get_resolver().url_patterns, "/")
    return {path: view for path, view in found.items() if path.startswith("/api/v1/")}


def test_the_table_of_routes_and_keys_is_the_url_map() -> None:
    rows = re.findall(r"^\| `(\w+) (/api/v1/\S+)` \| (\w+) \| (\w+) \| (\w+) \|$", GUIDE, re.M)
    told = {
        (method.lower(), path): {
            kind for kind, may in zip(("pk", "sk", "mk"), cells, strict=True) if may == "yes"
        }
        for method, path, *cells in rows
    }
    real = {
        (method, path): {str(kind) for kind in view.allowed_kinds}
        for path, view in routes().items()
        for method in view.http_method_names
        if method != "options" and hasattr(view, method)
    }
    assert told == real
    assert real


def test_the_table_of_errors_is_the_table_of_problems() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d{3}) \| \S.* \|$", GUIDE, re.M)
    assert [(code, int(status)) for code, status in rows] == [
        (code, text.status) for code, text in PROBLEMS.items()
    ]


def test_the_weights_are_those_of_the_code() -> None:
    weights = DEFAULT_WEIGHTS
    assert weights.shape + weights.color + weights.category + weights.pattern == pytest.approx(1)
    told = re.search(
        r"([\d.]+) shape \+ ([\d.]+) colour \+ ([\d.]+) category \+ ([\d.]+) pattern", GUIDE
    )
    assert told is not None
    expected = (weights.shape, weights.color, weights.category, weights.pattern)
    assert tuple(map(float, told.groups())) == expected


@pytest.fixture(scope="session")
def openapi() -> dict[str, Any]:
    """As the command prints it, on a machine without a database."""
    env = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
    done = subprocess.run(
        [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn"],
        cwd=ROOT,
        env=env | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    document: dict[str, Any] = yaml.safe_load(done.stdout)
    return document


def test_the_openapi_document_has_every_route(openapi: dict[str, Any]) -> None:
    assert openapi["openapi"].startswith("3.1")
    assert {path for path in openapi["paths"] if path.startswith("/api/v1/")} == set(routes())
    for methods in openapi["paths"].values():
        for operation in methods.values():
            assert operation["security"] == [{"apiKey": []}]
    assert openapi["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"


def test_every_error_reply_is_described_as_a_problem(openapi: dict[str, Any]) -> None:
    described = set()
    for methods in openapi["paths"].values():
        for operation in methods.values():
            for status, reply in operation["responses"].items():
                if status.startswith("2") or status == "304":
                    continue
                content = reply["content"]["application/problem+json"]
                assert content["schema"]["$ref"].endswith("/ProblemReply")
                examples = content["examples"].values()
                described |= {example["value"]["code"] for example in examples}
    general = {"bad_request", "not_found", "method_not_allowed", "not_acceptable"}
    assert described == set(PROBLEMS) - general - {"permission_denied"}


@pytest.mark.django_db
def test_a_real_reply_is_the_one_that_is_described(
    openapi: dict[str, Any], analyzer: Analyzer
) -> None:
    shop = make_shop(language="en")
    stocked(shop, analyzer, product={"sku": "one", "price": 500, "sale_price": 400})
    stocked(shop, analyzer, product={"sku": "two", "price": None})
    _, token = make_key(ApiKey.Kind.SECRET, shop=shop)
    schemas = openapi["components"]["schemas"]
    for reply in (show(token, picture("upper")), ask(token, product_id="one")):
        fits(reply.json(), schemas["SearchReply"], schemas)
    fits(ask(token).json(), schemas["ProblemReply"], schemas)


TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": int | float,
    "boolean": bool,
    "null": type(None),
}


def fits(value: Any, schema: dict[str, Any], schemas: dict[str, Any], at: str = "") -> None:
    """Fails where a value is not what its schema says, and where it has more members."""
    if "$ref" in schema:
        return fits(value, schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, at)
    if "allOf" in schema:
        return fits(value, schema["allOf"][0], schemas, at)
    if "oneOf" in schema:
        if value is None:
            assert {"type": "null"} in schema["oneOf"], at
            return None
        return fits(value, schema["oneOf"][0], schemas, at)
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if value is None:
        assert "null" in kinds, at
    elif "object" in kinds and "additionalProperties" in schema:
        for name, inner in value.items():
            fits(inner, schema["additionalProperties"], schemas, f"{at}.{name}")
    elif "object" in kinds:
        assert set(schema.get("required", ())) <= set(value) <= set(schema["properties"]), at
        for name, inner in value.items():
            fits(inner, schema["properties"][name], schemas, f"{at}.{name}")
    elif "array" in kinds:
        for place, inner in enumerate(value):
            fits(inner, schema["items"], schemas, f"{at}[{place}]")
    else:
        assert isinstance(value, TYPES[kinds[0]]), (at, value)
    return None


def test_the_examples_of_the_guide_are_json() -> None:
    for block in re.findall(r"```json\n(.*?)```", GUIDE, re.S):
        json.loads(block)
