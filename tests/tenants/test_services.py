from datetime import timedelta

import pytest
from django.utils import timezone

from tenants.models import ApiKey, Membership
from tenants.services import TooManyKeys, key_create, key_revoke, membership_set
from tests.factories import make_key, make_mall, make_shop, make_user

pytestmark = pytest.mark.django_db


def test_a_secret_key_is_shown_once_and_a_publishable_one_again() -> None:
    shop = make_shop()
    secret, token = make_key("sk", shop=shop)
    assert token.startswith("sk_")
    assert (secret.token, secret.hint) == ("", token[:10])
    assert secret.digest == ApiKey.digest_of(token)
    public, token = make_key("pk", shop=shop)
    assert public.token == token
    assert public.mall == shop.mall


def test_two_live_keys_of_a_kind_so_that_a_shop_can_change_over() -> None:
    shop = make_shop()
    first, _ = make_key("sk", shop=shop)
    second, _ = make_key("sk", shop=shop)
    with pytest.raises(TooManyKeys, match="2 live sk_ keys"):
        make_key("sk", shop=shop)
    make_key("pk", shop=shop)
    make_key("sk", shop=make_shop(shop.mall))
    assert key_revoke(key=first) is True
    assert key_revoke(key=first) is False
    make_key("sk", shop=shop)
    ApiKey.objects.filter(pk=second.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    make_key("sk", shop=shop)


def test_keys_of_a_mall() -> None:
    mall = make_mall()
    key, token = make_key("mk", mall=mall)
    assert (key.shop, key.mall, token[:3]) == (None, mall, "mk_")
    with pytest.raises(ValueError, match="mk keys of a mall"):
        key_create(kind="mk", shop=make_shop())
    with pytest.raises(ValueError, match="pk and sk keys are of a shop"):
        key_create(kind="sk", mall=mall)


def test_a_member_has_one_role_in_a_mall() -> None:
    mall = make_mall()
    user = make_user("viewer", mall=mall)
    membership_set(user=user, mall=mall, role=Membership.Role.OWNER)
    assert Membership.objects.get(user=user, mall=mall).role == "owner"
