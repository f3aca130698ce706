from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest

from tests.fuzz.size import clocked, report


@pytest.fixture(autouse=True)
def by_the_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    what = getattr(request.function, "what", "")
    with clocked(what) if what else nullcontext():
        yield


def pytest_terminal_summary(terminalreporter: Any) -> None:
    lines = list(report())
    if lines:
        terminalreporter.section("fuzzing")
        for line in lines:
            terminalreporter.write_line(line)
