"""Many rows in one statement: every kind of value arrives as it was."""

import pytest
from django.db import DataError

from catalog.models import Garment, Product
from tenants.bulk import rows_insert, rows_update
from tenants.scope import shop_scope
from tests.factories import make_garment, make_shop

pytestmark = pytest.mark.django_db(transaction=True)

ODD = ['a "quote"', "back\\slash", "{brace},comma", "NULL", "", "line\nend", "한글 🧥", "'"]


def test_odd_texts_numbers_and_json_arrive_as_they_were() -> None:
    shop = make_shop()
    rows = [
        (f"S{at}", text, None if at % 2 else at, {"k": text, "n": [1, None]}, at % 3 == 0)
        for at, text in enumerate(ODD)
    ]
    with shop_scope(shop):
        names = ("sku", "title", "price", "attributes", "in_stock")
        made = rows_insert(Product, names, rows, fixed={"currency": "KRW"}, returning=("sku", "id"))
        assert len(made) == len(ODD)
        found = Product.objects.order_by("pk")
        kept = [(p.sku, p.title, p.price, p.attributes, p.in_stock) for p in found]
        assert sorted(kept) == sorted(rows)
        assert {one.gender for one in found} == {""}
        changed = [(pk, f"{sku} \\ new", None) for sku, pk in made]
        assert len(rows_update(Product, ("title", "price"), changed)) == len(ODD)
        assert Product.objects.get(sku="S1").title == "S1 \\ new"
        assert rows_insert(Product, names, []) == [] and rows_update(Product, names, []) == []


def test_what_is_too_long_or_holds_a_nul_is_refused_and_moves_no_other_row() -> None:
    shop = make_shop()
    for bad in ("x" * 301, "nul\0nul"):
        rows = [("A", "good", 1), ("B", bad, 2), ("C", "good", 3)]
        with pytest.raises((DataError, ValueError)), shop_scope(shop):
            rows_insert(Product, ("sku", "title", "price"), rows, fixed={"currency": "KRW"})
    with shop_scope(shop):
        assert not Product.objects.exists()


def test_rows_of_another_shop_are_out_of_reach() -> None:
    shop, other = make_shop(), make_shop()
    garment = make_garment()
    assert garment.shop_id not in (shop.pk, other.pk)
    with shop_scope(shop):
        assert rows_update(Garment, ("category",), [(garment.pk, "hat")]) == []
        rows_insert(Product, ("sku",), [("A",)], fixed={"currency": "KRW", "title": "T"})
    with shop_scope(other):
        assert not Product.objects.exists()
    with shop_scope(garment.shop_id):
        assert Garment.objects.get().category != "hat"
