"""Where the time of one request went, for the `Server-Timing` header."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tenants import tracing


class Timings:
    """Milliseconds by part."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.parts: dict[str, float] = {}

    @property
    def total(self) -> float:
        return 1000 * (time.perf_counter() - self.started)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            with tracing.span(f"search {name}"):
                yield
        finally:
            spent = 1000 * (time.perf_counter() - started)
            self.parts[name] = self.parts.get(name, 0.0) + spent

    def statement(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """For `connection.execute_wrapper`: every statement counts to `sql`."""
        with self.part("sql"):
            return execute(sql, params, many, context)

    def header(self) -> str:
        """Server-Timing, W3C: `name;dur=milliseconds`."""
        parts = {**self.parts, "total": self.total}
        return ", ".join(f"{name};dur={spent:.1f}" for name, spent in parts.items())
