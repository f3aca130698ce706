"""The first shop of somebody who just signed up, and every further one."""

import secrets
from itertools import chain, count, islice
from urllib.parse import urlsplit

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from tenants.auth import origin_text
from tenants.models import ApiKey, Mall, Shop, User
from tenants.services import key_create, mall_create, shop_create

SLUG_LENGTH = 40
SLUG_TRIES = 20
KEY_NAME = "Storefront"
# Names of hosts that say nothing about whose shop it is.
COMMON_LABELS = {"www", "m", "shop", "store", "mall"}


def shop_begin(
    *, owner: User, name: str, site: str, language: str, currency: str, mall: Mall | None = None
) -> Shop:
    """A new shop, in `mall` or in a new mall of the owner's, ready to be searched from its site.

    Its publishable key is made at once, and its site's origin may use it.
    """
    fields = {"name": name, "site": site, "language": language, "currency": currency}
    try:
        return _begin(owner, mall, fields)
    except IntegrityError:
        # Somebody took the same slug in this moment: the next free one is found.
        return _begin(owner, mall, fields)


@transaction.atomic
def _begin(owner: User, mall: Mall | None, fields: dict[str, str]) -> Shop:
    name, site = fields["name"], fields["site"]
    if mall is None:
        mall = mall_create(name=name, slug=_free_slug(Mall.objects.all(), name, site), owner=owner)
    origin = origin_text(site)
    slug = _free_slug(Shop.objects.all(), name, site)
    shop = shop_create(mall=mall, slug=slug, allowed_origins=[origin] if origin else [], **fields)
    key_create(kind=ApiKey.Kind.PUBLISHABLE, shop=shop, name=KEY_NAME)
    return shop


def _free_slug(rows: models.QuerySet, name: str, site: str) -> str:
    """A slug of the name, else of the site's host (Korean names have none), that nobody has."""
    stem = (slugify(name) or slugify(_label(site)) or "shop")[:SLUG_LENGTH].strip("-_")
    numbered = (f"{stem}-{number}" for number in count(2))
    tried = list(islice(chain([stem], numbered), SLUG_TRIES))
    taken = set(rows.filter(slug__in=tried).values_list("slug", flat=True))
    free = [slug for slug in tried if slug not in taken]
    return free[0] if free else f"{stem}-{secrets.token_hex(4)}"


def _label(site: str) -> str:
    labels = (urlsplit(site).hostname or "").split(".")
    telling = [one for one in labels[:-1] if one not in COMMON_LABELS]
    return telling[0] if telling else ""
