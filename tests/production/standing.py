"""Standing the production set up, part by part, and taking it down."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from lookus import osuser
from lookus.embedded import DATABASE, SUPERUSER, THROWAWAY, EmbeddedPostgres
from tests.docker.files import DOCKER, ROOT
from tests.production.running import Production
from tests.support.daemons import (
    Daemon,
    free_port,
    nginx,
    pgbouncer_with,
    rabbitmq_server,
    redis_server,
    s3_server,
)
from tests.support.name_server import name_server


@contextmanager
def production(
    folder: Path, *, webs: int, workers: int, tables_of: str = "", **chosen: str
) -> Iterator[Production]:
    """Everything of compose.yaml, compose.s3.yaml and compose.pooler.yaml; it is up and well.

    `tables_of` is the superuser's address of a migrated database: its tables are copied before the
    migrations run and find nothing to do, which takes a tenth of their time.
    """
    made = Production(folder, chosen, tables_of=tables_of)
    with ExitStack() as held:
        secrets = _secrets(folder)
        made.broker = held.enter_context(
            rabbitmq_server((secrets / "rabbitmq.conf").read_text(), wait=False)
        )
        made.cache = held.enter_context(redis_server())
        made.storage = held.enter_context(s3_server())
        made.database = EmbeddedPostgres(folder / "database", settings=THROWAWAY)
        held.callback(made.database.destroy)
        host = f"{made.net}.100"
        made.database.settings["listen_addresses"] = host
        _roles(made, secrets)
        made.addresses = {
            "@database:5432": f"@{host}:5432",
            "cache:6379": _netloc(made.cache),
            "broker:5672": _netloc(made.broker),
            "media.localhost:8333": _netloc(made.storage),
        }
        made.pooler = held.enter_context(_pooler(made, host))
        made.addresses["pooler:6432"] = _netloc(made.pooler)
        for path in secrets.iterdir():
            path.write_text(made.here(path.read_text()))
        resolver = held.enter_context(name_server(made.names))
        made.proxy = held.enter_context(_proxy(resolver, made))
        chosen.setdefault("PUBLIC_URL", made.url)
        chosen.setdefault("ALLOWED_HOSTS", "127.0.0.1")
        made.run("bucket")
        made.run("migrate")
        made.broker.wait()
        held.callback(made.end)
        for service, count in (("web", webs), ("worker", workers), ("clock", 1)):
            for _ in range(count):
                made.start(service)
        made.wait_until_well()
        yield made


def _secrets(folder: Path) -> Path:
    shutil.copy(DOCKER / "secrets.sh", folder)
    subprocess.run(["bash", folder / "secrets.sh"], check=True)
    return folder / "secrets"


def _roles(made: Production, secrets: Path) -> None:
    """database.sh, as the container's first start runs it; passwords are asked for over TCP."""
    addresses = made.database.start()
    made.superuser_url = addresses.url(SUPERUSER)
    with psycopg.connect(addresses.url(SUPERUSER, "postgres"), autocommit=True) as server:
        server.execute(f"DROP DATABASE {DATABASE}")
        with (made.database.data / "pg_hba.conf").open("a") as rules:
            rules.write("host all all 127.0.0.0/8 scram-sha-256\n")
        server.execute("SELECT pg_reload_conf()")
    script = (DOCKER / "database.sh").read_text()
    script = script.replace("/run/secrets", str(secrets)).replace("/lookus/", f"{ROOT}/lookus/")
    environment = {
        "PATH": f"{osuser.readable_binaries(18, None)}:{os.environ['PATH']}",
        "PGHOST": addresses.socket_dir,
    }
    subprocess.run(["bash", "-c", script], env=environment, check=True, capture_output=True)
    if made.tables_of:
        dump = ["pg_dump", "--exclude-schema=pristine", "--format=custom", made.tables_of]
        load = ["pg_restore", "--dbname", made.superuser_url]
        with subprocess.Popen(dump, env=environment, stdout=subprocess.PIPE) as told:
            subprocess.run(load, env=environment, stdin=told.stdout, check=True)


def _pooler(made: Production, database: str) -> Any:
    """docker/pgbouncer.ini on another port, with a database and users of this machine."""
    port = free_port()
    text = (DOCKER / "pgbouncer.ini").read_text()
    for old, new in (
        ("host=database", f"host={database}"),
        ("listen_addr = 0.0.0.0", "listen_addr = 127.0.0.1"),
        ("listen_port = 6432", f"listen_port = {port}"),
        ("auth_file = /run/secrets/pooler_users", "auth_file = users"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    if "default_pool_size" in made.chosen:
        size = f"default_pool_size = {made.chosen['default_pool_size']}"
        text = re.sub(r"default_pool_size = \d+", size, text)
    return pgbouncer_with(text, port=port, users=made.secret("pooler_users"))


def _proxy(resolver: str, made: Production) -> Any:
    """docker/nginx.conf on another port, with the name server of this machine."""
    port = free_port()
    text = (DOCKER / "nginx.conf").read_text()
    here = {"resolver 127.0.0.11": f"resolver {resolver}", "listen 8080": f"listen {port}"}
    for old, new in here.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return nginx(text, port=port)


def _netloc(daemon: Daemon) -> str:
    parts = urlsplit(daemon.url.format(user="u", database="d"))
    return f"{parts.hostname}:{parts.port}"
