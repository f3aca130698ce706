"""Everyday work with a shop: its products are found, its catalogue kept."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Self, Unpack
from urllib.parse import quote
from uuid import uuid4

from lookus_client.asked import (
    Asked,
    Body,
    Lang,
    OutfitAsked,
    Photo,
    ProductsAsked,
    SearchAsked,
    as_text,
    body_of,
    said,
)
from lookus_client.errors import LookusError
from lookus_client.generated import AuthenticatedClient
from lookus_client.generated.models import (
    CatalogPhotoReply,
    EventBatchReply,
    ImportReply,
    OutfitReply,
    PhotoOutfitReply,
    ProductReply,
    ProductsReply,
    ResultReply,
    SearchReply,
)
from lookus_client.replies import json_of, read
from lookus_client.transport import Careful
from lookus_client.written import Written

PAGE = 200
"""Products a page: as many as the API gives."""
CHUNK = 500
"""Operations in one request: the API takes 1,000, and an answer within the timeout is safer."""
UNDER_WAY = ("pending", "working", "undoing")


class Lookus:
    """`Lookus("https://HOST", key="sk_…")`: a shop's own server, by its secret key.

    Reads, and writes that carry an Idempotency-Key, are sent up to `retries` times more where the
    API is busy or the network fails. Methods raise LookusError. `api` is the `client` that the
    calls of `lookus_client.generated.api` take: it raises and repeats in the same way.
    """

    def __init__(
        self,
        address: str,
        *,
        key: str,
        lang: Lang | None = None,
        timeout: float = 20.0,
        retries: int = 2,
    ) -> None:
        base = address.rstrip("/").removesuffix("/api/v1")
        headers = {
            "Authorization": f"Bearer {key}",
            "Accept": "application/json, application/problem+json",
        }
        if lang is not None:
            headers["Accept-Language"] = lang
        self._http = Careful(base_url=base, headers=headers, timeout=timeout, retries=retries)
        self.api = AuthenticatedClient(base_url=base, token=key)
        self.api.set_httpx_client(self._http)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def search(
        self,
        *,
        image: Photo | None = None,
        sketch: Photo | None = None,
        **asked: Unpack[SearchAsked],
    ) -> SearchReply:
        """By a photo, a drawing (with its `colors` and `category`), a product, words, or words
        beside one of them; with `cursor` a further page."""
        body = body_of(asked, image=image, sketch=sketch)
        return read(SearchReply, self._send("POST", "search", body))

    def results(
        self,
        *,
        image: Photo | None = None,
        sketch: Photo | None = None,
        **asked: Unpack[SearchAsked],
    ) -> Iterator[ResultReply]:
        """All results of a search, page after page; `limit` is a page's."""
        page = self.search(image=image, sketch=sketch, **asked)
        further: SearchAsked = {"limit": asked["limit"]} if "limit" in asked else {}
        while True:
            yield from page.results
            if page.next_cursor is None:
                return
            further["cursor"] = page.next_cursor
            page = self.search(**further)

    def similar(self, sku: str, **asked: Unpack[Asked]) -> SearchReply:
        """Products like one of the shop's, without itself."""
        told = self._get(f"products/{quote(sku, safe='')}/similar", as_text(asked))
        return read(SearchReply, told)

    def outfit(self, sku: str, **asked: Unpack[OutfitAsked]) -> OutfitReply:
        """What goes with one of the shop's products."""
        told = self._get(f"products/{quote(sku, safe='')}/outfit", as_text(asked))
        return read(OutfitReply, told)

    def outfit_of_photo(
        self, image: Photo | None = None, **asked: Unpack[OutfitAsked]
    ) -> PhotoOutfitReply:
        """What goes with what a photo shows: `image`, `image_url` or `image_id`."""
        told = self._send("POST", "outfit", body_of(asked, image=image))
        return read(PhotoOutfitReply, told)

    def tell(self, events: Sequence[Mapping[str, Any]], **of_all: Any) -> EventBatchReply:
        """What shoppers did, at most 500 events; one that is refused is told and no error."""
        body = Body(json={**of_all, "events": [dict(one) for one in events]})
        return read(EventBatchReply, self._send("POST", "events", body))

    def products(self, **asked: Unpack[ProductsAsked]) -> Iterator[ProductReply]:
        """All of them, or those that are asked for, in the order they came in."""
        cursor: str | None = None
        while True:
            params = said({**asked, "limit": PAGE, "cursor": cursor})
            page = read(ProductsReply, self._get("products", params))
            yield from page.results
            if page.next_cursor is None:
                return
            cursor = page.next_cursor

    def product(self, sku: str) -> ProductReply:
        return read(ProductReply, self._get(f"products/{quote(sku, safe='')}", {}))

    def put(self, products: Iterable[Mapping[str, Any]]) -> Written:
        """Create or replace products, each with its `sku`; as many as there are."""
        return self.write(_put(one) for one in products)

    def write(self, operations: Iterable[Mapping[str, Any]]) -> Written:
        """`{"op": "put" | "patch" | "delete", "sku": …, "product": …}`, as many as there are.

        One that is refused stops no other: see `Written.refused`.
        """
        done = Written()
        rest = iter(operations)
        while chunk := list(islice(rest, CHUNK)):
            body = Body(json={"operations": chunk})
            done.add(self._send("POST", "products/batch", body, once=True))
        return done

    def add_photo(
        self, sku: str, image: Photo | None = None, *, url: str | None = None
    ) -> CatalogPhotoReply:
        """Behind those that the product has: a file, or a public address. Tagged soon after."""
        path = f"products/{quote(sku, safe='')}/photos"
        told = self._send("POST", path, body_of({"url": url}, image=image), once=True)
        return read(CatalogPhotoReply, told)

    def import_file(
        self,
        file: Photo | None = None,
        *,
        url: str | None = None,
        dry: bool = False,
        complete: bool = False,
        mapping: Mapping[str, str] | None = None,
    ) -> ImportReply:
        """CSV, TSV, XML or ZIP, or its address. It is read afterwards: see `finished`."""
        asked = {"url": url, "dry": dry, "complete": complete, "mapping": mapping}
        told = self._send("POST", "imports", body_of(asked, file=file), once=True)
        return read(ImportReply, told)

    def finished(self, import_id: int, *, within: float = 600.0) -> ImportReply:
        """Waits until an import has ended or asks something. Raises LookusError `timeout`."""
        end = time.monotonic() + within
        while True:
            run = read(ImportReply, self._get(f"imports/{import_id}", {}))
            if run.state not in UNDER_WAY:
                return run
            if time.monotonic() > end:
                raise LookusError("timeout", f"The import is not through after {within:.0f} s.")
            time.sleep(1)

    def each(self, call: Callable[..., Any], *path: Any, **asked: Any) -> Iterator[Any]:
        """All items of a list among the generated calls: `each(imports.sync, state="done")`."""
        while True:
            page = call(*path, client=self.api, **asked)
            yield from page.results
            if page.next_cursor is None:
                return
            asked["cursor"] = page.next_cursor

    def _get(self, path: str, params: Mapping[str, Any]) -> dict[str, Any]:
        return json_of(self._http.get(f"/api/v1/{path}", params=dict(params)))

    def _send(self, method: str, path: str, body: Body, *, once: bool = False) -> dict[str, Any]:
        """`once`: done once, however often it is sent."""
        headers = {"Idempotency-Key": str(uuid4())} if once else {}
        return json_of(
            self._http.request(method, f"/api/v1/{path}", headers=headers, **body._asdict())
        )


def _put(product: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in product.items() if name != "sku"}
    return {"op": "put", "sku": product["sku"], "product": fields}
