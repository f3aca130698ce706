"""Rows for tests, made by plain functions through the services where there is one.

Those of a shop open its scope themselves.
"""

import hashlib
import io
import itertools
from typing import Any

import numpy as np
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from billing.services import subscription_set
from catalog.models import Garment, Photo, Product
from catalog.models.garment import EMBEDDING_SIZE
from catalog.shades import packed
from tenants.models import ApiKey, Mall, Membership, Shop, User
from tenants.scope import shop_scope
from tenants.services import key_create, mall_create, membership_set, shop_create

PASSWORD = "correct horse battery staple"
REVISION = "test-revision"

_numbers = itertools.count(1)


def make_user(role: str | None = None, *, mall: Mall | None = None, email: str = "") -> User:
    """A user; with `role` ("owner", "editor", "viewer") a member of `mall` or of a new one."""
    user = User.objects.create_user(email or f"user{next(_numbers)}@example.com", PASSWORD)
    if role is not None:
        membership_set(user=user, mall=mall or make_mall(), role=Membership.Role(role))
    return user


def make_mall(slug: str = "", *, name: str = "", plan: str = "") -> Mall:
    slug = slug or f"mall-{next(_numbers)}"
    mall = mall_create(name=name or slug.title(), slug=slug)
    if plan:
        subscription_set(mall=mall, plan=plan)
    return mall


def make_shop(mall: Mall | None = None, *, slug: str = "", **fields: Any) -> Shop:
    slug = slug or f"shop-{next(_numbers)}"
    return shop_create(
        mall=mall or make_mall(), slug=slug, name=fields.pop("name", slug.title()), **fields
    )


def make_key(
    kind: str = "sk", *, shop: Shop | None = None, mall: Mall | None = None, **fields: Any
) -> tuple[ApiKey, str]:
    """A key and its token."""
    if kind == "mk":
        return key_create(kind=kind, mall=mall or make_mall(), **fields)
    return key_create(kind=kind, shop=shop or make_shop(), **fields)


def make_product(shop: Shop | None = None, *, sku: str = "", **fields: Any) -> Product:
    shop = shop or make_shop()
    sku = sku or f"SKU-{next(_numbers)}"
    values = {"title": f"Product {sku}", "price": 39000, "currency": shop.currency} | fields
    with shop_scope(shop):
        return Product.objects.create(sku=sku, **values)


def make_photo(
    product: Product | None = None, *, data: bytes | None = None, stored: bool = True, **fields: Any
) -> Photo:
    """A photo whose file lies in the storage; `stored=False` leaves only its row."""
    product = product or make_product()
    if stored:
        data = data if data is not None else jpeg(seed=next(_numbers))
        fields = photo_kept(product.shop_id, data) | fields
    with shop_scope(product.shop_id):
        fields.setdefault("position", Photo.objects.filter(product=product).count())
        return Photo.objects.create(product=product, **fields)


def make_garment(photo: Photo | None = None, **fields: Any) -> Garment:
    """A garment in a photo, the product itself, with a random unit embedding."""
    photo = photo or make_photo(state=Photo.State.DONE, revision=REVISION)
    with shop_scope(photo.shop_id):
        product = Product.objects.get(pk=photo.product_id)
        values: dict[str, Any] = {
            "revision": photo.revision or REVISION,
            "region": "upper",
            "box": [10, 10, 90, 110],
            "area": 0.6,
            "is_product": True,
            "embedding": unit_vector(next(_numbers)),
            "palette": [
                {
                    "name": "navy",
                    "name_ko": "네이비",
                    "family": "navy",
                    "hex": "#1f2a44",
                    "share": 1.0,
                    "lab": [17.0, 3.0, -17.0],
                }
            ],
            "category": "t-shirt",
            "pattern": "solid",
            "style": "casual",
            "color_family": "navy",
            "gender": product.gender,
            "selling_price": product.price if product.sale_price is None else product.sale_price,
            "in_stock": product.in_stock,
        }
        values |= fields
        values.setdefault("shades", packed(values["palette"]))
        return Garment.objects.create(product=product, photo=photo, **values)


def unit_vector(seed: int) -> list[float]:
    """256 numbers of length 1, the same for the same seed."""
    vector = np.random.default_rng(seed).normal(size=EMBEDDING_SIZE)
    return [float(one) for one in vector / np.linalg.norm(vector)]


def jpeg(width: int = 96, height: int = 128, *, seed: int = 0, quality: int = 90) -> bytes:
    """A small JPEG: a coloured block on white, another for each seed."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    color = np.random.default_rng(seed).integers(0, 255, 3)
    pixels[height // 8 : -height // 8, width // 8 : -width // 8] = color
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=quality)
    return out.getvalue()


def photo_kept(shop_id: int, data: bytes, *, folder: str = "photos") -> dict[str, Any]:
    """The bytes in the storage: what a row of them says."""
    digest = hashlib.sha256(data).hexdigest()
    name = f"shops/{shop_id}/{folder}/{digest[:2]}/{digest}.jpg"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
    return {"file": name, "digest": digest, "width": width, "height": height}
