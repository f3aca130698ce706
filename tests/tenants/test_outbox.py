from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tenants import doorbell, outbox
from tenants.models import Outbox, Shop
from tests.factories import make_shop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """The messages instead of a broker."""
    messages: list[tuple[str, Any]] = []
    monkeypatch.setattr(
        doorbell.current_app, "send_task", lambda name, args, **_: messages.append((name, args[0]))
    )
    return messages


def take(shop: Shop, limit: int = 16, seconds: float = 60) -> list[int]:
    with transaction.atomic():
        return outbox.take(
            shop_id=shop.pk,
            topic="photo",
            limit=limit,
            until=timezone.now() + timedelta(seconds=seconds),
        )


def announce(shop: Shop, *object_ids: int) -> None:
    with transaction.atomic():
        outbox.announce(shop_id=shop.pk, topic="photo", object_ids=object_ids)


def test_many_announcements_ring_once_and_only_after_the_commit(sent: list[Any]) -> None:
    shop = make_shop()
    with transaction.atomic():
        outbox.announce(shop_id=shop.pk, topic="photo", object_ids=[1, 2])
        outbox.announce(shop_id=shop.pk, topic="photo", object_ids=[3])
        assert sent == []
    assert sent == [("catalog.tasks.tag_photos", shop.pk)]


def test_a_change_that_is_rolled_back_announces_nothing(sent: list[Any]) -> None:
    shop = make_shop()

    @transaction.atomic
    def announce_and_fail() -> None:
        outbox.announce(shop_id=shop.pk, topic="photo", object_ids=[1])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        announce_and_fail()
    assert sent == []
    assert not Outbox.objects.exists()


def test_a_broker_that_fails_leaves_the_row_for_the_sweeper(
    monkeypatch: pytest.MonkeyPatch, sent: list[Any]
) -> None:
    shop = make_shop()

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(doorbell.current_app, "send_task", refuse)
        announce(shop, 1)
    assert outbox.waiting() == [outbox.Waiting(shop.pk, "photo")]
    assert outbox.ring(shop_id=shop.pk, topic="photo") is True
    assert sent == [("catalog.tasks.tag_photos", shop.pk)]
    assert outbox.waiting() == []


def test_a_message_that_was_lost_is_sent_again_after_a_while(sent: list[Any]) -> None:
    shop = make_shop()
    announce(shop, 1)
    assert outbox.ring(shop_id=shop.pk, topic="photo") is False
    Outbox.objects.update(published_at=timezone.now() - timedelta(seconds=outbox.LOST_SECONDS + 1))
    assert outbox.waiting() == [outbox.Waiting(shop.pk, "photo")]
    assert outbox.ring(shop_id=shop.pk, topic="photo") is True
    assert len(sent) == 2


def test_a_shop_has_one_chunk_in_flight(sent: list[Any]) -> None:
    shop, other = make_shop(), make_shop()
    announce(shop, *range(1, 41))
    announce(other, 1)
    assert take(shop) == list(range(1, 17))
    assert take(shop) == []
    assert take(other) == [1]
    outbox.done(shop_id=shop.pk, topic="photo", object_ids=range(1, 17))
    assert take(shop) == list(range(17, 33))


def test_an_expired_lease_is_taken_again(sent: list[Any]) -> None:
    shop = make_shop()
    announce(shop, 1, 2)
    assert take(shop, seconds=-1) == [1, 2]
    assert outbox.waiting() == [outbox.Waiting(shop.pk, "photo")]
    assert take(shop) == [1, 2]
    assert outbox.waiting() == []


def test_what_is_given_back_for_later_waits_and_does_not_block_the_rest(sent: list[Any]) -> None:
    shop = make_shop()
    announce(shop, 1, 2)
    assert take(shop, limit=1) == [1]
    soon = timezone.now() + timedelta(seconds=60)
    outbox.later(shop_id=shop.pk, topic="photo", object_ids=[1], at=soon)
    assert take(shop) == [2]
    outbox.done(shop_id=shop.pk, topic="photo", object_ids=[2])
    assert take(shop) == []
    assert outbox.waiting() == []
    outbox.later(shop_id=shop.pk, topic="photo", object_ids=[1], at=timezone.now())
    assert take(shop) == [1]


def test_announced_again_while_worked_on_starts_anew(sent: list[Any]) -> None:
    shop = make_shop()
    announce(shop, 1)
    assert take(shop) == [1]
    announce(shop, 1)
    assert take(shop) == [1]


def test_two_workers_at_once_take_each_object_once(sent: list[Any]) -> None:
    shop = make_shop()
    announce(shop, *range(1, 9))
    taken: list[int] = []

    def work() -> None:
        taken.extend(take(shop, limit=4))
        connection.close()

    threads = [Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken == [1, 2, 3, 4]
