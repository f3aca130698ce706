"""The widget as it is served: built from these sources, small, and complete in both languages."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).parents[2]
WIDGET = ROOT / "frontend" / "widget"
DIST = WIDGET / "dist"
SOURCES = (WIDGET / "src", ROOT / "clients" / "javascript" / "src")
BUILT_BY = (WIDGET / "build.mjs", WIDGET / "package-lock.json")
MANIFEST = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
PARTS = sorted(path.name for path in (DIST / "parts").iterdir())
# What a shop's page pays for before a shopper asks for anything; issue 6.
MAX_LENS_GZIP_BYTES = 20 * 1024
MAX_PART_GZIP_BYTES = 12 * 1024
HANGUL = re.compile("[가-힣]").search
YEAR_S = 365 * 24 * 3600


def words(lang: str) -> dict[str, str]:
    table: dict[str, str] = json.loads(
        (WIDGET / "src" / "words" / f"{lang}.json").read_text("utf-8")
    )
    return table


def test_what_is_served_was_built_from_these_sources() -> None:
    """If not: `npm ci && node build.mjs` in frontend/widget."""
    files = [path for folder in SOURCES for path in folder.rglob("*") if path.is_file()]
    named = {path.relative_to(ROOT).as_posix(): path for path in (*files, *BUILT_BY)}
    total = hashlib.sha256()
    for name in sorted(named):
        total.update(name.encode() + b"\0" + named[name].read_bytes() + b"\0")
    assert total.hexdigest() == MANIFEST["sources"]


def test_the_manifest_names_every_file_and_its_size() -> None:
    sizes = {path.relative_to(DIST).as_posix(): path.stat().st_size for path in DIST.rglob("*.js")}
    assert sizes == {name: size for name, (size, _) in MANIFEST["files"].items()}


def test_the_lens_is_small() -> None:
    assert packed(DIST / "v1.js") <= MAX_LENS_GZIP_BYTES


@pytest.mark.parametrize("name", PARTS)
def test_each_part_is_small(name: str) -> None:
    assert packed(DIST / "parts" / name) <= MAX_PART_GZIP_BYTES


def packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def test_both_languages_say_everything() -> None:
    english, korean = words("en"), words("ko")
    assert list(english) == list(korean)
    assert {key: holes(text) for key, text in english.items()} == {
        key: holes(text) for key, text in korean.items()
    }
    said = {key: re.sub(r"\{\w+\}", "", text) for key, text in korean.items()}
    assert [key for key, text in said.items() if text.strip(" –~") and not HANGUL(text)] == []
    for code in ("invalid_key", "over_quota", "truncated", "url_failed", "offline", "timeout"):
        assert f"problem.{code}.title" in english and f"problem.{code}.text" in english


def holes(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def test_every_word_that_is_asked_for_is_there() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (WIDGET / "src").rglob("*.js")]
    table = words("en")
    folders = "|".join({key.split(".")[0] for key in table})
    asked = set(re.findall(rf'"((?:{folders})\.[\w.]+\w)"', "\n".join(sources)))
    assert len(asked) > 100
    assert {key for key in asked if key not in table and key + ".title" not in table} == set()


def test_the_script_is_open_to_every_origin_and_asked_again_soon(client: Client) -> None:
    reply = client.get("/widget/v1.js")
    assert reply.content == (DIST / "v1.js").read_bytes()
    assert reply["Content-Type"] == "text/javascript; charset=utf-8"
    assert reply["Access-Control-Allow-Origin"] == "*"
    assert reply["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert reply["Cache-Control"] == "public, max-age=300"
    again = client.get("/widget/v1.js", headers={"If-None-Match": reply["ETag"]})
    assert again.status_code == 304 and again.content == b""
    assert again["Access-Control-Allow-Origin"] == "*"
    assert client.get("/widget/v1.js", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.post("/widget/v1.js").status_code == 405


def test_it_goes_packed_where_that_is_read(client: Client) -> None:
    plain = client.get("/widget/v1.js")
    reply = client.get("/widget/v1.js", headers={"Accept-Encoding": "br, gzip"})
    assert reply["Content-Encoding"] == "gzip"
    assert gzip.decompress(reply.content) == plain.content
    assert reply["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in reply["Vary"] and "Accept-Encoding" in plain["Vary"]
    refused = client.get("/widget/v1.js", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in refused


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_kept_for_ever(client: Client, name: str) -> None:
    reply = client.get(f"/widget/parts/{name}")
    assert reply.content == (DIST / "parts" / name).read_bytes()
    assert reply["Cache-Control"] == f"public, max-age={YEAR_S}, immutable"
    assert reply["Access-Control-Allow-Origin"] == "*"


def test_a_page_older_than_an_update_gets_todays_part(client: Client) -> None:
    today = next(name for name in PARTS if name.startswith("words-ko-"))
    reply = client.get("/widget/parts/words-ko-0LDN4ME0.js")
    assert reply.content == (DIST / "parts" / today).read_bytes()
    assert reply["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    [
        "..%2Fmanifest.json",
        "%2e%2e/manifest.json",
        "manifest.json",
        "none-AAAAAAAA.js",
        "-.js",
        ".",
    ],
)
def test_nothing_else_is_served(client: Client, name: str) -> None:
    assert client.get(f"/widget/parts/{name}").status_code == 404
