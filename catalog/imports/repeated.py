"""What a catalogue says again and again, understood once: categories, colours, hosts."""

import re
from functools import lru_cache

from catalog.imports.meanings import gender_of
from catalog.models.product import Gender
from catalog.shop_taxonomy import ShopTaxonomy, shop_taxonomy
from catalog.words import category_of, exact_value, one_value
from tenants.fetch import FetchRefused, check_url

MOST = 4096
MAX_PLAIN = 1000
# Scheme and host, then a path of signs that mean nothing to anybody but the server.
_PLAIN = re.compile(r"(https?://[A-Za-z0-9.-]+\.[A-Za-z]{2,}/)[A-Za-z0-9/._~%=&?+,;!-]*$")


def category_in(text: str) -> str | None:
    """Our category that a path of the shop's own, as "Women > Shirts", means."""
    return _category_in(text, shop_taxonomy())


def value_in(kind: str, text: str) -> str | None:
    return _value_in(kind, text, shop_taxonomy())


def gender_in(text: str) -> str | None:
    """A product's gender, by the words that files use for it or by the shop's own."""
    named = gender_of(text) or exact_value("gender", text)
    return named if named in Gender.values else None


@lru_cache(maxsize=MOST)
def _category_in(text: str, _own: ShopTaxonomy) -> str | None:
    """Kept for a shop's words of today."""
    last = re.split(r"[>/|]", text)[-1]
    return exact_value("category", last) or category_of(last, text)


@lru_cache(maxsize=MOST)
def _value_in(kind: str, text: str, _own: ShopTaxonomy) -> str | None:
    return one_value(kind, text)


def is_plain_address(url: str) -> bool:
    """Whether a look at its signs says that it is a web address."""
    return len(url) <= MAX_PLAIN and _PLAIN.match(url) is not None


def address_check(url: str) -> None:
    """`check_url`, whose word on a host holds for every plain path there. Raises FetchRefused."""
    found = _PLAIN.match(url) if len(url) <= MAX_PLAIN else None
    if found is None or not _is_allowed(found[1]):
        check_url(url)


@lru_cache(maxsize=MOST)
def _is_allowed(start: str) -> bool:
    try:
        check_url(start)
    except FetchRefused:
        return False
    return True
