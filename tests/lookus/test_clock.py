"""The clock: it starts whatever its file holds, and what it rings does not pile up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lookus.celery import app
from lookus.clock import Scheduler

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "half": lambda data: data[: len(data) // 2],
    "zeros": lambda data: bytes(len(data)),
    "noise": lambda data: bytes(byte ^ 0xA5 for byte in data),
}


def started(file: Path) -> Scheduler:
    return Scheduler(app, schedule_filename=str(file))


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.stat().st_size)


def clock_ran(folder: Path) -> Path:
    file = folder / "beat-schedule"
    started(file).close()
    return file


def test_it_remembers_when_it_rang_last(tmp_path: Path) -> None:
    file = clock_ran(tmp_path)
    before = started(file)
    rung = before.schedule["sweep"].last_run_at
    before.close()
    again = started(file)
    assert again.schedule["sweep"].last_run_at == rung
    again.close()


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_begun_anew(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """Each of the files that the machine's kind of store keeps, and all of them."""
    file = clock_ran(tmp_path)
    names = [path.name for path in files(tmp_path)]
    for damaged in (*[[name] for name in names], names):
        for name in damaged:
            path = tmp_path / name
            path.write_bytes(damage(path.read_bytes()))
        clock = started(file)
        assert "sweep" in clock.schedule, damaged
        clock.close()


def test_what_is_rung_again_and_again_is_of_no_use_after_an_hour(settings: Any) -> None:
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        if isinstance(entry["schedule"], int):
            assert entry["options"]["expires"] > max(3600, entry["schedule"]), name
