"""Addresses of stored photos: signed, and at an end after some hours.

S3 signs its own. Of photos on the disk the address says until when it holds, and a signature over
that and the name; the view that serves them asks `address_end`.
"""

import time
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.signing import BadSignature, Signer

from tenants.storage import WholeFileStorage

# S3 signs for no longer.
LONGEST_SECONDS = 7 * 24 * 3600
HOUR = 3600
PARAMETER = "signed"
_SALT = "tenants.media"


class SignedDiskStorage(WholeFileStorage):
    """Files on the disk whose addresses are signed."""

    def url(self, name: str | None, *, expire: int | None = None) -> str:
        """`expire` as S3Storage has it: the least seconds that the address shall hold.

        Asked within one span of that length it is the same address, so that browsers keep the
        photo; it holds for one to two spans.
        """
        span = expire or settings.MEDIA_URL_HOURS * HOUR
        until = (int(time.time()) // span + 2) * span
        signature = Signer(salt=_SALT).signature(_signed(str(name), until))
        return f"{super().url(name)}?{PARAMETER}={until}.{signature}"


def lasting_url(name: str, *, seconds: int) -> str:
    """An address for a file that somebody keeps: it holds for `seconds`, at most a week."""
    storage: Any = default_storage
    return str(storage.url(name, expire=min(seconds, LONGEST_SECONDS)))


def address_end(name: str, said: str) -> int | None:
    """Until when (Unix seconds) an address of this name with `signed=said` holds; None: it was
    never given out by us."""
    until, _, signature = said.partition(".")
    if not (until.isascii() and until.isdecimal()):
        return None
    try:
        Signer(salt=_SALT).unsign(f"{_signed(name, int(until))}:{signature}")
    except BadSignature:
        return None
    return int(until)


def _signed(name: str, until: int) -> str:
    return f"{until} {name}"
