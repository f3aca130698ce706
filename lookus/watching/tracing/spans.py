"""Our spans by OpenTelemetry's SDK. Imported only where tracing is on."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from tenants.tracing import Value

MOST_TRACES = 8
"""Of one chunk of work: a chunk of photos may come from as many requests as it has photos."""
_CARRIER = TraceContextTextMapPropagator()


@dataclass
class Job:
    """Of a job that is being done: its spans, and what puts back the context before them."""

    spans: list[Span] = field(default_factory=list)
    tokens: list["Token[Context]"] = field(default_factory=list)


_job: ContextVar[Job | None] = ContextVar("lookus_traced_job", default=None)


def resource(service: str) -> Resource:
    """OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say more, and have the last word."""
    named = "service.name=" in os.environ.get("OTEL_RESOURCE_ATTRIBUTES", "")
    own: dict[str, str] = {"service.version": version("lookus")}
    if not (named or os.environ.get("OTEL_SERVICE_NAME")):
        own["service.name"] = f"lookus-{service}"
    return Resource.create(own)


def context_of(traceparent: str) -> Context | None:
    """The span that this names, as a parent from elsewhere; None where it names none."""
    if not traceparent:
        return None
    found = _CARRIER.extract({"traceparent": traceparent}, context=Context())
    return found if trace.get_current_span(found).get_span_context().is_valid else None


def links(parents: Iterable[Context]) -> list[Link]:
    return [Link(trace.get_current_span(one).get_span_context()) for one in parents]


class Spans:
    """What `tenants.tracing` asks for, and what requests and jobs begin and end with."""

    def __init__(self, service: str) -> None:
        self.provider = TracerProvider(resource=resource(service))
        self.provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self.tracer = self.provider.get_tracer("lookus")

    def shut_down(self) -> None:
        self.provider.shutdown()

    @contextmanager
    def span(
        self,
        name: str,
        attributes: Mapping[str, Value],
        *,
        kind: SpanKind = SpanKind.INTERNAL,
        linked: Iterable[Context] = (),
    ) -> Iterator[Span]:
        """An error is told by its kind alone: its words may be a person's."""
        with self.tracer.start_as_current_span(
            name,
            kind=kind,
            attributes=dict(attributes),
            links=links(linked),
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield span
            except Exception as error:
                failed(span, type(error).__name__)
                raise

    def traceparent(self) -> str:
        carried: dict[str, str] = {}
        _CARRIER.inject(carried)
        return carried.get("traceparent", "")

    def trace_id(self) -> str | None:
        current = trace.get_current_span().get_span_context()
        return trace.format_trace_id(current.trace_id) if current.is_valid else None

    def tell(self, attributes: Mapping[str, Value]) -> None:
        trace.get_current_span().set_attributes(dict(attributes))

    def job_begin(self, name: str, traceparent: str, attributes: Mapping[str, Value]) -> None:
        """A job's own span, below whoever rang for it."""
        job = Job()
        _job.set(job)
        self._enter(job, name, context_of(traceparent) or Context(), attributes)

    def take_up(self, name: str, traceparents: Iterable[str], shop_id: int) -> None:
        """Of what a job took, one span in each trace that announced it; the first is gone on in."""
        job = _job.get()
        if job is None:
            return
        parents = [
            found for one in dict.fromkeys(traceparents) if (found := context_of(one)) is not None
        ]
        rung = context.get_current()
        told = {"lookus.shop_id": shop_id}
        for parent in reversed(parents[:MOST_TRACES]):
            self._enter(job, name, parent, told, linked=[rung])

    def job_end(self, error: str = "", attributes: Mapping[str, Value] | None = None) -> None:
        job = _job.get()
        if job is None:
            return
        _job.set(None)
        for span in job.spans:
            if error:
                failed(span, error)
        job.spans[0].set_attributes(dict(attributes or {}))
        for span, token in zip(reversed(job.spans), reversed(job.tokens), strict=True):
            span.end()
            context.detach(token)

    def _enter(
        self,
        job: Job,
        name: str,
        parent: Context,
        attributes: Mapping[str, Value],
        linked: Iterable[Context] = (),
    ) -> None:
        span = self.tracer.start_span(
            name,
            context=parent,
            kind=SpanKind.CONSUMER,
            attributes=dict(attributes),
            links=links(linked),
        )
        job.spans.append(span)
        job.tokens.append(context.attach(trace.set_span_in_context(span)))


def failed(span: Any, error: str) -> None:
    span.set_attribute("error.type", error)
    span.set_status(Status(StatusCode.ERROR))
