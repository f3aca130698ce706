"""The Python client's generated part is that of the API as it is now."""

from __future__ import annotations

import json

from clients.python.generate import MADE_FROM, TARGET, digest, document

STALE = "the API has changed since its Python client was generated: run `make clients` and commit"


def test_it_was_made_from_the_api_as_it_is() -> None:
    assert json.loads(MADE_FROM.read_text(encoding="utf-8"))["openapi"] == digest(document()), STALE


def test_every_operation_has_its_call() -> None:
    operations = {
        (operation["tags"][0], operation["operationId"])
        for methods in document()["paths"].values()
        for operation in methods.values()
    }
    for tag, name in operations:
        module = TARGET / "api" / tag / f"{name}.py"
        assert module.exists() or module.with_stem(f"{name}_").exists(), module


def test_operations_and_schemas_have_names_of_their_own() -> None:
    told = document()
    schemas = told["components"]["schemas"]
    ids = [one["operationId"] for methods in told["paths"].values() for one in methods.values()]
    assert len(ids) == len(set(ids))
    for name, schema in schemas.items():
        for field, inner in schema.get("properties", {}).items():
            plain = inner.get("type") != "object" or "properties" not in inner
            assert plain or (name, field) == ("Filters", "price"), f"{name}.{field} has no name"
