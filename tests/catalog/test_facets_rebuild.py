"""`manage.py facets_rebuild` brings a catalogue from before facets in step."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.management.commands import facets_rebuild
from catalog.models import Garment, Product, ProductFacet
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_garment, make_photo, make_product, make_shop, unit_vector

pytestmark = pytest.mark.django_db(transaction=True)


def from_before(shop: Shop, sku: str, seed: int, **fields: str) -> Product:
    product = make_product(shop, sku=sku, **fields)
    photo = make_photo(product, stored=False, state="done", revision="r")
    make_garment(photo, embedding=unit_vector(seed))
    return product


def rebuild(**options: str) -> str:
    out = StringIO()
    call_command("facets_rebuild", stdout=out, **options)
    return out.getvalue()


def test_all_shops_products_get_what_they_lack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets_rebuild, "CHUNK", 2)
    shop, other = make_shop(slug="one"), make_shop(slug="two")
    first = from_before(shop, "A", 1, brand="Mori", season="summer")
    from_before(shop, "B", 1, brand="Mori", variant_group="g")
    from_before(shop, "C", 2, brand="Haru")
    from_before(other, "A", 1, brand="Theirs")
    make_product(shop, sku="never seen", brand="Unseen")
    assert rebuild().splitlines() == [
        "one: 3 products, 4 facets changed, 1 look-alikes",
        "two: 1 products, 1 facets changed, 0 look-alikes",
    ]
    with shop_scope(shop):
        brands = ProductFacet.objects.filter(kind="brand").order_by("product__sku")
        assert list(brands.values_list("value", flat=True)) == ["Mori", "Mori", "Haru"]
        rows = Garment.objects.order_by("product__sku")
        assert list(rows.values_list("fold", "variant_group")) == [
            (None, ""),
            (first.pk, "g"),
            (None, ""),
        ]
    with shop_scope(other):
        assert Garment.objects.get().fold is None
    assert rebuild(shop="one") == "one: 3 products, 0 facets changed, 1 look-alikes\n"


def test_a_shop_that_there_is_not_is_named() -> None:
    with pytest.raises(CommandError, match="no shop 'nowhere'"):
        rebuild(shop="nowhere")
