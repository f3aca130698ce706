"""Tests of two orders against each other: who sees which, and the counting.

A visitor is an opaque id that the shop's page sends. It is never stored: the arm is kept under
HMAC-SHA256 of it with the experiment's own salt, and both go when the experiment stops.
"""

import hashlib
import hmac

from recommender.models import Experiment

CONTROL, VARIANT = "a", "b"
ARMS = (CONTROL, VARIANT)
PARTS = 2**64


def running_experiment() -> Experiment | None:
    """The one that runs in the shop in scope."""
    return Experiment.objects.filter(state=Experiment.State.RUNNING).first()


def visitor_hash(*, salt: str, visitor: str) -> str:
    """64 hexadecimal digits that mean nothing in another experiment."""
    return hmac.new(salt.encode(), visitor.encode(), hashlib.sha256).hexdigest()


def arm_of(*, salt: str, share: float, visitor: str) -> str:
    """The same visitor is always in the same arm; `share` of all are in B."""
    part = int(visitor_hash(salt=salt, visitor=visitor)[:16], 16) / PARTS
    return VARIANT if part < share else CONTROL
