"""A mall's person at the admin of a shop."""

from collections.abc import Iterable
from typing import Any

from django.test import Client

from tenants.models import Shop
from tests.factories import make_user


def statements_of(sent: Iterable[dict[str, str]]) -> list[str]:
    """What a page asked the database. In a test's own transaction each scope is a savepoint that is
    tidied up behind: that is left out."""
    tidy = ("SAVEPOINT", "SET LOCAL lookus.shop_id = ''")
    return [one["sql"] for one in sent if not any(word in one["sql"] for word in tidy)]


class Desk:
    """A client logged in with a role in the shop's mall; addresses are those below the shop."""

    def __init__(self, shop: Shop, role: str = "owner") -> None:
        self.user = make_user(role, mall=shop.mall)
        self.base = f"/admin/{shop.slug}/"
        self.client = Client()
        self.client.force_login(self.user)

    def get(self, path: str, **fields: Any) -> Any:
        return self.client.get(self.base + path, **fields)

    def page(self, path: str) -> str:
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return str(response.content.decode())

    def post(self, path: str, *, follow: bool = False, **fields: Any) -> Any:
        return self.client.post(self.base + path, fields, follow=follow)
