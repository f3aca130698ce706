"""Operators, who see every mall: a password alone does not let them in."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tenants.models import User
from tests.factories import PASSWORD, make_user
from tests.tenants.test_accounts_second_factor import code_of

pytestmark = pytest.mark.django_db
PAGES = ("/operator/", "/operator/money/", "/operator/numbers/", "/operator/tenants/mall/")


@pytest.fixture(autouse=True)
def asked_for(settings: Any) -> None:
    cache.clear()
    settings.OPERATOR_SECOND_FACTOR = True


@pytest.fixture
def operator() -> Client:
    user = User.objects.create_superuser("operator@example.com", PASSWORD)
    client = Client()
    client.post("/login/", {"login": user.email, "password": PASSWORD})
    return client


def test_an_operator_without_a_second_factor_makes_one_first(operator: Client) -> None:
    for page in PAGES:
        told = operator.get(page)
        assert (told.status_code, told["Location"]) == (302, "/2fa/totp/activate/"), page
        assert operator.post(page, {"name": "x"}).status_code == 302
    asked: Any = operator.get("/2fa/totp/activate/", follow=True)
    assert "Operators need a second factor" in asked.content.decode()
    operator.post(asked.redirect_chain[-1][0], {"password": PASSWORD})
    form: Any = operator.get("/2fa/totp/activate/")
    operator.post("/2fa/totp/activate/", {"code": code_of(form.context["form"].secret)})
    assert [operator.get(page).status_code for page in PAGES] == [200] * len(PAGES)


def test_an_installation_may_do_without(operator: Client, settings: Any) -> None:
    settings.OPERATOR_SECOND_FACTOR = False
    assert operator.get("/operator/").status_code == 200


def test_nobody_else_is_asked() -> None:
    owner, nobody = Client(), Client()
    owner.force_login(make_user("owner"))
    for client in (owner, nobody):
        assert client.get("/operator/")["Location"].startswith("/operator/login/")
    assert owner.get("/desk/").status_code in (200, 302)
