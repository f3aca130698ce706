"""A broker that hangs, or is away, holds no request up: rows say what waits, and nobody waits for
a message to be sent."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from tenants.doorbell import SLOW_SECONDS
from tests.chaos.crew import CHECKOUT
from tests.support.daemons import Daemon, rabbitmq_server, redis_server

# As a web process sends: one line asked for, one told.
SENDER = """
import sys, django
django.setup()
from tenants.doorbell import message_send
for line in sys.stdin:
    print(message_send("lookus.tasks.nothing"), flush=True)
"""
# RabbitMQ's client says goodbye three times to a server that does not answer.
LONGEST_SECONDS = 30


class Sender:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def __call__(self) -> tuple[bool, float]:
        """Whether a message was taken, and seconds until that was known."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        began = time.monotonic()
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline().strip()
        return said == "True", time.monotonic() - began


@pytest.fixture(
    params=[
        pytest.param(redis_server, id="redis"),
        pytest.param(rabbitmq_server, id="rabbitmq"),
    ]
)
def broker(request: pytest.FixtureRequest) -> Iterator[Daemon]:
    make: Callable[[], AbstractContextManager[Daemon]] = request.param
    with make() as server:
        yield server


@pytest.fixture
def send(broker: Daemon) -> Iterator[Sender]:
    process = subprocess.Popen(
        [sys.executable, "-c", SENDER],
        cwd=CHECKOUT,
        env={
            "PATH": "",
            "DJANGO_SETTINGS_MODULE": "lookus.settings",
            "SECRET_KEY": "only for this test",
            "BROKER_URL": broker.url,
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Sender(process)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.chaos
def test_a_broker_that_hangs_costs_seconds_once(broker: Daemon, send: Sender) -> None:
    assert send()[0]
    with broker.paused():
        taken, seconds = send()
        assert not taken
        assert seconds < LONGEST_SECONDS
        # It is known by now, and not asked again at once.
        assert not send()[0]
        assert send()[1] < SLOW_SECONDS


@pytest.mark.chaos
def test_a_broker_that_is_away_costs_nothing_and_is_heard_when_it_is_back(
    broker: Daemon, send: Sender
) -> None:
    assert send()[0]
    broker.stop()
    send()
    answers = [send() for _ in range(3)]
    assert not any(taken for taken, _ in answers)
    # Kombu by itself tries for six seconds each time.
    assert sum(seconds for _, seconds in answers) < 6
    broker.start()
    assert send()[0]
