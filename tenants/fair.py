"""Fair shares of one web process: a shop that floods it leaves room for the others.

At the door (`fair_share`, a middleware of the API) a key may hold a part of the threads only, so
that others always find one free: what is left of them bounds what each may hold, as packets do in
a switch whose memory many queues share (Choudhury and Hahne, "Dynamic Queue Length Thresholds",
1998). Who asks too often is refused here too, without being looked up each time. Behind it
(`turn`) there are as many seats for heavy work as there are processors, which shops take by turns.

All of it is this process' own memory: each protects itself, and needs nobody to answer.
"""

import contextlib
import hashlib
import math
import os
import threading
import time
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tenants.callers import current_caller
from tenants.problems import Problem, problem_response

GetResponse = Callable[[HttpRequest], HttpResponseBase]

API = "/api/v1/"
SHARE = 3
"""A key may hold so many times as many threads as are free: six of eight where it is alone."""
ACTIVE_SECONDS = 300.0
"""Who asked in this time is thought to ask again: until then nobody takes everything."""
BUSY_SECONDS = 1
REMEMBERED_SECONDS = 10.0
REMEMBERED = 10_000
DRAINED_BYTES = 16 * 1024 * 1024


class Door:
    """Who is inside, of at most `threads`; who was told to wait; who was here lately."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._lock = threading.Lock()
        self._inside: defaultdict[str, int] = defaultdict(int)
        self._lately: OrderedDict[str, float] = OrderedDict()
        self._waiting: OrderedDict[str, float] = OrderedDict()

    def enter(self, who: str) -> bool:
        """Let one in, or not; each that came in leaves."""
        now = time.monotonic()
        with self._lock:
            alone = not _others(self._lately, who, now)
            _note(self._lately, who, now)
            free = self.threads - sum(self._inside.values())
            if not alone and self._inside[who] >= max(1, SHARE * free):
                return False
            self._inside[who] += 1
            return True

    def leave(self, who: str) -> None:
        with self._lock:
            self._inside[who] -= 1
            if not self._inside[who]:
                del self._inside[who]

    def told_to_wait(self, what: str, seconds: float) -> None:
        with self._lock:
            _note(self._waiting, what, time.monotonic() + min(seconds, REMEMBERED_SECONDS))

    def still_waits(self, what: str) -> float:
        """Seconds, 0 for none."""
        with self._lock:
            return max(0.0, self._waiting.get(what, 0.0) - time.monotonic())


class Turns:
    """Seats for heavy work. A shop that asks while others do leaves one to them."""

    def __init__(self, seats: int) -> None:
        self.seats = seats
        self._lock = threading.Lock()
        self._seated: defaultdict[int, int] = defaultdict(int)
        self._queues: dict[int, deque[threading.Event]] = {}
        self._lately: OrderedDict[int, float] = OrderedDict()
        self._served: OrderedDict[int, float] = OrderedDict()

    @contextmanager
    def turn(self, shop_id: int) -> Iterator[None]:
        """A seat for the block. Waits for it: one of each shop that waits is let in by turns."""
        seat = threading.Event()
        with self._lock:
            _note(self._lately, shop_id, time.monotonic())
            self._queues.setdefault(shop_id, deque()).append(seat)
            self._let_in()
        seat.wait()
        try:
            yield
        finally:
            with self._lock:
                self._seated[shop_id] -= 1
                if not self._seated[shop_id]:
                    del self._seated[shop_id]
                self._let_in()

    def _let_in(self) -> None:
        while free := [shop_id for shop_id in self._queues if self._has_room(shop_id)]:
            # Who has the fewest, and of these who had one longest ago.
            first = min(free, key=lambda one: (self._seated[one], self._served.get(one, 0.0)))
            self._seated[first] += 1
            _note(self._served, first, time.monotonic())
            queue = self._queues[first]
            queue.popleft().set()
            if not queue:
                del self._queues[first]

    def _has_room(self, shop_id: int) -> bool:
        if sum(self._seated.values()) >= self.seats:
            return False
        alone = not _others(self._lately, shop_id, time.monotonic())
        return alone or self._seated[shop_id] < max(1, self.seats - 1)


def fair_share(get_response: GetResponse) -> GetResponse:
    """Middleware: under the API refuse whom `Door` does not let in, before anything is done."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        token = request.META.get("HTTP_AUTHORIZATION", "")
        if not token or not request.path_info.startswith(API):
            return get_response(request)
        who = hashlib.blake2b(token.encode(), digest_size=16).hexdigest()
        what = f"{who} {current_caller().address} {request.method} {request.path_info}"
        if wait := door().still_waits(what):
            return _refused(request, math.ceil(wait))
        if not door().enter(who):
            return _refused(request, BUSY_SECONDS)
        try:
            response = get_response(request)
        finally:
            door().leave(who)
        # Said by the throttle: what is too often now is so until then.
        if wait := getattr(request, "rate_wait", 0.0):
            door().told_to_wait(what, wait)
        return response

    return middleware


@cache
def door() -> Door:
    return Door(settings.WEB_THREADS)


@cache
def _turns() -> Turns:
    return Turns(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)


def turn(shop_id: int) -> contextlib.AbstractContextManager[None]:
    """Heavy work of a shop: photos decoded and seen, searches ranked. Not inside a transaction."""
    return _turns().turn(shop_id)


def _refused(request: HttpRequest, seconds: int) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) <= DRAINED_BYTES:
        # A client that is still sending would see a broken connection.
        request.read()
    wait = {"Retry-After": str(seconds)}
    response = problem_response(request, Problem("rate_limited", headers=wait))
    # Counted with the others, and no line of Django's log: a flood would fill it.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _others(lately: OrderedDict[Any, float], who: object, now: float) -> bool:
    """Whether anybody else was here; who was not for long is forgotten."""
    while lately:
        first, at = next(iter(lately.items()))
        if now - at <= ACTIVE_SECONDS:
            break
        del lately[first]
    return len(lately) > (who in lately)


def _note(known: OrderedDict[Any, float], who: object, at: float) -> None:
    known[who] = at
    known.move_to_end(who)
    if len(known) > REMEMBERED:
        known.popitem(last=False)
