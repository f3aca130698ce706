"""schema.org Product on a page, as JSON-LD or microdata, to records that `PagesSource` reads."""

import hashlib
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import extruct

from catalog.imports.plain import plain_text
from catalog.imports.rows import MAX_PHOTOS

log = logging.getLogger(__name__)

SYNTAXES = ["json-ld", "microdata"]
MAX_DEPTH = 6
MAX_PRODUCTS = 300
PRODUCTS = {"Product", "ProductModel", "IndividualProduct", "SomeProducts"}
GROUP = "ProductGroup"
# Where a page's own product may stand; what it is related to stands elsewhere.
HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "about", "hasVariant")
IN_STOCK = {
    "instock": "yes", "instoreonly": "yes", "onlineonly": "yes", "limitedavailability": "yes",
    "preorder": "yes", "presale": "yes", "backorder": "yes", "madetoorder": "yes",
    "outofstock": "no", "soldout": "no", "discontinued": "no", "reserved": "no",
}  # fmt: skip
NUMBERS = ("sku", "productID", "mpn", "gtin", "gtin13", "gtin14", "gtin12", "gtin8")
LIST_PRICES = ("listprice", "strikethroughprice", "srp", "msrp")

# Of XHTML, which lxml refuses in a text that is decoded already.
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

Node = dict[str, Any]
Record = dict[str, Any]


def products_of(html: bytes, url: str) -> list[Record]:
    """The products that a page says it is about; none where it carries no schema.org Product."""
    text = html.decode("utf-8", "replace") if _is_utf8(html) else html.decode("cp949", "replace")
    try:
        said = extruct.extract(
            _DECLARATION.sub("", text),
            base_url=url,
            syntaxes=SYNTAXES,
            uniform=True,
            errors="ignore",
        )
    except Exception:  # whatever a stranger's page does to a parser, it is one page
        log.info("page not understood: %s", url, exc_info=True)
        return []
    records: dict[str, Record] = {}
    for syntax in SYNTAXES:
        for node in said.get(syntax) or ():
            for record in _records(node, url, {}, 0):
                records.setdefault(record["cells"]["sku"], record)
        if records:
            # Pages often say the same in both, and JSON-LD says more.
            break
    return list(records.values())[:MAX_PRODUCTS]


def _records(node: Any, url: str, group: Node, depth: int) -> Iterator[Record]:
    if depth > MAX_DEPTH:
        return
    if isinstance(node, list):
        for one in node:
            yield from _records(one, url, group, depth + 1)
        return
    if not isinstance(node, dict):
        return
    kinds = _types(node)
    if GROUP in kinds and node.get("hasVariant"):
        yield from _records(node["hasVariant"], url, node, depth + 1)
        return
    if kinds & (PRODUCTS | {GROUP}):
        yield _record(node, url, group)
        return
    for holder in HOLDERS:
        if holder in node:
            yield from _records(node[holder], url, group, depth + 1)


def _record(node: Node, url: str, group: Node) -> Record:
    page = urljoin(url, _text(node.get("url")) or url)
    offer = _offer(node)
    cells = {
        "sku": _number(node, offer, page),
        "title": plain_text(_said(node, group, "name")),
        "url": page if page.startswith(("http://", "https://")) else url,
        **_price(offer),
    }
    for ours, theirs in (("description", "description"), ("category", "category")):
        if text := _said(node, group, theirs):
            cells[ours] = plain_text(text)
    for name in ("brand", "color", "material", "pattern"):
        if text := _said(node, group, name):
            cells[name] = text
    parent: Any = group or next(iter(_many(node.get("isVariantOf"))), {})
    if isinstance(parent, dict) and (
        of := _text(parent.get("productGroupID")) or _first_number(parent)
    ):
        cells["variant_group"] = of[:100]
    if gender := _gender(node, group):
        cells["gender"] = gender
    if stock := IN_STOCK.get(_text(offer.get("availability")).rpartition("/")[2].lower()):
        cells["in_stock"] = stock
    photos = _photos(node, page) or _photos(group, page)
    others = {
        name: text for name in ("size", "gtin13", "mpn") if (text := _said(node, group, name))
    }
    return {"cells": cells, "photos": photos or None, "others": others}


def _price(offer: Node) -> dict[str, str]:
    """Price and currency of an offer; a list price beside it makes it the sale price."""
    price = _text(offer.get("price")) or _text(offer.get("lowPrice"))
    currency = _text(offer.get("priceCurrency"))
    full = ""
    for part in _many(offer.get("priceSpecification")):
        if not isinstance(part, dict):
            continue
        amount = _text(part.get("price"))
        currency = currency or _text(part.get("priceCurrency"))
        if _text(part.get("priceType")).rpartition("/")[2].lower() in LIST_PRICES:
            full = amount
        else:
            price = price or amount
    cells = {"price": price, "sale_price": ""}
    if full and price and full != price:
        cells = {"price": full, "sale_price": price}
    return cells | ({"currency": currency} if currency else {})


def _offer(node: Node) -> Node:
    """The offer that counts: the first that is to be had, else the first."""
    offers: list[Node] = []
    for one in _many(node.get("offers")):
        if isinstance(one, dict):
            inner = [two for two in _many(one.get("offers")) if isinstance(two, dict)]
            offers += [one] if "price" in one or "lowPrice" in one or not inner else inner
    there = (
        one for one in offers if not _text(one.get("availability")).lower().endswith("outofstock")
    )
    return next(there, offers[0] if offers else {})


def _number(node: Node, offer: Node, page: str) -> str:
    """The product's own number; a page that names none is known by its address."""
    found = _first_number(node) or _text(offer.get("sku"))
    if found:
        return found[:100]
    parts = urlsplit(page)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    if parts.query or not last or len(last) > 100:
        digest = hashlib.sha256(page.encode()).hexdigest()[:12]
        return f"{last[:80]}-{digest}".lstrip("-")
    return last


def _first_number(node: Node) -> str:
    return next((text for name in NUMBERS if (text := _text(node.get(name)))), "")


def _photos(node: Node, page: str) -> list[str]:
    found = []
    for image in _many(node.get("image")):
        if isinstance(image, dict):
            image = image.get("contentUrl") or image.get("url") or image.get("@id")  # noqa: PLW2901
        if text := _text(image):
            found.append(urljoin(page, text))
    return list(dict.fromkeys(found))[:MAX_PHOTOS]


def _gender(node: Node, group: Node) -> str:
    audience = node.get("audience") or group.get("audience") or {}
    first: Any = next(iter(_many(audience)), {})
    if not isinstance(first, dict):
        return ""
    return _text(first.get("suggestedGender")).rpartition("/")[2].lower()


def _said(node: Node, group: Node, name: str) -> str:
    """A text of the product, or of the group that it is a variant of."""
    return _text(node.get(name)) or _text(group.get(name))


def _text(value: Any) -> str:
    """A value as text: the first of several, the name of a thing."""
    if isinstance(value, list):
        return next((text for one in value if (text := _text(one))), "")
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value") or value.get("value"))
    if value is None or isinstance(value, bool):
        return ""
    # JSON may spell halves of signs, which no database keeps.
    return str(value).replace("\0", "").encode("utf-8", "replace").decode().strip()


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _types(node: Node) -> set[str]:
    return {str(one).rpartition("/")[2].rpartition(":")[2] for one in _many(node.get("@type"))}


def _is_utf8(html: bytes) -> bool:
    try:
        html.decode("utf-8")
    except UnicodeDecodeError:
        return b"euc-kr" not in html[:4096].lower() and b"cp949" not in html[:4096].lower()
    return True
