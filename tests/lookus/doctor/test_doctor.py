"""Each part of an installation is broken for real, and the doctor says so."""

import json
import os
import re
import smtplib
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.storage import default_storage
from django.db import connections
from django.utils import timezone

from lookus.doctor import database, files, services
from lookus.doctor import settings as settings_checks
from lookus.doctor.findings import OK, WARNING, WRONG, Finding
from lookus.watching.signs import sign_give
from tenants.models import Sign
from tests.database import Databases

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def small(settings: Any, tiny_bundle: Path) -> None:
    settings.VISION_BUNDLE = str(tiny_bundle)
    settings.CELERY_BROKER_URL = "memory://"


@pytest.fixture
def led_elsewhere(databases: Databases) -> Iterator[Callable[[str], None]]:
    yield lambda address: databases.point("default", address)
    connections["default"].close()
    databases.point("default", databases.app_url)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def of(check: Callable[[], Iterator[Finding]], name: str = "") -> Finding:
    """The gravest that a check says, of all or of one name."""
    found = [one for one in check() if not name or one.check == name]
    gravest = max(found, key=lambda one: (OK, WARNING, WRONG).index(one.state))
    assert gravest.state == OK or gravest.do, gravest
    return gravest


def test_a_well_database_is_well() -> None:
    states = {one.check: one.state for one in database.database_check()}
    wanted = ("database", "pgvector", "role", "clock", "migrations")
    assert {name: states[name] for name in wanted} == dict.fromkeys(wanted, OK)


def test_a_database_that_does_not_answer(led_elsewhere: Callable[[str], None]) -> None:
    led_elsewhere(f"postgresql://lookus_app@127.0.0.1:{closed_port()}/lookus")
    found = of(database.database_check)
    assert (found.check, found.state) == ("database", WRONG)
    assert "refused" in found.says
    assert "Start Postgres" in found.do


def test_a_role_that_is_refused(led_elsewhere: Callable[[str], None], databases: Databases) -> None:
    led_elsewhere(databases.app_url.replace("lookus_app@", "nobody_here@"))
    found = of(database.database_check)
    assert "nobody_here" in found.says
    assert "roles.sql" in found.do


def test_a_database_that_is_not_there(
    led_elsewhere: Callable[[str], None], databases: Databases
) -> None:
    led_elsewhere(databases.app_url.replace("/test_lookus", "/nowhere_"))
    assert "CREATE DATABASE" in of(database.database_check).do


@pytest.mark.parametrize(
    ("role", "power"), [("superuser_url", "is a superuser"), ("owner_url", "owns tables")]
)
def test_a_role_that_is_too_powerful(
    led_elsewhere: Callable[[str], None], databases: Databases, role: str, power: str
) -> None:
    if not getattr(databases, role):
        pytest.skip("the server is not ours: its superuser is unknown")
    led_elsewhere(getattr(databases, role))
    found = of(database.database_check, "role")
    assert found.state == WRONG
    assert power in found.says


def test_no_pgvector_and_no_migrations(
    led_elsewhere: Callable[[str], None], databases: Databases
) -> None:
    if not databases.superuser_url:
        pytest.skip("the server is not ours")
    bare = f"bare_{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    with psycopg.connect(databases.superuser_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {bare} TEMPLATE template0")
        try:
            led_elsewhere(re.sub(r"/test_lookus\w*", f"/{bare}", databases.app_url))
            assert of(database.database_check, "pgvector").state == WRONG
            missing = of(database.database_check, "migrations")
            assert missing.state == WRONG
            assert "migrate --database owner" in missing.do
        finally:
            connections["default"].close()
            server.execute(f"DROP DATABASE {bare} WITH (FORCE)")


def test_a_table_without_row_security(owner_db: psycopg.Connection[Any]) -> None:
    owner_db.execute("ALTER TABLE catalog_product NO FORCE ROW LEVEL SECURITY")
    try:
        found = of(database.database_check, "row_security")
    finally:
        owner_db.execute("ALTER TABLE catalog_product FORCE ROW LEVEL SECURITY")
    assert found.state == WRONG
    assert "catalog_product" in found.says


@pytest.mark.parametrize("hours", [-1, 1])
def test_clocks_that_are_apart(hours: int) -> None:
    now = datetime.now(UTC)
    found = database.clock_told(now, now + timedelta(hours=hours), now)
    assert found.state == WRONG
    assert "3600 seconds" in found.says
    slow = database.clock_told(now, now + timedelta(seconds=9), now + timedelta(seconds=20))
    assert slow.state == OK


@pytest.mark.parametrize(
    "address", ["amqp://u:hunter2hunter2@127.0.0.1:{}//", "redis://127.0.0.1:{}/0"]
)
def test_a_broker_that_is_silent(settings: Any, address: str) -> None:
    settings.CELERY_BROKER_URL = address.format(closed_port())
    found = of(services.broker_check, "broker")
    assert found.state == WRONG
    assert "hunter2" not in found.says


