"""OpenTelemetry: switched on by its standard variables, OTEL_EXPORTER_OTLP_ENDPOINT above all.

Nothing of it is imported where they are not set. The spans are ours and not those of the ready
instrumentations: these write addresses with their query, clients' addresses and statements into
attributes, where invitations, words of shoppers and people's addresses stand.
"""

import os
from typing import TYPE_CHECKING, Optional, cast

from django.core.exceptions import ImproperlyConfigured

from tenants import tracing

if TYPE_CHECKING:
    from lookus.watching.tracing.spans import Spans

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
HTTP = "http/protobuf"


def wanted() -> bool:
    """Whether the environment asks for traces."""
    if os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return False
    exporter = os.environ.get("OTEL_TRACES_EXPORTER", "").strip().lower()
    return exporter == "otlp" or (
        exporter != "none" and any(os.environ.get(name) for name in ENDPOINTS)
    )


def start(service: str) -> bool:
    """Trace this process as `lookus-<service>` where that is wanted; says whether.

    Raises ImproperlyConfigured where it is wanted and cannot be.
    """
    if not wanted() or tracing.is_on():
        return tracing.is_on()
    exporter = os.environ.get("OTEL_TRACES_EXPORTER", "").strip().lower()
    if exporter not in ("", "otlp"):
        raise ImproperlyConfigured(f"OTEL_TRACES_EXPORTER={exporter!r}: use otlp or none")
    for name in PROTOCOLS:
        if os.environ.get(name, HTTP) != HTTP:
            raise ImproperlyConfigured(f"{name}={os.environ[name]!r}: use {HTTP}")
    try:
        from lookus.watching.tracing.spans import Spans  # noqa: PLC0415  an extra's packages
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured(
            f"traces need the package {error.name}: pip install 'lookus[tracing]', "
            "or unset OTEL_EXPORTER_OTLP_ENDPOINT"
        ) from error
    tracing.put_on(Spans(service))
    return True


def active() -> Optional["Spans"]:
    """What this process is traced by; None where it is not."""
    return cast(Optional["Spans"], tracing.current())


def stop() -> None:
    """Send what is left and trace no more."""
    former = tracing.current()
    tracing.put_on(None)
    if former is not None:
        former.shut_down()
