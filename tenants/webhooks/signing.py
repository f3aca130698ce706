"""Secrets of an endpoint, and the body and headers that a message is sent with.

As Standard Webhooks (https://www.standardwebhooks.com) says it; the package `standardwebhooks`
signs, and checks for whoever receives.
"""

import base64
import json
import secrets
from datetime import UTC, datetime

from standardwebhooks import Webhook

from tenants.models import Shop
from tenants.models_webhooks import WebhookEndpoint, WebhookMessage
from tenants.sealed import unseal

SECRET_BYTES = 24
PREFIX = "whsec_"


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def secrets_of(endpoint: WebhookEndpoint, now: datetime) -> list[str]:
    """The secrets that sign at this time, the newest first. Raises tenants.sealed.Unreadable."""
    sealed = [endpoint.secret]
    until = endpoint.secret_before_until
    if endpoint.secret_before and until is not None and until > now:
        sealed.append(endpoint.secret_before)
    return [unseal(one) for one in sealed]


def body_of(message: WebhookMessage, shop: Shop) -> str:
    """The JSON that is sent, the same at every attempt."""
    payload = {
        "type": message.type,
        "timestamp": message.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "shop": shop.slug,
        "data": message.data,
    }
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def headers_of(uid: str, body: str, keys: list[str], now: datetime) -> dict[str, str]:
    """The headers of one attempt: a signature by each key, so that either may be checked."""
    at = now.astimezone(UTC)
    signatures = [Webhook(key).sign(msg_id=uid, timestamp=at, data=body) for key in keys]
    return {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": uid,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
