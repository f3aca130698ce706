"""/healthz and /readyz tell the truth, each part taken away for real."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test import Client

from lookus.watching.parts import parts_forget
from tests.database import Databases

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def asked_anew(settings: Any, tiny_bundle: Path) -> Iterator[None]:
    settings.VISION_BUNDLE = str(tiny_bundle)
    settings.CELERY_BROKER_URL = "memory://"
    parts_forget()
    yield
    parts_forget()


@pytest.fixture
def led_elsewhere(databases: Databases) -> Iterator[Any]:
    """Let Django's connection lead to another address until the test is over."""
    yield lambda address: databases.point("default", address)
    connections["default"].close()
    databases.point("default", databases.app_url)


def ready(**headers: str) -> tuple[int, str, dict[str, str]]:
    reply = Client().get("/readyz", headers=headers)
    told = reply.json()
    return reply.status_code, told["status"], told["parts"]


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_all_is_well_under_any_host_name() -> None:
    status, word, parts = ready(Host="10.1.2.3:8000")
    assert (status, word) == (200, "ready")
    assert set(parts) == {"database", "migrations", "broker", "storage", "bundle"}
    assert Client().get("/healthz", headers={"Host": "10.1.2.3:8000"}).json() == {"status": "ok"}
    assert Client().get("/desk/", headers={"Host": "10.1.2.3:8000"}).status_code == 400


def test_a_stopped_database_is_not_ready_but_alive(led_elsewhere: Any) -> None:
    led_elsewhere(f"postgresql://lookus_app@127.0.0.1:{closed_port()}/lookus")
    status, word, parts = ready()
    assert (status, word) == (503, "unready")
    assert parts["database"] == parts["migrations"] == "failed"
    assert parts["bundle"] == "ok"
    assert Client().get("/healthz").status_code == 200
    shown = Client().get("/metrics").content.decode()
    assert 'lookus_part_up{part="database"} 0.0' in shown
    assert "lookus_http_requests_total" in shown


def test_a_role_that_is_refused_is_not_ready(led_elsewhere: Any, databases: Databases) -> None:
    led_elsewhere(databases.app_url.replace("lookus_app@", "nobody_here@"))
    assert ready()[:2] == (503, "unready")


def test_a_database_without_our_tables_is_not_ready(
    led_elsewhere: Any, databases: Databases
) -> None:
    led_elsewhere(re.sub(r"/test_lookus\w*", "/template1", databases.app_url))
    status, _, parts = ready()
    assert status == 503
    assert (parts["database"], parts["migrations"]) == ("ok", "failed")


def test_one_migration_that_is_missing_is_not_ready(owner_db: psycopg.Connection[Any]) -> None:
    taken = "app = 'tenants' AND name = '0009_sign'"
    owner_db.execute(f"UPDATE django_migrations SET name = 'away' WHERE {taken}")
    try:
        status, _, parts = ready()
    finally:
        owner_db.execute("UPDATE django_migrations SET name = '0009_sign' WHERE name = 'away'")
    assert (status, parts["migrations"]) == (503, "failed")


def test_without_a_broker_searches_go_on(settings: Any) -> None:
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{closed_port()}/0"
    status, word, parts = ready()
    assert (status, word, parts["broker"]) == (200, "degraded", "failed")


def test_a_storage_that_cannot_be_written_is_told(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    status, word, parts = ready()
    assert (status, word, parts["storage"]) == (200, "degraded", "failed")


def test_the_probe_leaves_nothing_behind(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    assert ready()[2]["storage"] == "ok"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_without_its_bundle_it_is_not_ready(settings: Any, tmp_path: Path) -> None:
    settings.VISION_BUNDLE = str(tmp_path / "nowhere")
    status, _, parts = ready()
    assert (status, parts["bundle"]) == (503, "failed")


def test_strangers_learn_no_address_and_no_words(settings: Any) -> None:
    settings.CELERY_BROKER_URL = f"redis://:hunter2hunter2@127.0.0.1:{closed_port()}/0"
    shown = Client().get("/readyz").content.decode()
    assert "127.0.0.1" not in shown
    assert "hunter2" not in shown
