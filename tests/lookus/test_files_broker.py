"""The embedded default's messages: neither half a message nor a deleted folder ends who reads."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

import lookus.celery  # noqa: F401 - it makes `filesystem://` ours


class Line:
    """One end of a connection, used as Celery uses it: by the queue's name alone."""

    def __init__(self, connection: Connection) -> None:
        self.queue = connection.SimpleQueue("lookus")
        self.producer = connection.Producer()

    def send(self, words: str) -> None:
        self.producer.publish(words, exchange="", routing_key="lookus")

    def take(self, seconds: float = 30) -> object:
        message = self.queue.get(timeout=seconds)
        message.ack()
        return message.payload


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "broker" / "messages"


@pytest.fixture
def line(folder: Path) -> Iterator[Line]:
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder.parent / "control"),
        "polling_interval": 0.01,
    }
    with Connection("filesystem://localhost", transport_options=options) as connection:
        yield Line(connection)


def test_a_message_arrives_and_leaves_no_file(line: Line, folder: Path) -> None:
    line.send("whole")
    assert [path.suffix for path in folder.iterdir()] == [".msg"]
    assert line.take() == "whole"
    assert list(folder.iterdir()) == []


def test_half_a_message_is_left_out_and_the_next_arrives(line: Line, folder: Path) -> None:
    (folder / "0_half.lookus.msg").write_text('{"body": "ey')
    line.send("whole")
    assert line.take() == "whole"
    assert list(folder.iterdir()) == []


def test_a_folder_that_was_deleted_is_made_again(line: Line, folder: Path) -> None:
    line.send("lost")
    shutil.rmtree(folder.parent)
    with pytest.raises(Empty):
        line.take(seconds=0.1)
    line.send("after")
    assert line.take() == "after"
