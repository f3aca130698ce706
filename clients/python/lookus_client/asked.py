"""What may be asked, by the API's own names: see its guide, docs/api.md."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple, TypedDict
from uuid import UUID

Photo = bytes | Path | BinaryIO
Filters = Mapping[str, Any]
"""As `{"color": ["red"], "price": {"max": 80000}, "in_stock": True}`."""
Box = tuple[int, int, int, int]
Lang = Literal["en", "ko"]


class Asked(TypedDict, total=False):
    """How to answer a search."""

    filters: Filters
    facets: Sequence[str] | Literal["all"]
    sort: Literal["relevance", "price_asc", "price_desc", "newest"]
    weights: Mapping[str, float]
    min_score: float
    group_by: Literal["variant", "none"]
    fold: bool
    limit: int
    cursor: str
    lang: Lang


class SearchAsked(Asked, total=False):
    """What to look for beside `image` and `sketch`, and how to answer."""

    image_url: str
    image_id: str | UUID | None
    colors: Sequence[str]
    category: str
    product_id: str
    text: str
    words_off: Sequence[str]
    box: Box
    object: int
    objects: Literal["all"]
    consent: bool
    visitor: str
    clicked: Sequence[str]


class OutfitAsked(TypedDict, total=False):
    """Of a product or of a photo; `box`, `object` and `objects` are for photos."""

    choices: int
    filters: Filters
    image_url: str
    image_id: str | UUID | None
    box: Box
    object: int
    objects: Literal["all"]
    lang: Lang


class ProductsAsked(TypedDict, total=False):
    """Which products to list; `updated_since` as `2026-01-31T09:00:00Z`."""

    sku: Sequence[str]
    updated_since: str
    in_stock: bool
    tagging: Literal["done", "waiting", "failed", "none"]
    brand: str


class Body(NamedTuple):
    """Arguments of `httpx.Client.request`."""

    json: Any = None
    data: dict[str, str] | None = None
    files: dict[str, Any] | None = None


def body_of(asked: Mapping[str, Any], **files: Photo | None) -> Body:
    """A form where there is a file, JSON otherwise; what is None is left out."""
    sent = {name: (name, read(file)) for name, file in files.items() if file is not None}
    if not sent:
        return Body(json=said(asked))
    return Body(data=as_text(asked), files=sent)


def as_text(asked: Mapping[str, Any]) -> dict[str, str]:
    """For forms and for what stands behind a question mark: lists and objects are JSON text."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in said(asked).items()
    }


def read(photo: Photo) -> bytes:
    """All of it: a request that is sent again needs it again."""
    if isinstance(photo, Path):
        return photo.read_bytes()
    return photo if isinstance(photo, bytes) else photo.read()


def said(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Ids may be given as replies have them."""
    return {
        name: str(value) if isinstance(value, UUID) else value
        for name, value in asked.items()
        if value is not None
    }
