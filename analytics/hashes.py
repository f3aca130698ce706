"""Names that mean nothing elsewhere: keyed hashes, another in each shop. In the shop's scope."""

import hmac

from django.conf import settings

from tenants.scope import current_shop_id

SHORT = 32
"""Hexadecimal digits that are kept of what stays longer than a session."""


def session_hash(session: str) -> str:
    """Of the page's own name for a session."""
    return _hash("session", session)


def visitor_hash(visitor: str) -> str:
    """Of the id that a device keeps for this shop, where its owner agreed; empty for none."""
    return _hash("visitor", visitor)[:SHORT] if visitor else ""


def order_hash(order: str) -> str:
    """Of the shop's own order number; empty for none."""
    return _hash("order", order)[:SHORT] if order else ""


def _hash(kind: str, name: str) -> str:
    said = f"{kind}:{current_shop_id()}:{name}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), said, "sha256").hex()
