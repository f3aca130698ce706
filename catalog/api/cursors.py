"""Pages by key: a cursor names the last row that was shown, so nothing is shown twice or skipped,
whatever comes or goes in between."""

import base64
import binascii

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.api.words import refused

LENGTH = 8


def cursor_of(pk: int) -> str:
    return base64.urlsafe_b64encode(pk.to_bytes(LENGTH, "big")).decode().rstrip("=")


@extend_schema_field({"type": "string"})
class CursorField(serializers.Field):
    """The id that the page begins behind."""

    def to_internal_value(self, data: object) -> int:
        try:
            raw = base64.b64decode(f"{data}=", altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise refused("not_a_cursor") from None
        if len(raw) != LENGTH or raw[0] & 0x80:
            raise refused("not_a_cursor")
        return int.from_bytes(raw, "big")
