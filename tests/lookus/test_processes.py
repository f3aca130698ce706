import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lookus.cli.service import Service
from lookus.processes import HomeBusy, HomeLock, command_of, end, wait_until


def test_a_home_has_one_master_and_its_process_is_named(tmp_path: Path) -> None:
    with HomeLock(tmp_path), pytest.raises(HomeBusy, match=f"process {os.getpid()}"):
        HomeLock(tmp_path).acquire()
    with HomeLock(tmp_path):
        pass


def test_a_lock_is_free_again_when_its_holder_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from lookus.processes import HomeLock\n"
        "lock = HomeLock(Path(sys.argv[1])); lock.acquire(); print(flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(HomeBusy):
        HomeLock(tmp_path).acquire()
    holder.kill()
    holder.communicate()
    with HomeLock(tmp_path):
        pass


def test_a_process_that_ignores_a_polite_signal_is_killed() -> None:
    stubborn = subprocess.Popen(
        [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); "
         "print(flush=True); time.sleep(60)"],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert stubborn.stdout is not None
    stubborn.stdout.readline()
    end(stubborn, [(signal.SIGTERM, 0.2)], group=False)
    assert stubborn.returncode == -signal.SIGKILL
    stubborn.stdout.close()


def service(log: Path, *words: str) -> Service:
    return Service("thing", [sys.executable, "-c", *words], dict(os.environ), log)


def test_a_service_that_died_starts_again_after_a_growing_pause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    thing = service(tmp_path / "thing.log", "raise SystemExit(3)")
    thing.start()
    said: list[str] = []
    for _ in range(3):
        assert thing.process is not None
        thing.process.wait()
        said.append(thing.check() or "")
        assert thing.check() is None
        assert thing.process is None
        now[0] += 10
        thing.check()
    thing.stop()
    assert ["in 1 s" in said[0], "in 2 s" in said[1], "in 4 s" in said[2]] == [True] * 3
    assert "status 3" in said[0]


def test_a_services_grandchildren_end_with_it(tmp_path: Path) -> None:
    script = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)"
    )
    log = tmp_path / "thing.log"
    thing = service(log, script)
    thing.start()
    assert wait_until(lambda: log.read_text().strip() != "", seconds=20)
    grandchild = int(log.read_text())
    thing.stop()
    assert wait_until(lambda: command_of(grandchild) == "", seconds=5)
