"""Traces from a request through the outbox to the job, taken by a real collector."""

import json
import subprocess
import sys
import time
import timeit
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from catalog.models import Photo
from lookus.processes import wait_until
from lookus.watching import tracing as switch
from tenants import tracing
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_key, make_product, make_shop
from tests.support.commands import Commands, Web, commands
from tests.support.otlp_collector import Collector, Seen, otlp_collector
from tests.support.photos import painted_png

SECONDS = 120
PLANTED = "a-shopper-named-mina@example.com"


@dataclass
class Scene:
    collector: Collector
    run: Commands
    web: Web
    shop: Shop
    token: str

    def photo(self, sku: str, shade: int, **headers: str) -> int:
        files = {"image": (f"{PLANTED}.png", painted_png("upper", shade=shade), "image/png")}
        reply = self.web.post(
            f"/api/v1/products/{sku}/photos", self.token, files=files, headers=headers
        )
        assert reply.status_code in (200, 201, 202), reply.text
        return shade

    def wait(self, name: str, count: int = 1) -> list[Seen]:
        assert wait_until(lambda: len(self.collector.named(name)) >= count, seconds=SECONDS), (
            sorted({one.name for one in self.collector.spans})
        )
        return self.collector.named(name)


@pytest.fixture
def scene(transactional_db: None, tmp_path: Path, tiny_bundle: Path) -> Iterator[Scene]:
    shop = make_shop()
    make_product(shop, sku="first")
    make_product(shop, sku="second")
    _, token = make_key("sk", shop=shop)
    with (
        otlp_collector() as collector,
        commands(
            tmp_path,
            tiny_bundle,
            OTEL_EXPORTER_OTLP_ENDPOINT=collector.url,
            OTEL_BSP_SCHEDULE_DELAY="100",
            LOG_FORMAT="json",
        ) as run,
    ):
        yield Scene(collector, run, run.web(), shop, token)


def test_one_trace_leads_from_each_request_to_its_photos_and_says_nothing_of_anybody(
    scene: Scene,
) -> None:
    outside = "00-" + "ab" * 16 + "-" + "cd" * 8 + "-01"
    scene.photo("first", 0, traceparent=outside)
    scene.photo("second", 5)  # rings nobody: the first one's message is on its way
    scene.run.worker()
    posted = scene.wait("POST api/v1/products/<path:sku>/photos", 2)
    tagged = scene.wait("photo", 2)
    assert {one.trace for one in posted} == {one.trace for one in tagged}
    assert len({one.trace for one in posted}) == 2
    for one in tagged:
        (request,) = [other for other in posted if other.trace == one.trace]
        assert one.parent == request.span
        assert (request.service, one.service) == ("lookus-web", "lookus-worker")
        assert one.attributes["lookus.shop_id"] == scene.shop.pk
        assert request.attributes["lookus.shop_id"] == scene.shop.pk
    first = next(one for one in posted if "ab" * 16 in one.links)
    assert first.trace != "ab" * 16
    assert {"photo decode", "photos infer", "photos write"} <= scene.collector.of(first.trace)
    with shop_scope(scene.shop):
        assert {one.state for one in Photo.objects.all()} == {"done"}

    _searches_are_told_by_part(scene)
    _lines_name_their_trace(scene, first)
    _nothing_personal(scene)


def _searches_are_told_by_part(scene: Scene) -> None:
    files = {"image": (f"{PLANTED}.png", painted_png("upper", shade=9), "image/png")}
    reply = scene.web.post(
        f"/api/v1/search?who={PLANTED}",
        scene.token,
        files=files,
        data={"text": "red", "visitor": PLANTED},
        headers={"User-Agent": PLANTED, "X-Forwarded-For": "203.0.113.77"},
    )
    assert reply.status_code == 200, reply.text
    (search,) = scene.wait("POST api/v1/search")
    assert {"search decode", "search infer", "search sql"} <= scene.collector.of(search.trace)
    assert search.attributes["http.response.status_code"] == 200


def _lines_name_their_trace(scene: Scene, request: Seen) -> None:
    def lines(name: str) -> list[dict[str, Any]]:
        written = scene.run.log(name).read_text().splitlines()
        return [json.loads(line) for line in written if line.startswith("{")]

    (line,) = [
        one
        for one in lines(f"web-{scene.web.port}")
        if one["logger"] == "lookus.requests" and one["trace_id"] == request.trace
    ]
    assert line["request_id"] == request.attributes["lookus.request_id"]
    traces = {one["trace_id"] for one in lines("worker") if one["task"]}
    assert traces & {one.trace for one in scene.collector.named("catalog.tasks.tag_photos")}


def _nothing_personal(scene: Scene) -> None:
    scene.web.post("/invitation/a-secret-of-a-link/", scene.token)
    scene.wait("POST invitation/<token>/")
    told = b"".join(scene.collector.bodies)
    planted = (PLANTED, scene.token, "203.0.113.77", "a-secret-of-a-link", "mina", "127.0.0.1")
    assert [one for one in planted if one.encode() in told] == []
    names = {name for one in scene.collector.spans for name in one.attributes}
    assert names <= ALLOWED


ALLOWED = {
    "error.type",
    "http.request.method",
    "http.response.status_code",
    "http.route",
    "lookus.request_id",
    "lookus.shop_id",
    "photos",
    "resource service.name",
    "resource service.version",
    "resource service.instance.id",
    "resource telemetry.sdk.language",
    "resource telemetry.sdk.name",
    "resource telemetry.sdk.version",
}
"""Every attribute that we send. A new one is looked at before it stands here."""


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("OTEL_SDK_DISABLED", "OTEL_TRACES_EXPORTER", *switch.ENDPOINTS, *switch.PROTOCOLS):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://c:4318/v1/traces"}, True),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_TRACES_EXPORTER": "none"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_SDK_DISABLED": "true"}, False),
    ],
)
def test_the_standard_variables_switch_it(
    unset: pytest.MonkeyPatch, variables: dict[str, str], wanted: bool
) -> None:
    for name, value in variables.items():
        unset.setenv(name, value)
    assert switch.wanted() is wanted


def test_what_it_cannot_do_is_said(unset: pytest.MonkeyPatch) -> None:
    unset.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317")
    unset.setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
    with pytest.raises(ImproperlyConfigured, match="OTEL_EXPORTER_OTLP_PROTOCOL='grpc'"):
        switch.start("web")
    unset.delenv("OTEL_EXPORTER_OTLP_PROTOCOL")
    unset.setenv("OTEL_TRACES_EXPORTER", "zipkin")
    with pytest.raises(ImproperlyConfigured, match="zipkin"):
        switch.start("web")


OFF = """
import sys
import lookus.wsgi, lookus.celery
from django.conf import settings
from lookus.wsgi import application
loaded = [name for name in sys.modules if name.startswith("opentelemetry")]
print(loaded, "traced" in repr(application._middleware_chain))
"""


def test_where_it_is_off_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OFF],
        env={"LOOKUS_HOME": str(tmp_path), "SECRET_KEY": "x" * 50, "PATH": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "[] False", done.stdout + done.stderr


def test_where_it_is_off_a_span_costs_less_than_a_tenth_of_a_millisecond() -> None:
    """Some 300 ns here: a search with 50 spans spends 15 µs on them."""

    def one() -> None:
        with tracing.span("search sql"):
            pass

    assert not tracing.is_on()
    assert min(timeit.repeat(one, number=1000, repeat=5, timer=time.process_time)) < 0.1
