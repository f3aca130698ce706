"""Shops with photos that wait for a worker, and nobody who was told."""

from tenants import outbox
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.catalog.runs import HEADER, line
from tests.factories import make_photo, make_product, make_shop
from tests.support.photos import painted_png
from tests.support.shop_server import Site


def waiting_shop(site: Site, count: int) -> Shop:
    """One whose photos stand at the site's addresses, each another."""
    shop = make_shop()
    product = make_product(shop)
    urls = photo_addresses(site, count)
    photos = [make_photo(product, stored=False, source_url=url).pk for url in urls]
    with shop_scope(shop):
        outbox.announce(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=photos)
    # The message went to nobody, as with a broker that is down.
    Outbox.objects.filter(shop=shop).update(published_at=None)
    return shop


def catalogue(site: Site, rows: int, photos: int) -> str:
    """A file of so many products, the first of them with a photo each."""
    urls = photo_addresses(site, photos)
    lines = [line(at, image_url=urls[at] if at < photos else "") for at in range(rows)]
    return HEADER + "".join(lines)


def photo_addresses(site: Site, count: int) -> list[str]:
    return [site.put(f"/{at}.png", painted_png("upper", shade=at)) for at in range(count)]
