"""Files on the disk: whole or not at all, whatever happens while they are written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from tenants.media import SignedDiskStorage
from tenants.storage import PARTS, StorageAway, parts_forget
from tests.support.small_disk import small_disk

NAME = "shops/7/photos/ab/photo.jpg"
# Half a megabyte is written, then nothing more comes.
WRITER = """
import sys, time, django
from django.conf import settings
settings.configure(MEDIA_ROOT=sys.argv[1], USE_TZ=True)
django.setup()
from django.core.files.base import ContentFile
from tenants.storage import WholeFileStorage
class Slow(ContentFile):
    def chunks(self, chunk_size=None):
        yield bytes(512 * 1024)
        print("half", flush=True)
        time.sleep(600)
WholeFileStorage().save(sys.argv[2], Slow(b""))
"""


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_writer_that_is_killed_leaves_no_half_a_file(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path), NAME], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None and writer.stdout.readline() == b"half\n"
        writer.send_signal(signal.SIGKILL)
    storage = SignedDiskStorage()
    assert not storage.exists(NAME)
    assert storage.save(NAME, ContentFile(b"whole")) == NAME
    (left,) = files(tmp_path / PARTS)
    # What the killed one wrote is deleted a day later.
    assert parts_forget() == 0 and left.exists()
    os.utime(left, (time.time() - 90_000,) * 2)
    assert parts_forget() == 1
    assert files(tmp_path) == [tmp_path / NAME]


def test_a_full_disk_is_said_and_leaves_nothing(settings: Any) -> None:
    with small_disk(2) as disk:
        settings.MEDIA_ROOT = disk.folder / "media"
        storage = SignedDiskStorage()
        storage.save("shops/7/photos/cd/before.jpg", ContentFile(b"before"))
        disk.fill()
        with pytest.raises(StorageAway, match="No space left"):
            storage.save(NAME, ContentFile(bytes(2**20)))
        disk.give_back()
        assert [path.name for path in files(disk.folder)] == ["before.jpg"]
        assert storage.save(NAME, ContentFile(bytes(2**20))) == NAME
        assert storage.size(NAME) == 2**20


def test_a_name_that_is_taken_is_not_taken_away(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    storage = SignedDiskStorage()
    assert storage.save(NAME, ContentFile(b"first")) == NAME
    second = storage._save(NAME, ContentFile(b"second"))
    assert second != NAME
    assert storage.open(NAME).read() == b"first" and storage.open(second).read() == b"second"


def test_a_folder_that_is_not_mounted_is_no_missing_file(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "mount"
    with pytest.raises(StorageAway, match="is not there"):
        SignedDiskStorage().open(NAME)
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(FileNotFoundError):
        SignedDiskStorage().open(NAME)
