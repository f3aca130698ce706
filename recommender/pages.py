"""The pages of one search: all are cut from the list that the first answer made.

A cursor is the search's id and how far its list was read. The list is kept for half an hour, so
products that come, go or change meanwhile neither shift the pages nor stand on two of them; what
is gone drops out. In the shop's scope.
"""

import base64
import binascii
import json
import struct
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from recommender.asked import Asked
from recommender.candidates import Candidate
from recommender.direct import direct
from recommender.grouping import Listed
from recommender.memory import REMEMBERED
from recommender.models import ResultList
from recommender.rank import Parts, Ranked
from tenants.problems import Problem
from tenants.scope import current_shop_id

OFFSET = struct.Struct(">I")
_KEEP = """
    INSERT INTO recommender_resultlist
        (shop_id, search_id, asked, rows, facts, created_at, expires_at)
    VALUES ({shop}, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A list that was kept, and where its next page starts."""

    search_id: uuid.UUID
    listed: Sequence[Listed]
    facts: Mapping[str, Any]
    start: int


def cursor_of(search_id: uuid.UUID, offset: int) -> str:
    return base64.urlsafe_b64encode(search_id.bytes + OFFSET.pack(offset)).decode().rstrip("=")


def cursor_read(cursor: str) -> tuple[uuid.UUID, int]:
    """The search and the offset that a cursor names. Raises ValueError for what is none."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError(cursor) from error
    if len(raw) != 16 + OFFSET.size:
        raise ValueError(cursor)
    return uuid.UUID(bytes=raw[:16]), OFFSET.unpack(raw[16:])[0]


def list_keep(
    *,
    search_id: uuid.UUID,
    asked: Asked,
    sources: Iterable[str],
    listed: Sequence[Listed],
    facts: Mapping[str, Any],
) -> None:
    """Keep a search's whole list for its next pages."""
    now = timezone.now()
    rows = json.dumps([_row(one) for one in listed], separators=(",", ":"))
    said = json.dumps({**facts, "sources": sorted(sources)}, separators=(",", ":"))
    direct(_KEEP, [search_id, asked.fingerprint(), rows, said, now, now + REMEMBERED])


def list_kept(asked: Asked) -> Kept:
    """The list that the cursor goes on with.

    Raises Problem: `cursor_expired` where there is none of this shop any more, `cursor_mismatch`
    where the request says what to look for and it is something else.
    """
    search_id, start = cursor_read(asked.cursor)
    row = ResultList.objects.filter(search_id=search_id, expires_at__gt=timezone.now()).first()
    if row is None:
        raise Problem("cursor_expired")
    if asked.anything:
        sources = set(asked.sources(shop_id=current_shop_id()))
        same_source = bool(sources & set(row.facts["sources"])) or not (
            sources or row.facts["sources"]
        )
        if not same_source or row.asked != asked.fingerprint():
            raise Problem("cursor_mismatch")
    return Kept(search_id, [_listed(one) for one in row.rows], row.facts, start)


def forget_expired() -> int:
    """Delete the lists of the shop in scope whose half hour is over; how many."""
    count, _ = ResultList.objects.filter(expires_at__lte=timezone.now()).delete()
    return int(count)


def _row(one: Listed) -> list[Any]:
    ranked, candidate, parts = one.ranked, one.ranked.candidate, one.ranked.parts
    return [
        candidate.product_id,
        candidate.photo_id,
        candidate.garment_id,
        ranked.score,
        parts.shape,
        parts.color,
        parts.pattern,
        parts.category,
        one.words,
        ranked.place,
        one.variants,
        one.duplicates,
    ]


def _listed(row: Sequence[Any]) -> Listed:
    """Of `_row`. What the garment is now is read with the page: see `results.matches`."""
    product_id, photo_id, garment_id, score, *said, words, place, variants, duplicates = row
    parts = Parts(*said)
    candidate = Candidate(
        product_id=product_id,
        photo_id=photo_id,
        garment_id=garment_id,
        distance=1.0 - parts.shape,
        category="",
        pattern="",
        color_family="",
    )
    ranked = Ranked(candidate, parts, score, place=place)
    return Listed(ranked, words, tuple(variants), tuple(duplicates))
