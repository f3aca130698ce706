"""Measures an import beside a bare COPY of the same rows, and the writing of tagged photos."""

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta

import psycopg
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from catalog.bench_import.clock import Took, took
from catalog.bench_import.world import bare_copy, csv_of, made_shop, photos_seen
from catalog.models import ImportRun
from catalog.services.imports import import_start, imports_run
from catalog.services.tagging import photos_finish
from tenants.models import Shop
from tenants.scope import shop_scope

Say = Callable[[str], None]
WARM_ROWS = 500
OVER = (ImportRun.State.DONE, ImportRun.State.FAILED, ImportRun.State.ASKING)


def parse(args: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lookus bench import")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--photos", type=int, default=320, help="written one by one, and batched")
    parser.add_argument(
        "--batch", type=int, default=settings.PHOTO_CHUNK, help="photos in one transaction"
    )
    parser.add_argument("--rounds", type=int, default=2, help="of COPY and import; the best counts")
    return parser.parse_args(list(args))


def measure(options: argparse.Namespace, *, superuser: str, say: Say) -> dict[str, float]:
    """Figures in seconds, MiB and ratios."""
    rows = options.rows
    data = csv_of(rows)
    imported(made_shop(99), csv_of(WARM_ROWS))
    analyze(superuser)
    copies, firsts, seconds = [], [], []
    for one in range(options.rounds):
        say(f"COPY, import and import again of {rows:,} rows, round {one + 1}")
        copies.append(bare_copy(superuser, made_shop(100 + one), rows))
        shop = made_shop(one)
        firsts.append(imported(shop, data, created=rows))
        seconds.append(imported(shop, data, unchanged=rows))
    copy, first, second = (min(one, key=_wall) for one in (copies, firsts, seconds))
    analyze(superuser)
    say("memory")
    small, large = peak_of(max(1, rows // 10)), peak_of(rows)
    say(f"{options.photos} tagged photos, one by one and {options.batch} at a time")
    single, batched, photos = writes(options.photos, options.batch)
    return {
        "rows": rows,
        "copy_s": copy.wall,
        "copy_cpu_s": copy.processor,
        "import_s": first.wall,
        "import_cpu_s": first.processor,
        "rows_per_s": rows / first.wall,
        "import_over_copy": first.wall / copy.wall,
        "import_over_copy_cpu": first.processor / copy.processor,
        "again_s": second.wall,
        "again_over_import": second.wall / first.wall,
        "again_over_import_cpu": second.processor / first.processor,
        "peak_mib": large,
        "peak_over_tenth": large / small,
        "photo_alone_ms": single.wall * 1000 / photos,
        "photo_batched_ms": batched.wall * 1000 / photos,
        "batch": options.batch,
        "batched_times_faster": single.wall / batched.wall,
        "batched_times_faster_cpu": single.processor / batched.processor,
    }


def _wall(one: Took) -> float:
    return one.wall


def analyze(superuser: str) -> None:
    """What autovacuum does within a minute."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("ANALYZE")


def imported(shop: Shop, data: bytes, **expected: int) -> Took:
    """What the worker takes for one file. Raises AssertionError if it did something else."""
    run = import_start(shop=shop, file=ContentFile(data, "made.csv"), filename="made.csv")
    with took(connection.connection) as found:
        while True:
            imports_run(shop_id=shop.pk)
            with shop_scope(shop):
                run = ImportRun.objects.get(pk=run.pk)
            if run.state in OVER:
                break
    told = {name: getattr(run, name) for name in expected}
    assert told == expected and run.state == ImportRun.State.DONE, (run.state, run.detail, told)
    return found


def peak_of(rows: int) -> float:
    """Largest resident size, in MiB, of a process of its own that imports so many rows."""
    command = [sys.executable, "-m", "lookus.cli.bench_import_memory", str(rows)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(told.stdout.split()[-1])


def writes(photos: int, batch: int) -> tuple[Took, Took, int]:
    """Of so many photos or some more: each in a transaction of its own, and `batch` in one, in
    turns; and how many there were."""
    shop = made_shop(900)
    until = timezone.now() + timedelta(hours=1)
    spent = {1: Took(), batch: Took()}
    done = 0
    while done < photos:
        for size in (1, batch):
            seen = photos_seen(shop, batch, until, seed=done * 2 + (size == 1))
            with took(connection.connection) as found:
                for first in range(0, batch, size):
                    part = seen[first : first + size]
                    finished = photos_finish(shop=shop, until=until, seen=part)
                    assert len(finished) == len(part), "a photo was not written"
            spent[size] += found
        done += batch
    return spent[1], spent[batch], done
