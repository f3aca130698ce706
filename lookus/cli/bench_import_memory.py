"""`python -m lookus.cli.bench_import_memory ROWS`: what an import of so many rows needs at most.

A process of its own, for a peak never falls. The file is made on disk, as an upload is.
"""

import os
import sys
import tempfile
from pathlib import Path

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lookus.settings")
    django.setup()
    from django.core.files import File

    from catalog.bench_import.measure import OVER
    from catalog.bench_import.world import HEADER, lines, made_shop
    from catalog.models import ImportRun
    from catalog.services.imports import import_start, imports_run
    from tenants.scope import shop_scope

    rows = int(sys.argv[1])
    shop = made_shop(10_000 + rows)
    with tempfile.NamedTemporaryFile("w+b", suffix=".csv") as file:
        file.write(HEADER.encode() + b"\n")
        for cells in lines(rows):
            quoted = (f'"{cell}"' if "," in cell else cell for cell in cells)
            file.write(",".join(quoted).encode() + b"\n")
        file.flush()
        run = import_start(shop=shop, file=File(file, name="made.csv"), filename="made.csv")
    while True:
        imports_run(shop_id=shop.pk)
        with shop_scope(shop):
            if ImportRun.objects.get(pk=run.pk).state in OVER:
                break
    print(_peak())


def _peak() -> float:
    """Largest resident size in MiB. Not getrusage's, which begins with the parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main()
