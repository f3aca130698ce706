"""A shop that floods a web process leaves room for the others."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from lookus.processes import wait_until
from tenants import fair
from tenants.fair import Door, Turns
from tests.factories import make_key

PATIENCE = 60


def entered(door: Door, who: str, times: int) -> int:
    return sum(door.enter(who) for _ in range(times))


def test_who_is_alone_may_have_every_thread() -> None:
    assert entered(Door(8), "one", 8) == 8


def test_a_flood_leaves_threads_free_for_others() -> None:
    door = Door(8)
    assert door.enter("other")
    door.leave("other")
    assert entered(door, "flood", 20) == 6
    assert entered(door, "other", 1) == 1
    door.leave("flood")
    assert entered(door, "flood", 20) == 1
    assert entered(door, "third", 1) == 1, "one is free still"


def test_two_floods_leave_room_for_a_third() -> None:
    door = Door(8)
    assert door.enter("third")
    door.leave("third")
    held = [0, 0]
    for _ in range(20):
        for one in (0, 1):
            held[one] += door.enter(f"flood-{one}")
    assert sum(held) < 8
    assert min(held) >= 2
    assert door.enter("third")


def test_one_thread_lets_everybody_in() -> None:
    door = Door(1)
    for who in ("one", "other", "one"):
        assert door.enter(who)
        door.leave(who)


class Worker:
    """Heavy work of a shop in a thread, which lasts until `end`."""

    def __init__(self, turns: Turns, shop_id: int) -> None:
        self.seated, self.end = threading.Event(), threading.Event()
        self.turns, self.shop_id = turns, shop_id
        self.thread = threading.Thread(target=self.work, daemon=True)
        self.thread.start()

    def work(self) -> None:
        with self.turns.turn(self.shop_id):
            self.seated.set()
            self.end.wait(PATIENCE)


def queued(turns: Turns, shop_id: int, count: int) -> list[Worker]:
    """So many workers of one shop, all of them seated or in the queue."""
    made = [Worker(turns, shop_id) for _ in range(count)]
    there = lambda: len(turns._queues.get(shop_id, ())) + turns._seated[shop_id] >= count  # noqa: E731
    assert wait_until(there, seconds=PATIENCE)
    return made


def seated(workers: list[Worker]) -> list[Worker]:
    return [one for one in workers if one.seated.is_set() and not one.end.is_set()]


def test_a_seat_is_kept_for_other_shops() -> None:
    turns = Turns(2)
    with turns.turn(2):
        pass
    flood = queued(turns, 1, 5)
    assert wait_until(lambda: len(seated(flood)) == 1, seconds=PATIENCE)
    other = Worker(turns, 2)
    assert other.seated.wait(PATIENCE), "it waits for nobody"
    assert len(seated(flood)) == 1
    for one in (other, *flood):
        one.end.set()
    for one in flood:
        assert one.seated.wait(PATIENCE)


def test_shops_take_the_only_seat_by_turns() -> None:
    turns = Turns(1)
    flood = queued(turns, 1, 5)
    other = queued(turns, 2, 2)
    (first,) = seated(flood)
    first.end.set()
    assert wait_until(lambda: len(seated(other)) == 1, seconds=PATIENCE), "four came before it"
    seated(other)[0].end.set()
    assert wait_until(lambda: len(seated(flood)) == 1, seconds=PATIENCE)
    seated(flood)[0].end.set()
    assert wait_until(lambda: len(seated(other)) == 1, seconds=PATIENCE)
    for one in (*flood, *other):
        one.end.set()
    for one in (*flood, *other):
        assert one.seated.wait(PATIENCE)


def test_work_that_fails_gives_its_seat_back() -> None:
    turns = Turns(1)
    with pytest.raises(ZeroDivisionError), turns.turn(1):
        raise ZeroDivisionError
    with turns.turn(2):
        pass


def test_the_door_refuses_before_anything_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door(8)
    monkeypatch.setattr(fair, "door", lambda: door)
    door.enter("somebody else")
    door.leave("somebody else")
    inside = threading.Semaphore(0)
    hold = threading.Event()

    def view(request: HttpRequest) -> HttpResponse:
        inside.release()
        hold.wait(PATIENCE)
        return HttpResponse("found")

    ask: Callable[[HttpRequest], Any] = fair.fair_share(view)
    request = lambda key: RequestFactory().post(  # noqa: E731
        "/api/v1/search", b"x" * 1000, "image/jpeg", headers={"Authorization": f"Bearer {key}"}
    )
    threads = [threading.Thread(target=ask, args=[request("flood")]) for _ in range(6)]
    for one in threads:
        one.start()
        assert inside.acquire(timeout=PATIENCE)
    refused = ask(request("flood"))
    assert (refused.status_code, refused["Retry-After"]) == (429, "1")
    assert json.loads(refused.content)["code"] == "rate_limited"
    assert "Wait" in json.loads(refused.content)["detail"]
    hold.set()
    assert ask(request("quiet")).status_code == 200
    for one in threads:
        one.join(PATIENCE)
    assert ask(request("flood")).status_code == 200


@pytest.mark.django_db
def test_who_was_told_to_wait_is_not_looked_up_again(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.API_RATE_SECRET = "1/min"
    _, token = make_key("sk")
    headers = {"Authorization": f"Bearer {token}"}
    assert [Client().get("/api/v1/taxonomy", headers=headers).status_code for _ in "ab"] == [
        200,
        429,
    ]
    with django_assert_num_queries(0):
        reply = Client().get("/api/v1/taxonomy", headers=headers)
    assert reply.status_code == 429
    assert int(reply["Retry-After"]) >= 1
    assert Client().get("/api/v1/tags", headers=headers).status_code == 200, "a rate of its own"
