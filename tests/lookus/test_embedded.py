import os
import signal
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from lookus import embedded, osuser
from lookus.embedded import THROWAWAY, EmbeddedError, EmbeddedPostgres
from lookus.processes import wait_until


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    EmbeddedPostgres(tmp_path / "home").destroy()


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(home, settings=THROWAWAY)
    yield server
    server.stop()


def test_the_application_role_writes_rows_and_may_not_truncate(server: EmbeddedPostgres) -> None:
    addresses = server.start()
    with psycopg.connect(addresses.owner) as owner:
        owner.execute("CREATE TABLE thing (id bigserial PRIMARY KEY, seen halfvec(2))")
    with psycopg.connect(addresses.app, autocommit=True) as app:
        app.execute("INSERT INTO thing (seen) VALUES ('[1,2]')")
        app.execute("UPDATE thing SET seen = '[2,1]'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("TRUNCATE thing")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE another (id int)")


def test_no_role_but_the_backups_is_above_row_level_security(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.start().app) as app:
        rows = app.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles "
            "WHERE rolname LIKE 'lookus%' ORDER BY 1"
        ).fetchall()
    assert rows == [
        ("lookus_app", False, False, False, False),
        ("lookus_backup", False, True, False, False),  # it reads everything, and writes nothing
        ("lookus_owner", False, False, False, True),
    ]


def test_a_database_made_by_the_owner_has_vectors_and_the_same_rights(
    server: EmbeddedPostgres,
) -> None:
    addresses = server.start()
    with psycopg.connect(addresses.owner, autocommit=True) as owner:
        owner.execute("CREATE DATABASE other")
    with psycopg.connect(addresses.url(embedded.OWNER_ROLE, "other")) as owner:
        owner.execute("CREATE TABLE thing (seen vector(2))")
    with psycopg.connect(addresses.url(embedded.APP_ROLE, "other")) as app:
        assert app.execute("SELECT count(*) FROM thing").fetchone() == (0,)


def test_a_second_start_keeps_the_data(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.start().owner) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS number")
    server.stop()
    with psycopg.connect(server.start().owner) as owner:
        assert owner.execute("SELECT number FROM kept").fetchone() == (7,)


def test_stopping_leaves_no_process_and_no_socket(server: EmbeddedPostgres) -> None:
    addresses = server.start()
    assert embedded.attach(server.home) == addresses
    process = server.process
    server.stop()
    assert process is not None
    assert process.returncode == 0
    assert not Path(addresses.socket_dir).exists()
    assert embedded.attach(server.home) is None


def test_only_the_servers_user_may_enter_the_sockets_folder(server: EmbeddedPostgres) -> None:
    folder = Path(server.start().socket_dir)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_home_with_a_path_too_long_for_a_socket_works(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / ("deep" * 25) / "home", settings=THROWAWAY)
    try:
        assert server.start().answers()
    finally:
        server.destroy()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
def test_the_server_ends_when_its_parent_is_killed_and_the_next_start_works(home: Path) -> None:
    script = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from lookus.embedded import EmbeddedPostgres
        server = EmbeddedPostgres(Path(sys.argv[1]))
        server.start()
        print(server.process.pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script, home], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert wait_until(lambda: not Path(f"/proc/{done.stdout.strip()}").exists(), seconds=15)
    server = EmbeddedPostgres(home)
    try:
        assert server.start().answers()
    finally:
        server.stop()


def test_a_stale_process_id_of_somebody_else_does_not_stop_the_start(
    server: EmbeddedPostgres,
) -> None:
    server.start()
    record = (server.data / "postmaster.pid").read_text().splitlines()
    server.stop()
    # As after a restart of a container: the number is alive again, and not ours.
    (server.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *record[1:]]) + "\n")
    if server.user:
        os.chown(server.data / "postmaster.pid", server.user.uid, server.user.gid)
    assert server.start().answers()


def test_data_of_another_version_is_refused_with_words(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedError, match="Postgres 17"):
        server.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_as_root_nobodys_folder_is_opened_for_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    system = Path("/var/lib/lookus-test")
    monkeypatch.setattr(osuser, "SYSTEM_FOLDER", system)
    server = EmbeddedPostgres(closed / "home", settings=THROWAWAY)
    try:
        server.start()
        assert server.data.parent == system
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    finally:
        server.destroy()
        subprocess.run(["rm", "-rf", system], check=True)
