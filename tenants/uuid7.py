"""UUIDs of version 7 (RFC 9562): 48 bits of milliseconds since 1970, the rest random."""

import uuid
from datetime import UTC, datetime, timedelta

VERSION = 7
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 1, 1, tzinfo=UTC)


def uuid7(at: datetime | None = None) -> uuid.UUID:
    """A new one of this time; now without it. Python 3.14 has its own."""
    when = at or datetime.now(UTC)
    number = int(when.timestamp() * 1000) << 80 | uuid.uuid4().int & (1 << 80) - 1
    number = number & ~(0xF << 76) | VERSION << 76
    return uuid.UUID(int=number & ~(0b11 << 62) | 0b10 << 62)


def uuid7_time(one: uuid.UUID) -> datetime | None:
    """The time in it, by the clock of who made it; None for another version, and past all years."""
    if one.version != VERSION:
        return None
    at = timedelta(milliseconds=one.int >> 80)
    return EPOCH + at if at < LAST - EPOCH else None
