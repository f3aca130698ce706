"""`lookus bench analytics`: made shops are summed up, looked at, told events and checked."""

import json
import os
import subprocess
import sys

import pytest


@pytest.mark.bench
def test_every_page_and_sum_is_measured() -> None:
    sizes = {"events": 3000, "shops": 3, "small": 500, "told": 200, "ledger": 300, "rounds": 1}
    options = [word for name, size in sizes.items() for word in (f"--{name}", str(size))]
    hidden = ("DATABASE_URL", "OWNER_DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "lookus.cli", "bench", "analytics", "--json", *options],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["intake_events"] == 200
    assert figures["ledger_rows"] == 300 and figures["ledger_differences"] == 0
    for name in ("overview", "searches", "trends", "speed"):
        assert figures[f"page_{name}_ms"] > 0 and figures[f"largest_shop_page_{name}_ratio"] > 0
    assert figures["roll_day_of_a_shop_ms"] > 0
