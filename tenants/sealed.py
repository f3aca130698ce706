"""Secrets that have to be read again: kept encrypted, under a key made of SECRET_KEY.

What only has to be recognised is kept as a digest instead (`ApiKey`).
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

PURPOSE = b"lookus.tenants.sealed:"


class Unreadable(ValueError):
    """Sealed under a SECRET_KEY that is neither the present one nor among the fallbacks."""


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed. Raises Unreadable."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable("sealed under another SECRET_KEY") from None


def _box() -> MultiFernet:
    """Seals with SECRET_KEY, opens with SECRET_KEY_FALLBACKS too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(str(one))) for one in keys])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(PURPOSE + secret.encode()).digest())
