"""Verbs about endpoints: make, change, delete, give a new secret."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tenants.addresses import FetchRefused, check_url
from tenants.audit import audit_record
from tenants.models import Shop, User
from tenants.models_webhooks import WebhookDelivery, WebhookEndpoint
from tenants.sealed import seal
from tenants.webhooks.events import EVENT_TYPES
from tenants.webhooks.signing import new_secret

MOST = 10
State = WebhookDelivery.State


class EndpointRefused(ValueError):
    """`field` is what was wrong, `code` why, `message` in the language of the request."""

    def __init__(self, field: str, code: str) -> None:
        self.field, self.code = field, code
        self.message = gettext(REASONS[code]) % {"most": MOST, "known": ", ".join(EVENT_TYPES)}
        super().__init__(self.message)


REASONS = {
    "address_refused": gettext_noop(
        "This address cannot be used: only public addresses on port 443 are called."
    ),
    "https": gettext_noop("The address must begin with https://."),
    "unknown_type": gettext_noop("There is no such event; there are %(known)s."),
    "none": gettext_noop("Choose at least one event."),
    "many": gettext_noop("A shop has at most %(most)s webhooks: delete one first."),
}


def endpoint_create(
    *,
    shop: Shop,
    url: str,
    types: Sequence[str],
    description: str = "",
    enabled: bool = True,
    by: User | None = None,
) -> tuple[WebhookEndpoint, str]:
    """A new endpoint and its secret, which is shown this once. Call it in the shop's scope.

    Raises EndpointRefused.
    """
    _check(url, types)
    # One at a time a shop, so that two clicks do not make one too many.
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    if WebhookEndpoint.objects.count() >= MOST:
        raise EndpointRefused("url", "many")
    secret = new_secret()
    endpoint = WebhookEndpoint.objects.create(
        url=url.strip(),
        types=_ordered(types),
        description=description.strip(),
        enabled=enabled,
        secret=seal(secret),
    )
    audit_record(actor=by, action="add", target=endpoint, changes={"types": ", ".join(types)})
    return endpoint, secret


def endpoint_change(
    *, endpoint: WebhookEndpoint, by: User | None = None, **fields: Any
) -> WebhookEndpoint:
    """Set `url`, `types`, `description`, `enabled`. Switched on again, it begins anew.

    Raises EndpointRefused.
    """
    _check(fields.get("url", endpoint.url), fields.get("types", endpoint.types))
    if "types" in fields:
        fields["types"] = _ordered(fields["types"])
    changes = {
        name: [getattr(endpoint, name), value]
        for name, value in fields.items()
        if getattr(endpoint, name) != value
    }
    if not changes:
        return endpoint
    if changes.get("enabled") == [False, True]:
        fields |= {"failing_since": None, "off_reason": ""}
    for name, value in fields.items():
        setattr(endpoint, name, value)
    endpoint.save(update_fields=list(fields))
    audit_record(actor=by, action="change", target=endpoint, changes=changes)
    return endpoint


def endpoint_delete(*, endpoint: WebhookEndpoint, by: User | None = None) -> None:
    """Delete it with its deliveries; the worker finds nothing of what waited."""
    audit_record(actor=by, action="delete", target=endpoint)
    endpoint.delete()


def secret_rotate(*, endpoint: WebhookEndpoint, by: User | None = None) -> str:
    """A new secret, shown this once. The former one signs too, for WEBHOOK_SECRET_OVERLAP_HOURS."""
    secret = new_secret()
    endpoint.secret_before = endpoint.secret
    endpoint.secret_before_until = timezone.now() + timedelta(
        hours=settings.WEBHOOK_SECRET_OVERLAP_HOURS
    )
    endpoint.secret = seal(secret)
    endpoint.save(update_fields=["secret", "secret_before", "secret_before_until"])
    audit_record(actor=by, action="rotate", target=endpoint)
    return secret


def endpoint_off(*, endpoint: WebhookEndpoint, reason: str) -> bool:
    """Switch it off for a reason of ours (`gone`, `failing`); False if it was off before.

    What waits for it is given up; the owner may send it again.
    """
    rows = WebhookEndpoint.objects.filter(pk=endpoint.pk, enabled=True)
    if not rows.update(enabled=False, off_reason=reason):
        return False
    WebhookDelivery.objects.filter(endpoint_id=endpoint.pk, state=State.WAITING).update(
        state=State.FAILED, next_at=None
    )
    audit_record(actor=None, action="switch_off", target=endpoint, changes={"reason": reason})
    return True


def _check(url: str, types: Sequence[str]) -> None:
    try:
        target = check_url(url)
    except FetchRefused:
        raise EndpointRefused("url", "address_refused") from None
    if target.scheme != "https" and not target.trusted:
        raise EndpointRefused("url", "https")
    if not set(types) <= set(EVENT_TYPES):
        raise EndpointRefused("types", "unknown_type")
    if not types:
        raise EndpointRefused("types", "none")


def _ordered(types: Sequence[str]) -> list[str]:
    return [one for one in EVENT_TYPES if one in types]
