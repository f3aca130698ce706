"""A mall's person at the admin of a shop."""

from typing import Any

from django.test import Client

from tenants.models import Shop
from tests.factories import make_user


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
