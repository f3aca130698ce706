"""/readyz, /metrics and the doctor say the same of a part that is gone, hangs, and is back."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
import yaml
from django.db import connections
from django.test import Client

from lookus.doctor import database, files, services
from lookus.doctor.findings import Finding
from lookus.processes import wait_until
from lookus.watching import parts
from lookus.watching.collected import INSTALLATION
from tests.database import Databases
from tests.docker.files import DOCKER
from tests.factories import make_key
from tests.support.daemons import redis_server, s3_server
from tests.support.relay import Relay, relay, tcp, unix

pytestmark = pytest.mark.django_db(transaction=True)

Check = Callable[[], Iterator[Finding]]


@dataclass
class Part:
    """`named` is what the parts are called that fail with it; `word` what /readyz says then."""

    wire: Relay
    check: Check
    named: tuple[str, ...]
    word: str


@pytest.fixture(autouse=True)
def asked_anew(settings: Any, tiny_bundle: Path) -> Iterator[None]:
    settings.VISION_BUNDLE = str(tiny_bundle)
    settings.CELERY_BROKER_URL = "memory://"
    forget()
    # It answers in half the time that it may take: the machine may be busy.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "ANSWER_SECONDS", 4.0)
        yield
    forget()


def forget() -> None:
    INSTALLATION.forget()
    parts.parts_forget()


@pytest.fixture
def postgres(databases: Databases) -> Iterator[Part]:
    address = urlsplit(databases.app_url)
    asked = parse_qs(address.query)
    if "host" not in asked:
        pytest.skip("the server is not ours: its socket is unknown")
    with relay(unix(f"{asked['host'][0]}/.s.PGSQL.{asked['port'][0]}")) as wire:
        databases.point("default", f"postgresql://lookus_app@127.0.0.1:{wire.port}{address.path}")
        connections["default"].close()
        yield Part(wire, database.database_check, ("database", "migrations"), "unready")
        connections["default"].close()
        databases.point("default", databases.app_url)


@pytest.fixture
def broker(settings: Any) -> Iterator[Part]:
    with redis_server() as server, relay(tcp(server.port)) as wire:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{wire.port}/0"
        yield Part(wire, services.broker_check, ("broker",), "degraded")


@pytest.fixture
def storage(settings: Any) -> Iterator[Part]:
    with s3_server("photos") as server, relay(tcp(server.port)) as wire:
        settings.MEDIA_STORAGE = "s3"
        settings.STORAGES = settings.STORAGES | {
            "default": {
                "BACKEND": "tenants.storage_s3.S3MediaStorage",
                "OPTIONS": {
                    "bucket_name": "photos",
                    "endpoint_url": f"http://127.0.0.1:{wire.port}",
                    "region_name": "us-east-1",
                    "access_key": "any",
                    "secret_key": "any",
                    "timeout": 30,
                },
            }
        }
        yield Part(wire, files.storage_check, ("storage",), "degraded")


def told() -> tuple[str, set[str]]:
    """What /readyz says, in time, and the parts that fail by it; /metrics must say the same."""
    forget()
    started = time.monotonic()
    reply = Client().get("/readyz")
    assert time.monotonic() - started < patience_of_the_cluster()
    failed = {name for name, state in reply.json()["parts"].items() if state == "failed"}
    assert reply.status_code == (503 if reply.json()["status"] == "unready" else 200)
    shown = Client().get("/metrics").content.decode()
    down = {part for part in parts.PARTS if f'lookus_part_up{{part="{part}"}} 0.0' in shown}
    assert down == failed
    return reply.json()["status"], failed


def worst(part: Part) -> str:
    """What the doctor says of it by its own name."""
    states = {one.state for one in part.check() if one.check == part.named[0]}
    return "wrong" if "wrong" in states else "ok"


@pytest.mark.parametrize("name", ["postgres", "broker", "storage"])
def test_a_part_that_is_gone_and_is_back(name: str, request: pytest.FixtureRequest) -> None:
    part: Part = request.getfixturevalue(name)
    assert (told(), worst(part)) == (("ready", set()), "ok")
    part.wire.cut()
    assert (told(), worst(part)) == ((part.word, set(part.named)), "wrong")
    part.wire.mend()
    assert (told(), worst(part)) == (("ready", set()), "ok")


HANGING = [
    *(pytest.param(one, marks=pytest.mark.chaos) for one in ("postgres", "broker")),
    "storage",
]


@pytest.mark.parametrize("name", HANGING)
def test_a_part_that_hangs_holds_up_no_probe(name: str, request: pytest.FixtureRequest) -> None:
    part: Part = request.getfixturevalue(name)
    assert told() == ("ready", set())
    part.wire.silence()
    assert told() == (part.word, set(part.named))
    # The doctor waits as long as its drivers do; the store's has a long patience here.
    assert name == "storage" or worst(part) == "wrong"
    part.wire.speak()
    # What was asked meanwhile may have to be given up first.
    assert wait_until(lambda: told() == ("ready", set()), seconds=60)
    assert worst(part) == "ok"


def patience_of_the_cluster() -> float:
    """Seconds that a cluster waits for /readyz."""
    objects = yaml.safe_load_all((DOCKER / "kubernetes/web.yaml").read_text(encoding="utf-8"))
    pod = next(one for one in objects if one["kind"] == "Deployment")["spec"]["template"]["spec"]
    return float(pod["containers"][0]["readinessProbe"]["timeoutSeconds"])


@pytest.mark.chaos
def test_a_database_that_takes_connections_and_says_nothing_is_waited_for_shortly(
    postgres: Part,
) -> None:
    _, token = make_key("sk")
    connections["default"].close()
    postgres.wire.silence()
    headers = {"Authorization": f"Bearer {token}"}
    reply = Client().get("/api/v1/products", headers=headers)
    assert (reply.status_code, reply.headers["Content-Type"]) == (503, "application/problem+json")
    assert int(reply.headers["Retry-After"]) > 0
    postgres.wire.speak()
    assert Client().get("/api/v1/products", headers=headers).status_code == 200


def test_a_migration_that_is_missing(owner_db: psycopg.Connection[Any]) -> None:
    owner_db.execute("UPDATE django_migrations SET name = 'away' WHERE name = '0009_sign'")
    try:
        assert told() == ("unready", {"migrations"})
        found = {one.check: one for one in database.database_check()}
    finally:
        owner_db.execute("UPDATE django_migrations SET name = '0009_sign' WHERE name = 'away'")
    assert found["migrations"].state == "wrong"
    assert "tenants.0009_sign" in found["migrations"].says
    assert told() == ("ready", set())


def test_a_version_before_is_ready_on_a_database_that_is_ahead(
    owner_db: psycopg.Connection[Any],
) -> None:
    owner_db.execute(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('tenants', '9999_x', now())"
    )
    try:
        assert told() == ("ready", set())
        assert not [one for one in database.database_check() if one.state == "wrong"]
    finally:
        owner_db.execute("DELETE FROM django_migrations WHERE name = '9999_x'")


def test_a_bundle_that_is_missing(settings: Any, tmp_path: Path, tiny_bundle: Path) -> None:
    settings.VISION_BUNDLE = str(tmp_path / "nowhere")
    assert told() == ("unready", {"bundle"})
    assert [one.state for one in files.bundle_check()] == ["wrong"]
    settings.VISION_BUNDLE = str(tiny_bundle)
    assert told() == ("ready", set())
