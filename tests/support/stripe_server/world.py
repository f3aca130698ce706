"""What stands at Stripe: its objects, its clock, and the messages that it would send."""

import hashlib
import hmac
import itertools
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from tests.support.stripe_server.errors import missing

DAY = 86_400
Thing = dict[str, Any]


@dataclass
class World:
    key: str
    base: str
    now: int = field(default_factory=lambda: int(time.time()))
    things: dict[str, dict[str, Thing]] = field(default_factory=dict)
    """By kind and id."""
    meter_events: list[Thing] = field(default_factory=list)
    events: list[Thing] = field(default_factory=list)
    asked: list[tuple[str, str, Thing]] = field(default_factory=list)
    replies: dict[str, Any] = field(default_factory=dict)
    faults: list[int] = field(default_factory=list)
    """Statuses that the next requests get, whatever they ask."""
    lost: int = 0
    """Of so many requests the answer does not arrive, though they were carried out."""
    card_declined: bool = False
    lock: threading.RLock = field(default_factory=threading.RLock)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def make(self, kind: str, prefix: str, **values: Any) -> Thing:
        name = values.pop("id", None) or f"{prefix}_{next(self.numbers):06d}"
        thing = {"id": name, "object": kind, "created": self.now, "livemode": False, **values}
        self.things.setdefault(kind, {})[name] = thing
        return thing

    def get(self, kind: str, name: str) -> Thing:
        found = self.things.get(kind, {}).get(name)
        if found is None:
            raise missing(kind, name)
        return found

    def all(self, kind: str) -> list[Thing]:
        """The newest first, as Stripe lists them."""
        return list(self.things.get(kind, {}).values())[::-1]

    def tell(self, kind: str, thing: Thing) -> Thing:
        """A message about the object, as it is now."""
        event = {
            "id": f"evt_{next(self.numbers):06d}",
            "object": "event",
            "type": kind,
            "created": self.now,
            "data": {"object": json.loads(json.dumps(thing))},
        }
        self.events.append(event)
        return event


def signed(event: Thing, secret: str, at: int) -> tuple[bytes, str]:
    """The body and its header, by Stripe's description of its signatures."""
    body = json.dumps(event).encode()
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return body, f"t={at},v1={mac}"