def test_no_worker_ever_one_that_fell_silent_and_one_that_works() -> None:
    assert "ever" in of(services.broker_check, "worker").says
    sign_give()
    assert of(services.broker_check, "worker").state == OK
    Sign.objects.update(at=timezone.now() - timedelta(hours=2))
    found = of(services.broker_check, "worker")
    assert found.state == WRONG
    assert "120 minutes" in found.says


def test_a_storage_that_cannot_be_written(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    assert of(files.storage_check).state == WRONG
    settings.MEDIA_ROOT = tmp_path / "media"
    assert of(files.storage_check).state == OK
    assert not default_storage.exists("lookus-probe/x")


def test_a_disk_that_is_nearly_full(settings: Any) -> None:
    settings.DISK_LEAST_PERCENT = 100
    found = of(files.disk_check)
    assert found.state == WRONG
    assert "LOOKUS_HOME" in found.says or "MEDIA_ROOT" in found.says
    settings.DISK_LEAST_PERCENT = 0
    assert of(files.disk_check).state == OK


def test_a_bundle_that_is_missing_or_changed(
    settings: Any, tmp_path: Path, tiny_bundle: Path
) -> None:
    import shutil

    assert of(files.bundle_check).state == OK
    settings.VISION_BUNDLE = str(tmp_path / "nowhere")
    assert "nowhere" in of(files.bundle_check).says
    shutil.copytree(tiny_bundle, tmp_path / "cut")
    network = max((tmp_path / "cut").glob("*.onnx"), key=lambda path: path.stat().st_size)
    network.write_bytes(network.read_bytes()[:-100])
    settings.VISION_BUNDLE = str(tmp_path / "cut")
    assert of(files.bundle_check).state == WRONG


def test_a_mail_server_that_does_not_answer(settings: Any) -> None:
    settings.EMAIL_PROVIDER = "smtp"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
    assert issubclass(smtplib.SMTPException, OSError)
    found = of(services.mail_check)
    assert found.state == WRONG
    assert str(settings.EMAIL_PORT) in found.says


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY_IS_EPHEMERAL": True}, "SECRET_KEY"),
        ({"PUBLIC_URL": "https://shop.example", "HTTPS": True}, "ALLOWED_HOSTS"),
        (
            {"PUBLIC_URL": "https://a.example", "ALLOWED_HOSTS": ["a.example"], "DEBUG": True},
            "DEBUG",
        ),
    ],
)
def test_settings_that_do_not_go_together(
    settings: Any, changed: dict[str, Any], said: str
) -> None:
    settings.SECRET_KEY_IS_EPHEMERAL = False
    for name, value in changed.items():
        setattr(settings, name, value)
    found = [one for one in settings_checks.settings_check() if one.state == WRONG]
    assert [said in one.says for one in found] == [True]


def test_several_web_processes_without_a_shared_cache(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SECRET_KEY_IS_EPHEMERAL = False
    assert of(settings_checks.settings_check).state == OK
    monkeypatch.setenv("WEB_PROCESSES", "4")
    assert "CACHE_URL" in of(settings_checks.settings_check).do


def test_a_cache_that_is_away(settings: Any) -> None:
    address = f"redis://127.0.0.1:{closed_port()}/0"
    backend = "lookus.caching.PatientRedis"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": address}}
    assert of(settings_checks.cache_check).state == WRONG


def doctor(databases: Databases, home: Path, *words: str, **variables: str) -> Any:
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "LOOKUS_HOME": str(home),
        "DATABASE_URL": databases.app_url,
        "OWNER_DATABASE_URL": databases.owner_url,
        "SECRET_KEY": "x" * 50,
        "BROKER_URL": "filesystem://",
        **variables,
    }
    return subprocess.run(
        [sys.executable, "-m", "lookus.cli", "doctor", *words],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_command_says_it_in_words_and_by_its_status(
    databases: Databases, tmp_path: Path, tiny_bundle: Path
) -> None:
    sign_give()
    for folder in ("messages", "control"):
        (tmp_path / "broker" / folder).mkdir(parents=True)
    done = doctor(databases, tmp_path, VISION_BUNDLE=str(tiny_bundle), DISK_LEAST_PERCENT="0")
    assert (done.returncode, "WRONG" in done.stdout) == (0, False), done.stdout + done.stderr
    done = doctor(databases, tmp_path, "--json", VISION_BUNDLE="/nowhere")
    assert done.returncode == 1, done.stderr
    found = {one["check"]: one for one in json.loads(done.stdout)["findings"]}
    assert found["bundle"]["state"] == "wrong"
    assert found["role"]["state"] == "ok"


def test_settings_that_cannot_be_read_are_a_finding_too(
    databases: Databases, tmp_path: Path
) -> None:
    done = doctor(databases, tmp_path, PHOTO_CHUNK="many")
    assert done.returncode == 1
    assert "PHOTO_CHUNK='many': use a whole number" in done.stdout
    assert "Traceback" not in done.stderr
