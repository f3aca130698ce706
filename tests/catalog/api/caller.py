"""A shop's server with its secret key."""

import json
from typing import Any
from urllib.parse import quote

from django.test import Client

from tenants.models import Shop
from tests.factories import make_key

V1 = "/api/v1"


class Caller:
    def __init__(self, shop: Shop, kind: str = "sk", **headers: str) -> None:
        self.shop = shop
        self.token = make_key(kind, shop=shop)[1]
        self.headers = {"Authorization": f"Bearer {self.token}", **headers}

    def get(self, path: str, query: Any = None, **headers: str) -> Any:
        return Client().get(V1 + path, query or {}, headers=self.headers | names(headers))

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """`If_Match` is the header If-Match."""
        told = {} if body is None else {"data": json.dumps(body)}
        kind = {"content_type": headers.pop("kind", "application/json")}
        call = getattr(Client(), method)
        return call(V1 + path, **told, **kind, headers=self.headers | names(headers))

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("put", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("patch", path, body, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("post", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.send("delete", path, **headers)

    def form(self, path: str, fields: Any, **headers: str) -> Any:
        return Client().post(V1 + path, fields, headers=self.headers | names(headers))


def names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def at(sku: str) -> str:
    return f"/products/{quote(sku, safe='')}"


def fields(reply: Any) -> dict[str, str]:
    """The fields that a refusal names, with their codes."""
    assert reply.status_code == 400, reply.content
    return {one["field"]: one["code"] for one in reply.json()["errors"]}
