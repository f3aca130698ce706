"""/metrics: who may read it, and that its figures are true."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from billing.plans import PLANS
from billing.services import subscription_set, usage_record
from lookus.watching.collected import INSTALLATION
from lookus.watching.measures import MULTIPLE
from lookus.watching.parts import parts_forget
from lookus.watching.signs import sign_give
from recommender.signals import search_refused
from tenants import outbox
from tenants.models import Outbox
from tenants.scope import shop_scope
from tests.factories import make_key, make_mall, make_shop

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "a-token-that-nobody-guesses"


@pytest.fixture(autouse=True)
def asked_anew(settings: Any, tiny_bundle: Path) -> Iterator[None]:
    settings.VISION_BUNDLE = str(tiny_bundle)
    settings.CELERY_BROKER_URL = "memory://"
    INSTALLATION.forget()
    parts_forget()
    yield
    INSTALLATION.forget()
    parts_forget()


def read(**headers: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    INSTALLATION.forget()
    parts_forget()
    reply = Client().get("/metrics", headers=headers)
    assert reply.status_code == 200
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(reply.content.decode())
        for sample in family.samples
    }


def figure(found: dict[Any, float], name: str, **labels: str) -> float:
    return found.get((name, frozenset(labels.items())), 0.0)


def test_without_a_token_only_this_machine_reads_it(client: Client) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="::1").status_code == 200
    for stranger in ("203.0.113.7", "10.0.0.4", "", "nonsense"):
        assert client.get("/metrics", REMOTE_ADDR=stranger).status_code == 404
    assert client.post("/metrics").status_code == 405


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_a_proxy_on_this_machine_hands_nobody_through(client: Client, header: str) -> None:
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


def test_behind_a_proxy_loopback_is_everybody(client: Client, settings: Any) -> None:
    settings.BEHIND_PROXY = True
    assert client.get("/metrics").status_code == 404


def test_with_a_token_only_who_has_it_reads_it(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    _, key = make_key("sk")
    for wrong in ("", "Bearer", f"Bearer {TOKEN}x", TOKEN, f"Bearer {key}", "Bearer ü"):
        assert client.get("/metrics", headers={"Authorization": wrong}).status_code == 404
    far = {"REMOTE_ADDR": "203.0.113.7"}
    right = {"Authorization": f"Bearer {TOKEN}"}
    assert client.get("/metrics", headers=right, **far).status_code == 200


def test_the_queues_age_is_of_what_waits_and_not_of_what_is_put_off() -> None:
    shop = make_shop()
    now = timezone.now()
    rows = (("photo", 1, 90, None), ("photo", 2, 30, None), ("webhook", 3, 900, 600))
    for topic, object_id, age, later in rows:
        Outbox.objects.create(
            shop=shop,
            topic=topic,
            object_id=object_id,
            created_at=now - timedelta(seconds=age),
            leased_until=now + timedelta(seconds=later) if later else None,
        )
    found = read()
    assert figure(found, "lookus_queue_waiting", topic="photo") == 2
    assert 90 <= figure(found, "lookus_queue_age_seconds", topic="photo") < 150
    assert figure(found, "lookus_queue_waiting", topic="webhook") == 0
    assert ("lookus_queue_age_seconds", frozenset({("topic", "map")})) in found
    outbox.done(shop_id=shop.pk, topic="photo", object_ids=[1, 2])
    assert figure(read(), "lookus_queue_age_seconds", topic="photo") == 0


def test_quota_counts_malls_near_their_limit_and_names_none() -> None:
    mall = make_mall("a-mall-with-a-name")
    shop = make_shop(mall)
    subscription_set(mall=mall, plan="free")
    before = read()
    allowed = PLANS["free"].monthly["search"]
    with shop_scope(shop):
        usage_record(shop=shop, kind="search", reference="many", quantity=int(allowed * 0.85))
    after = read()
    shown = Client().get("/metrics").content.decode()
    assert mall.name not in shown
    assert shop.slug not in shown
    near = {"kind": "search", "percent": "80"}
    assert figure(after, "lookus_quota_malls", **near) == 1 + figure(
        before, "lookus_quota_malls", **near
    )
    assert figure(after, "lookus_quota_malls", kind="search", percent="100") == 0
    assert figure(after, "lookus_used_in_month", kind="search") == int(allowed * 0.85)


def test_a_workers_sign_is_told_and_its_absence_too() -> None:
    assert not [name for name, _ in read() if name == "lookus_worker_silent_seconds"]
    sign_give()
    assert 0 <= figure(read(), "lookus_worker_silent_seconds") < 60


def test_requests_and_refusals_are_counted_by_few_labels(client: Client) -> None:
    labels = {"area": "api", "method": "POST", "status": "401"}
    before = REGISTRY.get_sample_value("lookus_http_requests_total", labels) or 0
    client.post("/api/v1/search")
    assert REGISTRY.get_sample_value("lookus_http_requests_total", labels) == before + 1
    client.get("/wp-admin/setup.php")
    areas = {one["area"] for name, one in _samples() if name == "lookus_http_requests_total"}
    assert "wp-admin" not in areas
    refused = REGISTRY.get_sample_value("lookus_searches_refused_total", {"code": "empty"}) or 0
    search_refused.send(sender=None, shop=make_shop(), code="empty")
    now = REGISTRY.get_sample_value("lookus_searches_refused_total", {"code": "empty"})
    assert now == refused + 1


def _samples() -> Iterator[tuple[str, dict[str, str]]]:
    for family in REGISTRY.collect():
        for sample in family.samples:
            yield sample.name, sample.labels


COUNT = """
import sys
from lookus.watching.measures import SEARCHES_REFUSED, counted
if sys.argv[1] == "count":
    SEARCHES_REFUSED.labels("empty").inc(float(sys.argv[2]))
else:
    value = counted().get_sample_value("lookus_searches_refused_total", {"code": "empty"})
    print(value)
"""


def test_several_processes_add_up_and_the_dead_are_remembered(tmp_path: Path) -> None:
    def run(folder: str, *words: str) -> str:
        own = tmp_path / "metrics" / folder
        own.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "LOOKUS_HOME": str(tmp_path), MULTIPLE: str(own)}
        environment["DJANGO_SETTINGS_MODULE"] = "lookus.settings"
        done = subprocess.run(
            [sys.executable, "-c", COUNT, *words],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    run("web-1", "count", "2")
    run("web-1", "count", "3")
    run("worker-2", "count", "5")
    assert run("web-1", "read") == "10.0"
