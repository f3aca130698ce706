"""Verbs about who: make malls, shops and keys; revoke keys."""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from tenants.models import ApiKey, Mall, Membership, Shop, User

LIVE_KEYS = 2
HINT_LENGTH = 10
# So long a key that was replaced goes on beside its successor.
KEY_OVERLAP = timedelta(days=1)


class TooManyKeys(ValueError):
    """A shop (or mall) has as many live keys of this kind as rotation needs."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"There are {LIVE_KEYS} live {kind}_ keys already: revoke the one that is no longer "
            "used, then make a new one."
        )


@transaction.atomic
def mall_create(*, name: str, slug: str, owner: User | None = None) -> Mall:
    """A new mall; `owner` becomes its owner."""
    mall = Mall.objects.create(name=name, slug=slug)
    if owner is not None:
        membership_set(user=owner, mall=mall, role=Membership.Role.OWNER)
    return mall


def membership_set(*, user: User, mall: Mall, role: str) -> Membership:
    """Give `user` this role in the mall, whatever the role was before."""
    membership, _ = Membership.objects.update_or_create(
        user=user, mall=mall, defaults={"role": role}
    )
    return membership


def shop_create(*, mall: Mall, name: str, slug: str, **fields: Any) -> Shop:
    """A new shop of the mall; `fields` are Shop's own (currency, language, allowed_origins …)."""
    return Shop.objects.create(mall=mall, name=name, slug=slug, **fields)


@transaction.atomic
def key_create(
    *, kind: str, shop: Shop | None = None, mall: Mall | None = None, name: str = ""
) -> tuple[ApiKey, str]:
    """A new key and its token, which is shown this once.

    `pk` and `sk` are of a shop, `mk` of a mall. At most two of a kind live at a time, so that a
    shop can change over from one to the next. Raises TooManyKeys.
    """
    if (kind == ApiKey.Kind.MALL) == (shop is not None):
        raise ValueError("pk and sk keys are of a shop, mk keys of a mall")
    owner = shop.mall if shop is not None else mall
    if owner is None:
        raise ValueError("a key needs its shop, or its mall")
    # One key at a time a mall, so that two clicks do not make a third key.
    Mall.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if ApiKey.objects.live().filter(mall=owner, shop=shop, kind=kind).count() >= LIVE_KEYS:
        raise TooManyKeys(kind)
    token = ApiKey.new_token(kind)
    key = ApiKey.objects.create(
        kind=kind,
        mall=owner,
        shop=shop,
        name=name,
        hint=token[:HINT_LENGTH],
        digest=ApiKey.digest_of(token),
        token=token if kind == ApiKey.Kind.PUBLISHABLE else "",
    )
    return key, token


@transaction.atomic
def key_replace(*, key: ApiKey) -> tuple[ApiKey, str]:
    """A successor of the key, and its token; the key itself ends a day later.

    Raises TooManyKeys while another of the kind lives beside it.
    """
    successor = key_create(
        kind=key.kind,
        shop=key.shop,
        mall=None if key.shop else key.mall,
        name=key.name,
    )
    end = timezone.now() + KEY_OVERLAP
    sooner = models.Q(expires_at=None) | models.Q(expires_at__gt=end)
    ApiKey.objects.live().filter(sooner, pk=key.pk).update(expires_at=end)
    return successor


def key_revoke(*, key: ApiKey) -> bool:
    """End a key at once; False if it was revoked before."""
    return bool(ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now()))
