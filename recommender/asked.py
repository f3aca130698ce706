"""What a search is asked, once its form is checked."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from recommender.filters import Filters
from recommender.memory import digest_of, image_id_of
from recommender.rank import PARTS, Weights
from recommender.sketch.sent import Sketch
from vision.types import Box

Sort = Literal["relevance", "price_asc", "price_desc", "newest"]
SORTS: tuple[Sort, ...] = ("relevance", "price_asc", "price_desc", "newest")
GROUPS = ("variant", "none")


@dataclass(frozen=True, slots=True)
class Asked:
    """At most one of `image`, `image_url`, `image_id`, `sketch` and `sku`, words or both; and how
    to answer.

    A `cursor` alone goes on with the search that gave it. `visitor` is the page's own opaque name
    of who looks, `clicked` the SKUs of this session, the latest last: neither is kept. `consent`
    is the shopper's, to the photo being kept with people hidden, where the shop keeps any. `robot`:
    no shopper asks; it is answered and paid for, and counted apart.
    """

    image: bytes | None = None
    image_url: str = ""
    image_id: uuid.UUID | None = None
    sketch: Sketch | None = None
    sku: str = ""
    text: str = ""
    words_off: tuple[str, ...] = ()
    box: Box | None = None
    object: int | None = None
    every_object: bool = False
    filters: Filters = field(default_factory=Filters)
    facets: tuple[str, ...] = ()
    sort: Sort = "relevance"
    weights: Weights | None = None
    min_score: float = 0.0
    by_variant: bool = True
    fold: bool = True
    limit: int = 6
    cursor: str = ""
    consent: bool = False
    visitor: str = ""
    clicked: tuple[str, ...] = ()
    robot: bool = False
    lang: str = "en"

    @property
    def digest(self) -> str:
        """Of the bytes that came, a photo's or a drawing's; "" where none did."""
        if self.sketch is not None:
            return self.sketch.digest
        return digest_of(self.image) if self.image is not None else ""

    @property
    def sends_picture(self) -> bool:
        """Bytes have to be seen, or known again."""
        return bool(self.image is not None or self.sketch or self.image_url)

    @property
    def only_seen(self) -> bool:
        """Only what a photo shows is asked for, no products."""
        return self.limit == 0 and not self.cursor

    @property
    def anything(self) -> bool:
        """Whether it says what to look for; a cursor alone does not."""
        return bool(self.sends_picture or self.image_id or self.sku or self.text)

    def sources(self, *, shop_id: int) -> Iterator[str]:
        """The names of the photo or product, so that a cursor can be held to its own query."""
        if digest := self.digest:
            yield f"image:{image_id_of(digest, shop_id=shop_id)}"
        if self.image_id is not None:
            yield f"image:{self.image_id}"
        if self.image_url:
            yield f"url:{hashlib.sha256(self.image_url.encode()).hexdigest()}"
        if self.sku:
            yield f"product:{self.sku}"

    def fingerprint(self) -> str:
        """SHA-256 of what decides the list of results, its source and its paging left out."""
        said: dict[str, Any] = {
            "text": self.text,
            "words_off": sorted(self.words_off),
            "box": self.box,
            "object": self.object,
            "filters": self.filters.as_json(),
            "sort": self.sort,
            "weights": self.weights and [getattr(self.weights, name) for name in PARTS],
            "min_score": self.min_score,
            "by_variant": self.by_variant,
            "fold": self.fold,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
