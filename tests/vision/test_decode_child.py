"""Photos are opened in a process of their own: what one costs, no other pays."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
import pytest

from lookus.processes import wait_until
from tests.support.photos import painted, painted_png
from tests.support.poison import AT_ONCE, ODD, memory_eater, saved_png, scans_without_end
from vision.decode import DEFAULT_LIMITS, Cost, Decoded, decode
from vision.decode.children import Children
from vision.errors import DecoderStopped, ImageRejected

ROOT = Path(__file__).parents[2]
PATIENCE = 120
GOOD = painted_png("upper")
# What a test waits for takes a moment; the time to be killed in is long.
LONG = Cost(seconds=60)


@pytest.fixture
def children() -> Iterator[Callable[[Cost], Children]]:
    made: list[Children] = []

    def make(cost: Cost) -> Children:
        made.append(Children(cost=cost))
        return made[-1]

    yield make
    for one in made:
        one.end()


def opened(children: Children, data: bytes, max_side: int | None = 1280) -> Decoded:
    return children.decode(data, DEFAULT_LIMITS, max_side, False)


def assert_well(children: Children) -> None:
    assert np.array_equal(opened(children, GOOD).pixels, painted("upper"))


@pytest.mark.parametrize("name", AT_ONCE)
def test_what_means_harm_is_refused_by_what_it_is(name: str) -> None:
    make, code = AT_ONCE[name]
    with pytest.raises(ImageRejected) as refused:
        decode(make(), max_side=1280)
    assert refused.value.code == code and not isinstance(refused.value, DecoderStopped)


@pytest.mark.parametrize("name", ODD)
def test_what_is_only_odd_is_read(name: str) -> None:
    seen = decode(ODD[name](), max_side=1280)
    assert seen.pixels.shape == (220, 160, 3)


def test_a_photo_that_never_ends_is_given_up(children: Callable[[Cost], Children]) -> None:
    few = children(Cost(seconds=0.5))
    with pytest.raises(DecoderStopped) as stopped:
        opened(few, scans_without_end())
    assert stopped.value.code == "too_costly" and "0.5 seconds" in stopped.value.message
    assert not few.pids()
    assert_well(few)


@pytest.mark.skipif(sys.platform != "linux", reason="no limit of addresses")
def test_a_photo_that_eats_memory_is_given_up(children: Callable[[Cost], Children]) -> None:
    few = children(Cost(memory=300 * 2**20))
    with pytest.raises(DecoderStopped) as stopped:
        opened(few, memory_eater())
    assert stopped.value.code == "too_costly" and "300 MB of memory" in stopped.value.message
    assert_well(few)


def test_a_process_that_is_killed_costs_the_photo_that_it_opened(
    children: Callable[[Cost], Children],
) -> None:
    few = children(LONG)
    found: list[ImageRejected] = []

    def doomed() -> None:
        with pytest.raises(DecoderStopped) as stopped:
            opened(few, scans_without_end())
        found.append(stopped.value)

    thread = threading.Thread(target=doomed)
    thread.start()
    assert wait_until(lambda: bool(few.pids()), seconds=PATIENCE)
    (pid,) = few.pids()
    assert wait_until(lambda: psutil.Process(pid).cpu_times().user > 0.6, seconds=PATIENCE)
    # Another photo is opened meanwhile, by another process.
    assert_well(few)
    assert len(few.pids()) == 2
    os.kill(pid, signal.SIGKILL)
    thread.join(PATIENCE)
    assert [one.code for one in found] == ["decoder_died"]
    assert pid not in few.pids()
    assert_well(few)


def test_a_process_that_died_while_it_waited_costs_nothing(
    children: Callable[[Cost], Children],
) -> None:
    few = children(LONG)
    assert_well(few)
    (pid,) = few.pids()
    os.kill(pid, signal.SIGTERM)
    os.kill(pid, signal.SIGINT)
    assert_well(few)
    assert few.pids() == [pid], "a worker's warm end is no end of what it is doing"
    os.kill(pid, signal.SIGKILL)
    assert wait_until(
        lambda: psutil.Process(pid).status() == psutil.STATUS_ZOMBIE, seconds=PATIENCE
    )
    assert_well(few)
    assert few.pids() != [pid]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_it_holds_nothing_of_ours(
    children: Callable[[Cost], Children], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for whoever wrote the photo")
    with (tmp_path / "ours").open("w") as ours:
        os.set_inheritable(ours.fileno(), True)
        few = children(LONG)
        assert_well(few)
        (pid,) = few.pids()
        assert b"SECRET" not in Path(f"/proc/{pid}/environ").read_bytes()
        held = {os.readlink(one) for one in Path(f"/proc/{pid}/fd").iterdir()}
    assert not [one for one in held if "ours" in one]
    assert len([one for one in held if one.startswith("socket:")]) == 1


def test_a_large_photo_leaves_its_memory(children: Callable[[Cost], Children]) -> None:
    few = children(LONG)
    large = np.full((3000, 4000, 3), 200, np.uint8)
    assert opened(few, saved_png(large), None).pixels.shape == large.shape
    assert_well(few)
    (pid,) = few.pids()
    assert psutil.Process(pid).memory_info().rss < 160 * 2**20


def test_threads_share_a_few(children: Callable[[Cost], Children]) -> None:
    few = children(LONG)
    photos = [painted_png("upper", shade=shade) for shade in range(24)]
    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(lambda data: opened(few, data).pixels, photos))
    for shade, pixels in enumerate(seen):
        assert np.array_equal(pixels, painted("upper", shade=shade))
    assert 1 <= len(few.pids()) <= 4


OWN = """
import os, sys, time
from tests.support.photos import painted_png
from tests.support.poison import scans_without_end
from vision.decode import Cost, allow, decode
from vision.decode.children import POOL
allow(Cost(seconds=1))
decode(painted_png("upper"))
before = POOL.pids()
if os.fork() == 0:
    assert POOL.pids() == []
    decode(painted_png("upper"))
    assert POOL.pids() != before
    os._exit(0)
assert os.wait()[1] == 0
decode(painted_png("upper"))
assert POOL.pids() == before
print(before[0], flush=True)
if sys.argv[1] == "busy":
    decode(scans_without_end())
time.sleep(600)
"""


@pytest.mark.parametrize("doing", ["waits", "busy"])
def test_it_does_not_outlive_its_parent_and_a_fork_has_its_own(doing: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", OWN, doing], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    with parent.stdout:
        pid = int(parent.stdout.readline())
    child = psutil.Process(pid)
    if doing == "busy":
        spent = child.cpu_times().user
        assert wait_until(lambda: child.cpu_times().user > spent + 0.1, seconds=PATIENCE)
    parent.kill()
    parent.wait()
    assert wait_until(lambda: not psutil.pid_exists(pid), seconds=PATIENCE)


def test_there_is_no_other_way_from_bytes_to_pixels() -> None:
    """Nobody else opens an image. What has no strangers' bytes may: drawing, training, benches."""
    ways = re.compile(
        r"\b(Image|Pillow|PIL)\.open\(|imdecode|imread|(open|read)_heif|register_heif|ImageFile\b"
    )
    own = ("vision/decode/", "vision/training/", "vision/bench/", "vision/render/")
    rooms = ("analytics", "billing", "catalog", "frontend", "lookus", "recommender", "tenants")
    found = {
        name
        for room in (*rooms, "vision")
        for path in (ROOT / room).rglob("*.py")
        if not (name := path.relative_to(ROOT).as_posix()).startswith(own)
        and ways.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"recommender/bench.py"}
