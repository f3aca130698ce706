"""Imports from upload to end, for tests of runs."""

from typing import Any

from django.core.files.base import ContentFile

from catalog import tasks
from catalog.models import ImportRun, Product
from catalog.services.imports import import_answer, import_start, import_undo
from tenants.models import Shop
from tenants.scope import shop_scope

HEADER = "sku,title,price,color,image_url\n"


def line(number: int, **fields: Any) -> str:
    said = {"title": f"Shirt {number}", "price": 1000 + number, "color": "", "image_url": ""}
    values = {key: str(fields.get(key, value)) for key, value in said.items()}
    return f"S{number}," + ",".join(values.values()) + "\n"


def table(*numbers: int, **fields: Any) -> str:
    return HEADER + "".join(line(number, **fields) for number in numbers)


def upload(shop: Shop, data: bytes | str, name: str = "a.csv", **options: Any) -> ImportRun:
    raw = data.encode() if isinstance(data, str) else data
    return import_start(shop=shop, file=ContentFile(raw, name), filename=name, **options)


def finished(run: ImportRun) -> ImportRun:
    tasks.run_imports(run.shop_id)
    return again(run)


def again(run: ImportRun) -> ImportRun:
    with shop_scope(run.shop_id):
        return ImportRun.objects.get(pk=run.pk)


def imported(shop: Shop, data: bytes | str, name: str = "a.csv", **options: Any) -> ImportRun:
    return finished(upload(shop, data, name, **options))


def undone(run: ImportRun) -> ImportRun:
    with shop_scope(run.shop_id):
        import_undo(run=run)
    return finished(run)


def answered(run: ImportRun, yes: bool) -> ImportRun:
    with shop_scope(run.shop_id):
        import_answer(run=run, yes=yes)
    return finished(run)


def skus(shop: Shop) -> list[str]:
    with shop_scope(shop):
        return sorted(Product.objects.values_list("sku", flat=True))


def counts(run: ImportRun) -> tuple[int, int, int, int, int]:
    """New, changed, unchanged, bad, gone."""
    return run.created, run.updated, run.unchanged, run.bad, run.gone
