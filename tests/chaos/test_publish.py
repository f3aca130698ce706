"""A web process dies between the commit of a change and the message about it."""

import http.client
import json
from pathlib import Path

import pytest

from catalog.models import Product
from lookus.processes import wait_until
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.chaos.aftermath import everything_once, messages_are_late, wait_until_tagged
from tests.chaos.crew import Crew, family, gone
from tests.chaos.gate import PATIENCE, Place, gate
from tests.chaos.waiting import photo_addresses
from tests.database import Databases
from tests.factories import make_key, make_shop
from tests.support.daemons import free_port
from tests.support.shop_server import Site

ABOUT_TO_RING = Place(
    "tenants_outbox", "UPDATE", "NEW.topic = 'photo' AND NEW.published_at IS NOT NULL"
)


class Client:
    """A shop's server, which sends its write again under the same key."""

    def __init__(self, port: int, token: str, body: dict[str, object]) -> None:
        self.port, self.body = port, json.dumps(body)
        self.headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": "made-once",
        }

    def begin(self) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("PUT", "/api/v1/products/A1", self.body, self.headers)
        return connection

    def again(self) -> http.client.HTTPResponse:
        answer = self.begin().getresponse()
        answer.read()
        return answer

    def is_heard(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


@pytest.mark.chaos
def test_a_write_whose_process_dies_before_its_message_is_done_once(
    hands: Crew, site: Site, media: Path, databases: Databases
) -> None:
    shop: Shop = make_shop()
    token = make_key("sk", shop=shop)[1]
    (url,) = photo_addresses(site, 1)
    port = free_port()
    client = Client(port, token, {"title": "Shirt", "photos": [url]})
    web = hands.web(port)
    assert wait_until(client.is_heard, seconds=PATIENCE), web.text()
    with gate(databases.owner_url, ABOUT_TO_RING) as closed:
        cut = client.begin()
        closed.wait_for_somebody()
        victims = family(web.working)
        victims[0].kill()
        assert wait_until(lambda: gone(victims), seconds=PATIENCE)
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            cut.getresponse()
    assert wait_until(client.is_heard, seconds=PATIENCE), web.text()
    again = client.again()
    assert (again.status, again.headers["Idempotency-Replayed"]) == (201, "true")
    hands.clock()
    hands.worker()
    messages_are_late(shop)
    wait_until_tagged(shop, 1)
    everything_once(shop, 1, media)
    with shop_scope(shop):
        assert Product.objects.count() == 1
