"""How often a host may be asked: one clock for all workers and shops."""

import time
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from catalog.models import HostPace

TAKE = """
INSERT INTO catalog_hostpace AS held (host, free_at)
VALUES (%s, clock_timestamp() + %s * interval '1 second')
ON CONFLICT (host) DO UPDATE
SET free_at = greatest(held.free_at, clock_timestamp()) + %s * interval '1 second'
RETURNING extract(epoch FROM free_at - clock_timestamp()) - %s
"""


def busy_for(host: str) -> float:
    """Seconds until the host may be asked again; 0 for now."""
    free_at = HostPace.objects.filter(host=host).values_list("free_at", flat=True).first()
    return max(0.0, (free_at - timezone.now()).total_seconds()) if free_at else 0.0


def wait_for_turn(host: str, pause: float) -> None:
    """Take the host's next turn, `pause` seconds after the one before, and wait until it comes."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [host, pause, pause, pause])
        [seconds] = cursor.fetchone()
    time.sleep(max(0.0, float(seconds)))


def leave_alone(host: str, seconds: float) -> None:
    """Ask the host for nothing more for so long: it said that it is too much."""
    until = timezone.now() + timedelta(seconds=seconds)
    HostPace.objects.update_or_create(host=host, defaults={"free_at": until})
