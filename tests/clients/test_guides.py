"""What the guides call is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from lookus_client import Lookus

from tests.clients.conftest import CLIENT

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / "clients" / "python"
GUIDES = [ROOT / "docs" / "clients.md", CLIENT / "README.md", PYTHON / "README.md"]


def blocks(guide: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", guide.read_text(encoding="utf-8"), re.S)


def javascript_methods() -> set[str]:
    source = (CLIENT / "src" / "client.js").read_text(encoding="utf-8")
    return set(re.findall(r"^  (?:async )?(\w+)\(.*\) \{$", source, re.M))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.parent.name)
def test_the_guides_call_what_there_is(guide: Path) -> None:
    script = "\n".join(blocks(guide, "js"))
    called = set(re.findall(r"lookus\.(\w+)\(", script))
    assert called <= javascript_methods()
    python = blocks(guide, "python")
    for block in python:
        compile(block, str(guide), "exec")
        for name in re.findall(r"lookus\.(\w+)\(", block):
            assert hasattr(Lookus, name), name
    assert called or python


def test_the_methods_that_the_readmes_list_are_all_there_are() -> None:
    listed = set(re.findall(r"`(\w+)\(", _table(CLIENT / "README.md")))
    assert listed == javascript_methods() - {"constructor"}
    own = {name for name in vars(Lookus) if not name.startswith("_")} - {"close"}
    assert set(re.findall(r"`(\w+)\(", _table(PYTHON / "README.md"))) == own


def _table(guide: Path) -> str:
    return "\n".join(re.findall(r"^\| `.*$", guide.read_text(encoding="utf-8"), re.M))


def test_the_python_package_is_whole() -> None:
    package = tomllib.loads((PYTHON / "pyproject.toml").read_text(encoding="utf-8"))
    assert package["project"]["name"] == "lookus-client"
    assert (PYTHON / "lookus_client" / "py.typed").is_file()
    assert (PYTHON / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert not [name for name in ours["tool"]["setuptools"]["packages"]["find"]["include"]
                if "client" in name]  # fmt: skip
