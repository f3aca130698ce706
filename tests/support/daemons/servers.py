"""Each kind of server, as a context manager that starts it and ends it."""

import http.client
import os
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import amqp
import redis

from lookus import osuser
from tests.support.daemons.process import Daemon, found, free_port, need, own_folder, run


@contextmanager
def redis_server() -> Iterator[Daemon]:
    """Redis that keeps every write (a broker or a cache); `url` is its database 0."""
    need("redis-server")
    with own_folder() as folder:
        port = free_port()
        url = f"redis://127.0.0.1:{port}/0"
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "",
                   "--appendonly", "yes", "--appendfsync", "always",
                   "--dir", str(folder / "data")]  # fmt: skip
        client = redis.Redis.from_url(url, socket_timeout=2)
        yield from run(Daemon("redis-server", url, port, folder, command, client.ping))


@contextmanager
def rabbitmq_server(config: str = "", *, wait: bool = True) -> Iterator[Daemon]:
    """RabbitMQ with its user `guest`, a node, cookie and name server (epmd) of its own.

    `config` is what stands in its rabbitmq.conf. Without `wait` call the daemon's own.
    """
    need("rabbitmq-server", "epmd")
    with own_folder() as folder:
        port, distribution, names = (free_port() for _ in range(3))
        told = {"ERL_EPMD_PORT": str(names), "ERL_EPMD_ADDRESS": "127.0.0.1"}
        epmd = Daemon("epmd", "", names, folder / "epmd", ["epmd", "-port", str(names)],
                      lambda: socket.create_connection(("127.0.0.1", names), 2).close(),
                      told)  # fmt: skip
        epmd.folder.mkdir()
        (folder / "rabbitmq.conf").write_text(config)
        # Without plug-ins, and as one process that gets its signals itself.
        environment = {
            **told,
            "RABBITMQ_NODENAME": f"lookus-{port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "logs"),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RUNNING_UNDER_SYSTEMD": "1",
            # Its threads do not spin while they wait: two cores are shared by many.
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none +sbwtdcpu none"
            " -kernel inet_dist_use_interface {127,0,0,1}",
        }

        def answers() -> None:
            client = amqp.Connection(f"127.0.0.1:{port}", connect_timeout=5, read_timeout=5)
            try:
                client.connect()
            except amqp.AccessRefused:
                return  # it is up, and its users are the test's
            client.close()

        url = f"amqp://guest:guest@127.0.0.1:{port}//"
        server = Daemon("rabbitmq-server", url, port, folder, [found("rabbitmq-server")], answers,
                        environment)  # fmt: skip
        epmd.start()
        try:
            yield from run(server, wait=wait)
        finally:
            epmd.stop()


@contextmanager
def pgbouncer(settings: Mapping[str, object], databases: Mapping[str, str]) -> Iterator[Daemon]:
    """PgBouncer. `settings` are of its section [pgbouncer]; `databases` are names and the
    connection strings they stand for. `url` lacks user and database:
    `url.format(user=…, database=…)`.

    Our roles need no password here unless `settings` say otherwise.
    """
    port = free_port()
    told = {
        "listen_addr": "127.0.0.1",
        "listen_port": port,
        "unix_socket_dir": "",
        "auth_type": "trust",
        "auth_file": "users",
        **settings,
    }
    lines = ["[databases]", *(f"{name} = {to}" for name, to in databases.items())]
    lines += ["[pgbouncer]", *(f"{name} = {value}" for name, value in told.items()), ""]
    users = "".join(f'"{role}" ""\n' for role in ("lookus_app", "lookus_owner", "postgres"))
    with pgbouncer_with("\n".join(lines), port=port, users=users) as daemon:
        yield daemon


@contextmanager
def pgbouncer_with(config: str, *, port: int, users: str) -> Iterator[Daemon]:
    """PgBouncer with this pgbouncer.ini, that listens on `port` and has its `users` in that file.

    `folder/pgbouncer.ini` may be written anew, then `reload`.
    """
    need("pgbouncer")
    with own_folder() as folder:
        user = osuser.for_server()
        for name, text in (("pgbouncer.ini", config), ("users", users)):
            (folder / name).write_text(text)
        if user:
            for path in (folder, *folder.iterdir()):
                os.chown(path, user.uid, user.gid)
        url = f"postgresql://{{user}}@127.0.0.1:{port}/{{database}}"

        def answers() -> None:
            socket.create_connection(("127.0.0.1", port), 2).close()

        command = ["pgbouncer", "pgbouncer.ini"]
        yield from run(Daemon("pgbouncer", url, port, folder, command, answers, user=user))


@contextmanager
def nginx(servers: str, *, port: int) -> Iterator[Daemon]:
    """nginx with `servers` as what stands inside `http {}`: one of them listens on `port`.

    The file is `folder/servers.conf`: write it anew, then `reload`.
    """
    need("nginx")
    with own_folder() as folder:
        (folder / "servers.conf").write_text(servers)
        temporary = "\n".join(
            f"  {kind}_temp_path data/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"{'user root;' if os.geteuid() == 0 else ''}\n"
            "daemon off; worker_processes 1; pid nginx.pid; error_log stderr warn;\n"
            "events {}\n"
            f"http {{\n{temporary}\n  access_log off;\n  include servers.conf;\n}}\n"
        )
        command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
        yield from run(
            Daemon("nginx", f"http://127.0.0.1:{port}", port, folder, command,
                   lambda: socket.create_connection(("127.0.0.1", port), 2).close())
        )  # fmt: skip


@contextmanager
def s3_server(*buckets: str) -> Iterator[Daemon]:
    """moto's S3 with `buckets`; any key is let in. It keeps nothing when it is stopped."""
    with own_folder() as folder:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        daemon = Daemon("moto", url, port, folder, command,
                        lambda: _ask(port, "GET", "/moto-api/"))  # fmt: skip
        daemon.start()
        try:
            for bucket in buckets:
                make_bucket(daemon, bucket)
            yield daemon
        finally:
            daemon.stop()


def make_bucket(s3: Daemon, name: str) -> None:
    """An empty bucket; moto has none after a start."""
    _ask(s3.port, "PUT", f"/{name}")


def _ask(port: int, method: str, path: str) -> None:
    # Not urllib: it would ask the proxy that the environment names.
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path)
        status = connection.getresponse().status
    finally:
        connection.close()
    if status != 200:
        raise OSError(f"{method} {path}: {status}")
