"""What `migrate` takes among one shop and among many: nothing to do, and a real migration.

The real one is made here and taken back: a column with a default and an index of it in the table of
products, and a change of rows that visits shops one by one, as every migration of rows must.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connections, migrations, models
from django.db.migrations.loader import MigrationLoader

from catalog.models import Product
from tenants.bulk import rows_insert
from tenants.models import Shop
from tenants.scope import shop_scope
from tenants.services import mall_create, shop_create

OWNER, ALONE = "owner", "alone"
COLUMN = "migrated"


def measure(
    *, shops: int, products: int, rounds: int, say: Callable[[str], None]
) -> dict[str, float | int]:
    """Seconds of the clock and of this process' processor (medians of `rounds`), and ratios."""
    shops_made(1, products)
    alone = _copied()
    shops_made(shops - 1, products)
    say(f"{Shop.objects.count()} shops, and one alone")
    figures: dict[str, float | int] = {"shops": shops, "products_each": products}
    for name, work in (("noop", _noop), ("schema", _schema)):
        # By turns, so that what else runs here slows both.
        spent: dict[str, list[tuple[float, float]]] = {OWNER: [], alone: []}
        for using in spent:
            work(using)  # the first is slower, whatever it is
        for _ in range(rounds):
            for using, held in spent.items():
                held.append(work(using))
        for using, count in ((alone, 1), (OWNER, shops)):
            clock, processor = zip(*spent[using], strict=True)
            figures[f"{name}_{count}_s"] = statistics.median(clock)
            figures[f"{name}_{count}_processor_s"] = statistics.median(processor)
        for part in ("", "_processor"):
            many, one = figures[f"{name}_{shops}{part}_s"], figures[f"{name}_1{part}_s"]
            figures[f"{name}_ratio{part}"] = round(many / one, 3)
        say(f"{name}: {figures[f'{name}_ratio']}")
    figures["rows_s"] = statistics.median(_rows() for _ in range(rounds))
    figures["rows_a_shop_ms"] = figures["rows_s"] / shops * 1000
    return figures


def _copied() -> str:
    """The connection to a copy of the database as it is now."""
    settings: dict[str, Any] = connections.settings
    name = settings[OWNER]["NAME"]
    connections.close_all()
    with connections[OWNER].cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}_{ALONE}" TEMPLATE "{name}"')
    settings[ALONE] = {**settings[OWNER], "NAME": f"{name}_{ALONE}"}
    return ALONE


def shops_made(count: int, products: int) -> None:
    number = Shop.objects.count()
    for one in range(number, number + count):
        mall = mall_create(name=f"Mall {one}", slug=f"mall-{one}")
        shop = shop_create(mall=mall, slug=f"shop-{one}", name=f"Shop {one}")
        with shop_scope(shop):
            rows = [(f"SKU-{n}", f"Product {n}", n, "KRW") for n in range(products)]
            rows_insert(Product, ("sku", "title", "price", "currency"), rows)


def _timed(work: Callable[[], Any]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def _noop(using: str) -> tuple[float, float]:
    return _timed(lambda: call_command("migrate", database=using, verbosity=0, interactive=False))


def _schema(using: str) -> tuple[float, float]:
    """Of adding a column and an index; taken back, which is not counted."""
    state = MigrationLoader(connections[using]).project_state()
    made = _migration(
        migrations.AddField("product", COLUMN, models.CharField(max_length=20, db_default="")),
        migrations.AddIndex("product", models.Index(fields=["shop", COLUMN], name="product_moved")),
    )
    with connections[using].schema_editor() as editor:
        spent = _timed(lambda: made.apply(state.clone(), editor))
    with connections[using].schema_editor() as editor:
        made.unapply(state, editor)
    return spent


def _rows() -> float:
    """Seconds of a change of rows that goes from shop to shop."""

    def visit(apps: Any, editor: Any) -> None:
        for shop_id in Shop.objects.values_list("pk", flat=True):
            with shop_scope(shop_id, using=OWNER):
                Product.every.using(OWNER).filter(price=0).update(brand="moved")

    state = MigrationLoader(connections[OWNER]).project_state()
    made = _migration(migrations.RunPython(visit, migrations.RunPython.noop))
    with connections[OWNER].schema_editor() as editor:
        spent, _ = _timed(lambda: made.apply(state, editor))
    return spent


def _migration(*operations: Any) -> migrations.Migration:
    name = "made_for_the_bench"
    made = type("Migration", (migrations.Migration,), {"operations": list(operations)})
    return made(name, "catalog")
