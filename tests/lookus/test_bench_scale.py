"""`lookus bench migrate`, `rounds` and `size`, each at a small size."""

import json
import os
import subprocess
import sys

import pytest

HIDDEN = ("DATABASE_URL", "OWNER_DATABASE_URL")


@pytest.mark.chaos
@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("migrate --shops 3 --products 2 --rounds 1", ("noop_ratio", "schema_ratio", "rows_s")),
        ("rounds --shops 2 --products 2", ("keep-searchable_share", "workers_busy_with_rounds")),
        ("size --products 50 --events 200", ("product_bytes", "catalog_tag_rows_bytes",
                                             "analytics_event_rows_bytes", "hnsw_bytes_a_garment")),
    ],
)  # fmt: skip
def test_it_measures(words: str, figures: tuple[str, ...]) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in HIDDEN}
    done = subprocess.run(
        [sys.executable, "-m", "lookus.cli", "bench", *words.split(), "--json"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert all(found[name] > 0 for name in figures), found
