"""atheris drives the decoder in a process of its own, for a crash there is no exception."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.size import FACTOR, tried

ROOT = Path(__file__).parents[2]
RUNS = 400


def test_the_decoder(tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    (tmp_path / "seeds").mkdir()
    words = [f"-runs={RUNS * FACTOR}", f"-seed={FACTOR}", f"-artifact_prefix={tmp_path}/"]
    run = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.decoder", str(tmp_path / "seeds"), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    done = re.search(r"Done (\d+) runs", run.stderr)
    assert done is not None and int(done[1]) >= RUNS
    for _ in range(int(done[1])):
        tried("the decoder", "read or refused")


test_the_decoder.what = "the decoder"  # type: ignore[attr-defined]
