"""The benchmark of imports, small: it measures what it says, on a database of its own."""

import json
import os
import subprocess
import sys

import pytest

NAMES = {
    *("rows", "copy_s", "import_s", "rows_per_s", "import_over_copy", "again_s"),
    *("again_over_import", "peak_mib", "peak_over_tenth", "photo_alone_ms", "photo_batched_ms"),
    *("batch", "batched_times_faster", "batched_times_faster_cpu"),
    *("copy_cpu_s", "import_cpu_s", "import_over_copy_cpu", "again_over_import_cpu"),
}


@pytest.mark.bench
def test_it_tells_every_figure() -> None:
    options = ["--rows", "300", "--photos", "4", "--batch", "4", "--rounds", "1", "--json"]
    left_out = ("DATABASE_URL", "OWNER_DATABASE_URL", "LOOKUS_HOME", "DJANGO_SETTINGS_MODULE")
    told = subprocess.run(
        [sys.executable, "-m", "lookus.cli", "bench", "import", *options],
        check=True,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if name not in left_out},
    )
    figures = json.loads(told.stdout)
    assert set(figures) == NAMES
    assert figures["rows"] == 300 and all(value > 0 for value in figures.values())
