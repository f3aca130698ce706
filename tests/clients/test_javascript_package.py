"""The JavaScript client as a package, checked without Node."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from drf_spectacular.generators import SchemaGenerator

from tests.clients.conftest import CLIENT

TYPES = CLIENT / "types"
SOURCES = sorted((CLIENT / "src").iterdir(), key=lambda path: path.name)
STALE = "stale types: in clients/javascript run `npm ci && npm run types` and commit types/"


def test_the_types_are_made_from_these_sources() -> None:
    digest = hashlib.sha256()
    for path in SOURCES:
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    made_from = json.loads((TYPES / "manifest.json").read_text(encoding="utf-8"))["sources"]
    assert made_from == digest.hexdigest(), STALE
    assert {path.name for path in TYPES.glob("*.d.ts")} == {f"{p.stem}.d.ts" for p in SOURCES}


def test_the_package_names_files_that_are_there() -> None:
    package = json.loads((CLIENT / "package.json").read_text(encoding="utf-8"))
    entry = package["exports"]["."]
    assert (CLIENT / entry["default"]).is_file()
    assert (CLIENT / entry["types"]).is_file()
    assert package["types"] == entry["types"]
    assert package["type"] == "module"
    assert "dependencies" not in package
    assert (CLIENT / "LICENSE").read_bytes() == (CLIENT.parents[1] / "LICENSE").read_bytes()


def test_modules_import_only_each_other() -> None:
    for path in SOURCES:
        for name in re.findall(r'from "([^"]+)"', path.read_text(encoding="utf-8")):
            assert (path.parent / name).is_file(), (path.name, name)


ASKED = {
    "SearchParams": "SearchByPhotoRequest",
    "ShopperEvent": "ShopperEventRequest",
    "EventBatch": "EventBatchRequest",
    "OrderLine": "LineInputRequest",
}
"""Typedefs of asked.js, and what the API calls them."""


def typed(module: str) -> dict[str, dict[str, bool]]:
    """Typedefs of a module: for each its fields, and whether they may be left out."""
    text = (CLIENT / "src" / module).read_text(encoding="utf-8")
    found: dict[str, dict[str, bool]] = {}
    for block in re.split(r"@typedef ", text)[1:]:
        if plain := re.match(r"\{object\} (\w+)", block):
            fields = re.findall(r"@property \{.+?\} (\[?)(\w+)", block)
            found[plain[1]] = {name: bool(bracket) for bracket, name in fields}
        elif sum_ := re.match(r"\{(\w+) & (\w+)\} (\w+)", block):
            found[sum_[3]] = found[sum_[1]] | found[sum_[2]]
    return found


def test_replies_are_typed_as_the_api_describes_them() -> None:
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    described = schema["components"]["schemas"]
    compared = []
    for name, fields in typed("replies.js").items():
        if name not in described:
            assert name.endswith(("Only", "OfPhoto")), f"the API has no {name}"
            continue
        compared.append(name)
        told = described[name]
        optional = {one: one not in told.get("required", ()) for one in told["properties"]}
        assert fields == optional, name
    assert {"SearchReply", "LookReply", "PhotoOutfitReply", "ShopMoodReply"} <= set(compared)


def test_what_is_asked_is_typed_as_the_api_describes_it() -> None:
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    described = schema["components"]["schemas"]
    asked = typed("asked.js")
    for name, theirs in ASKED.items():
        told = described[theirs]
        optional = {one: one not in told.get("required", ()) for one in told["properties"]}
        assert asked[name] == optional, name
    similar = schema["paths"]["/api/v1/products/{sku}/similar"]["get"]["parameters"]
    assert set(asked["AnswerParams"]) == {one["name"] for one in similar if one["in"] == "query"}
