"""`lookus up` as a person meets it: real processes, signals, crashes."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from lookus.processes import wait_until
from tests.stack import RunningLookUs, free_port

PROCESSES = {"web": "gunicorn", "worker": "worker", "clock": "beat"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("up") / "home"


@pytest.fixture(scope="module")
def running(home: Path) -> Iterator[RunningLookUs]:
    stack = RunningLookUs(home)
    try:
        stack.wait_until_ready()
        yield stack
    finally:
        stack.stop()


def named(stack: RunningLookUs, word: str) -> psutil.Process | None:
    for process in psutil.Process(stack.process.pid).children():
        with suppress(psutil.NoSuchProcess):
            if word in process.cmdline():
                return process
    return None


def alive(family: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run; a zombie only waits for its parent to read its status."""
    found = []
    for process in family:
        with suppress(psutil.NoSuchProcess):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def test_it_answers_and_its_children_are_web_worker_clock_and_database(
    running: RunningLookUs,
) -> None:
    assert running.get("/healthz")[0] == 200
    assert all(named(running, word) for word in PROCESSES.values())
    assert any("postgres" in process.name() for process in running.family())


def test_a_second_one_on_the_same_home_is_refused_and_the_first_goes_on(
    running: RunningLookUs,
) -> None:
    second = subprocess.run(
        running.command("up", "--port", str(free_port())),
        env=running.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert second.returncode == 2
    assert f"already runs on {running.home} (process {running.process.pid})" in second.stderr
    assert running.get("/healthz")[0] == 200


def test_a_port_that_is_taken_is_said_in_a_sentence(running: RunningLookUs, tmp_path: Path) -> None:
    second = subprocess.run(
        running.command("up", "--port", str(running.port)),
        env={**running.environment, "LOOKUS_HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert second.returncode == 2
    assert "choose another with --port" in second.stderr
    assert "Traceback" not in second.stderr


def test_djangos_commands_reach_the_running_database(running: RunningLookUs) -> None:
    shown = running.lookus("manage", "showmigrations", "--database", "owner")
    assert "[X] 0001_initial" in shown
    assert "[ ]" not in shown


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_that_died_is_started_again(running: RunningLookUs, name: str) -> None:
    before = named(running, PROCESSES[name])
    assert before is not None
    before.kill()

    def replaced() -> bool:
        now = named(running, PROCESSES[name])
        return now is not None and now.pid != before.pid

    assert wait_until(replaced, seconds=20, pause=0.2)
    assert f"{name} ended (signal SIGKILL)" in running.log.read_text()


def test_a_database_that_died_is_started_again_and_everybody_finds_it(
    running: RunningLookUs,
) -> None:
    (before,) = [one for one in psutil.Process(running.process.pid).children() if _is_server(one)]
    assert wait_until(lambda: running.get("/readyz")[0] == 200, seconds=60, pause=0.5)
    before.kill()
    assert wait_until(lambda: running.get("/readyz")[0] == 503, seconds=60, pause=0.2)
    assert wait_until(lambda: running.get("/readyz")[0] == 200, seconds=60, pause=0.5)
    assert "the database ended and starts again" in running.log.read_text()
    assert "[ ]" not in running.lookus("manage", "showmigrations", "--database", "owner")


def _is_server(process: psutil.Process) -> bool:
    return "postgres" in process.name()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_every_process_and_the_next_start_keeps_the_data(
    home: Path, running: RunningLookUs, signum: signal.Signals
) -> None:
    running.stop()
    stack = RunningLookUs(home)
    try:
        stack.wait_until_ready()
        assert "[ ]" not in stack.lookus("manage", "showmigrations", "--database", "owner")
        family = stack.family()
        assert len(family) > 5
        assert stack.stop(signum) == 0
        assert alive(family) == []
        log = (home / "logs" / "postgres.log").read_text()
        assert log.rstrip().endswith("database system is shut down")
    finally:
        stack.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
def test_killing_the_master_leaves_no_orphan(home: Path, running: RunningLookUs) -> None:
    running.stop()
    stack = RunningLookUs(home)
    try:
        stack.wait_until_ready()
        family = stack.family()
        stack.process.kill()
        stack.process.wait()
        assert len(family) > 5
        assert wait_until(lambda: alive(family) == [], seconds=30)
    finally:
        stack.stop()


def test_an_impatient_second_signal_cuts_nothing_short(home: Path, running: RunningLookUs) -> None:
    running.stop()
    stack = RunningLookUs(home)
    try:
        stack.wait_until_ready()
        family = stack.family()
        stack.process.send_signal(signal.SIGINT)
        stack.process.send_signal(signal.SIGTERM)
        assert stack.stop(signal.SIGINT) == 0
        assert alive(family) == []
    finally:
        stack.stop()


def test_ctrl_c_while_it_starts_leaves_nothing(tmp_path: Path) -> None:
    stack = RunningLookUs(tmp_path / "home")
    assert wait_until(lambda: "Starting on" in stack.log.read_text(), seconds=30)
    assert wait_until(lambda: len(stack.family()) > 1, seconds=30)
    family = stack.family()
    assert stack.stop(signal.SIGINT) == 0
    assert wait_until(lambda: alive(family) == [], seconds=5)
    assert "Traceback" not in stack.log.read_text()
