"""Lines of the log: their form, what they are about, and no secret in them."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.test import Client
from prometheus_client import REGISTRY

from lookus.celery import app
from lookus.processes import wait_until
from lookus.watching.hidden import MASK, without_secrets
from lookus.watching.logs import JsonLine, Line
from tenants.request_ids import current_request_id
from tenants.scope import shop_scope
from tests.factories import make_key, make_shop

SECRET_KEY = "django-insecure-0123456789abcdef"
SECRETS = {
    "Long0123456789_-abcdefghijkl": "key sk_kSomeLong0123456789_-abcdefghijkl!",
    "abcdefgh12345678ijkl": "STRIPE sk_live_51H8abcdefgh12345678ijkl",
    "c2VjcmV0c2VjcmV0c2VjcmV0": "whsec_c2VjcmV0c2VjcmV0c2VjcmV0",
    "hunter2": "could not reach amqp://lookus:hunter2@broker:5672//",
    "p4ss": "postgresql://lookus_app:p4ss@db/lookus refused",
    "eyJhbGciOi": "{'Authorization': 'Bearer eyJhbGciOi.payload.sign'}",
    "Zm9vOmJhcg": "Authorization: Basic Zm9vOmJhcg==",
    "swordfish": "smtp: user=x password=swordfish",
    "q1w2e3r4": '{"api_key": "q1w2e3r4"}',
    "s3ss10nk3y": "Cookie is __Host-lookus=s3ss10nk3y; lang=ko",
    "AbC-123-token": "Not Found: /invitation/AbC-123-token/",
    "NA-c9-xyz": "GET /password/reset/key/NA-c9-xyz/ 404",
    SECRET_KEY: f"settings.SECRET_KEY is {SECRET_KEY}",
}


@pytest.fixture
def lines() -> Iterator[Any]:
    """What is logged during the test as JSON objects."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLine((SECRET_KEY,)))
    root = logging.getLogger()
    root.addHandler(handler)
    loud = logging.getLogger("lookus.requests")
    former = loud.level
    loud.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    loud.setLevel(former)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("form", [JsonLine, Line])
def test_no_secret_is_written(secret: str, form: Any) -> None:
    formatter = form((SECRET_KEY,))
    record = logging.LogRecord("a", logging.ERROR, "f", 1, "%s", (SECRETS[secret],), None)
    assert secret not in formatter.format(record)
    assert MASK in formatter.format(record)
    try:
        raise ValueError(SECRETS[secret])
    except ValueError as error:
        told = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("a", logging.ERROR, "f", 1, "failed", (), told)
    assert secret not in formatter.format(record)


@pytest.mark.parametrize(
    "plain",
    [
        "GET /api/v1/products/sku_123/similar 200",
        "photo 12: the lease was lost, nothing is written",
        "the token of the snippet is new",
        "http://localhost:8000/healthz answered",
    ],
)
def test_what_is_no_secret_stays(plain: str) -> None:
    assert without_secrets(plain) == plain


@pytest.mark.django_db(transaction=True)
def test_a_request_is_one_line_with_its_name_its_shop_and_no_token(lines: Any) -> None:
    shop = make_shop()
    _, token = make_key("sk", shop=shop)
    headers = {"Authorization": f"Bearer {token}", "X-Request-ID": "from-the-caller-1"}
    Client().get("/api/v1/products?cursor=private", headers=headers)
    Client().get("/invitation/a-secret-of-a-link/")
    own, other = (one for one in lines() if one["logger"] == "lookus.requests")
    assert own["request_id"] == "from-the-caller-1"
    assert (own["shop_id"], own["status"], own["method"]) == (shop.pk, 400, "GET")
    assert own["route"] == "api/v1/products"
    assert own["milliseconds"] >= 0
    assert other["shop_id"] is None
    assert other["request_id"] != own["request_id"]
    written = json.dumps(lines())
    assert token not in written
    assert "a-secret-of-a-link" not in written
    assert "private" not in written


@pytest.mark.django_db(transaction=True)
def test_a_line_inside_a_scope_names_its_shop(lines: Any) -> None:
    shop = make_shop()
    with shop_scope(shop):
        logging.getLogger("any").warning("inside")
    logging.getLogger("any").warning("outside")
    assert [one["shop_id"] for one in lines()[-2:]] == [shop.pk, None]


def test_a_job_has_the_name_of_the_request_that_asked_for_it() -> None:
    told: list[dict[str, Any]] = []

    @app.task(name="tests.told")
    def tell(shop_id: int) -> None:
        record = logging.LogRecord("any", logging.INFO, "f", 1, "at work", (), None)
        told.append(json.loads(JsonLine().format(record)))

    token = current_request_id.set("asked-by-a-request")
    try:
        with start_worker(app, pool="solo", perform_ping_check=False, loglevel="WARNING"):
            tell.apply_async(args=[7])
            assert wait_until(lambda: bool(told), seconds=30)
    finally:
        current_request_id.reset(token)
    assert (told[0]["task"], told[0]["shop_id"]) == ("tests.told", 7)
    assert told[0]["request_id"] == "asked-by-a-request"
    count = {"task": "tests.told", "state": "success"}
    counted = lambda: REGISTRY.get_sample_value("lookus_tasks_total", count)  # noqa: E731
    assert wait_until(lambda: counted() == 1, seconds=30)
