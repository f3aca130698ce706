"""The JavaScript client in Node, where there is one: a machine that only serves has none."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import CLIENT

SCRIPT = Path(__file__).with_name("in_node.mjs")


def run(*command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"no {command[0]} here")
    done = subprocess.run(
        command, cwd=CLIENT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_asks_the_running_stack(live_stack: Any) -> None:
    endpoint = f"{live_stack.base_url}/api/v1/"
    photo = str(live_stack.photo("dress"))
    told = json.loads(run("node", str(SCRIPT), endpoint, live_stack.publishable_key, photo))
    assert told == {
        "seen": 3,
        "understood": ["원피스"],
        "refused": ["validation_error", "limit"],
    }


def test_what_would_be_published() -> None:
    (packed,) = json.loads(run("npm", "pack", "--dry-run", "--json"))
    names = {one["path"] for one in packed["files"]}
    assert {"package.json", "README.md", "LICENSE", "src/index.js", "types/index.d.ts"} <= names
    assert all(name.split("/")[0] in ("src", "types") or "/" not in name for name in names)
    assert not {name for name in names if name.endswith(("manifest.json", ".mjs"))}
