"""Spans of a trace, where tracing is on (`lookus.watching.tracing` puts it on); else nothing.

A trace leads from a request through the outbox to the job: the row that announces work keeps the
name of the trace that it came from, and whoever takes the row goes on in it.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

Value = str | int | float | bool


class Tracer(Protocol):
    def span(self, name: str, attributes: dict[str, Value]) -> AbstractContextManager[object]: ...

    def traceparent(self) -> str: ...

    def trace_id(self) -> str | None: ...

    def take_up(self, name: str, traceparents: Iterable[str], shop_id: int) -> None: ...

    def tell(self, attributes: dict[str, Value]) -> None: ...

    def shut_down(self) -> None: ...


_tracer: Tracer | None = None
_NOTHING: AbstractContextManager[object] = nullcontext()


def put_on(tracer: Tracer | None) -> None:
    """Trace this process from now on; with None no more."""
    global _tracer  # noqa: PLW0603  one for the process, or each call would ask who traces
    _tracer = tracer


def current() -> Tracer | None:
    return _tracer


def is_on() -> bool:
    return _tracer is not None


def span(name: str, **attributes: Value) -> AbstractContextManager[object]:
    """A part of what is being done. Attributes hold counts and names of ours, never a person's."""
    return _NOTHING if _tracer is None else _tracer.span(name, attributes)


def traceparent() -> str:
    """The present span as W3C Trace Context writes it; empty where there is none."""
    return "" if _tracer is None else _tracer.traceparent()


def trace_id() -> str | None:
    return None if _tracer is None else _tracer.trace_id()


def take_up(name: str, traceparents: Iterable[str], *, shop_id: int) -> None:
    """Go on, until this job ends, in the traces that announced its work."""
    if _tracer is not None:
        _tracer.take_up(name, traceparents, shop_id)


def tell(**attributes: Value) -> None:
    """Say more of the present span."""
    if _tracer is not None:
        _tracer.tell(attributes)
