"""Signs of life: the clock rings, the broker carries it, a worker writes it down."""

from datetime import datetime

from django.utils import timezone

from tenants.models_signs import Sign

WORKER = "worker"
SILENT_SECONDS = 600
"""A worker that learns a shop's heads may be busy for minutes: only longer silence is a fault."""


def sign_give() -> None:
    now = timezone.now()
    Sign.objects.update_or_create(name=WORKER, defaults={"at": now})


def sign_seen() -> datetime | None:
    """When a worker last gave its sign; None where none ever did."""
    return Sign.objects.filter(name=WORKER).values_list("at", flat=True).first()
