"""Near-duplicates as the shipped bundle sees them: the limit belongs to its embedding."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageEnhance, ImageOps

from catalog import tasks
from catalog.models import Garment
from catalog.services.photos import PhotoSource, photo_store
from catalog.services.products import ProductRow, products_put
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_shop
from vision.render import demo_catalogue
from vision.render.compose import render

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]

FULL = Path(__file__).parents[2] / "vision/bundles/full"
CHANGED = {
    "smaller": lambda photo: photo.resize((photo.width * 7 // 10, photo.height * 7 // 10)),
    "darker": ImageEnhance.Brightness,
    "wider": lambda photo: ImageOps.expand(photo, photo.width // 12, photo.getpixel((1, 1))),
}


def jpeg(photo: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=quality)
    return out.getvalue()


def put(shop: Shop, sku: str, title: str, photo: Image.Image, quality: int = 90) -> None:
    stored = photo_store(shop_id=shop.pk, data=jpeg(photo, quality))
    row = ProductRow(sku, {"title": title}, photos=[PhotoSource(stored=stored)])
    with shop_scope(shop):
        products_put(rows=[row], currency="KRW")


def test_a_photo_listed_once_more_is_folded_and_other_products_are_not(settings: Any) -> None:
    settings.VISION_BUNDLE = str(FULL)
    shop = make_shop()
    products = list(demo_catalogue("atelier", 4))
    photos = [
        Image.fromarray(render(one.specs[0], width=450, height=600).image) for one in products
    ]
    for product, photo in zip(products, photos, strict=True):
        put(shop, product.sku, product.title, photo)
    for name, change in CHANGED.items():
        changed = change(photos[0])
        if isinstance(changed, ImageEnhance.Brightness):
            changed = changed.enhance(0.94)
        put(shop, name, products[0].title, changed, quality=60)
    tasks.tag_photos(shop.pk)
    with shop_scope(shop):
        rows = Garment.objects.filter(is_product=True).values_list("product__sku", "fold")
        folds = dict(rows)
        original = Garment.objects.filter(product__sku=products[0].sku, is_product=True).get()
        assert len(folds) == len(products) + len(CHANGED)
        assert {folds[name] for name in CHANGED} == {original.product_id}
        assert {folds[one.sku] for one in products} == {None}
