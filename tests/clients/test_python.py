"""The Python client, on the running stack; and what goes wrong, on a server that can do wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lookus_client import Lookus, LookusError
from lookus_client.generated.api.imports import imports
from lookus_client.generated.api.tags import taxonomy
from lookus_client.generated.models import TaxonomyReply

from tests.frontend.stand_in import Answer, Call, StandIn, problem

EXAMPLES = Path(__file__).parents[2] / "clients" / "python" / "examples"


@pytest.fixture
def lookus(live_stack: Any) -> Iterator[Lookus]:
    with Lookus(live_stack.base_url, key=live_stack.secret_key, lang="ko") as client:
        yield client


@pytest.fixture
def strange(shop: StandIn) -> Iterator[Lookus]:
    with Lookus(f"{shop.api}/api/v1/", key="sk_1", timeout=0.5, retries=2) as client:
        yield client


def example(name: str, live_stack: Any) -> str:
    photo = str(live_stack.photo("dress"))
    done = subprocess.run(
        [sys.executable, EXAMPLES / name, live_stack.base_url, live_stack.secret_key, photo],
        env=live_stack.environment | {"PYTHONPATH": str(EXAMPLES.parent)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_of_finding(live_stack: Any) -> None:
    told = example("find.py", live_stack).splitlines()
    assert "understood: 빨강, 원피스" in told[0] or "원피스" in told[0]
    kinds = {line.split(":")[0] for line in told}
    assert {"understood", "seen", "like it", "in blue"} <= kinds


def test_the_example_of_the_catalogue(live_stack: Any) -> None:
    told = example("catalogue.py", live_stack).splitlines()
    assert told[0] == "created: 2"
    assert told[1].startswith("refused: EX-3 price")
    assert "there: EX-1 체크 셔츠 1" in told
    assert told[-2:] == ["deleted: 2", "then: product_not_found 404"]


def test_pages_follow_each_other(lookus: Lookus) -> None:
    skus = [product.sku for product in lookus.products(tagging="done")]
    assert len(skus) == len(set(skus)) >= 12
    found = [one.product_id for one in lookus.results(product_id=skus[0], limit=3)]
    assert len(found) == len(set(found)) > 3
    assert skus[0] not in found


def test_generated_calls_raise_as_the_others_do(lookus: Lookus) -> None:
    assert isinstance(taxonomy.sync(client=lookus.api), TaxonomyReply)
    assert all(run.state == "done" for run in lookus.each(imports.sync, limit=1))
    with pytest.raises(LookusError) as raised:
        imports.sync(client=lookus.api, limit=0)
    assert (raised.value.code, raised.value.field) == ("validation_error", "limit")
    assert raised.value.request_id


def test_an_import_is_waited_for(lookus: Lookus) -> None:
    started = lookus.import_file(b"sku,title,price\nEX-9,Shirt,100\n", dry=True)
    run = lookus.finished(started.id, within=120)
    assert (run.state, run.dry, run.created) == ("done", True, 1)


def test_events_are_told_together(lookus: Lookus) -> None:
    found = lookus.search(text="셔츠", limit=1)
    sku = found.results[0].product_id
    click = {"type": "click", "search_id": str(found.search_id), "product_id": sku}
    told = lookus.tell([click, {"type": "view", "product_id": "no-such"}], session="s" * 16)
    assert (told.counted, told.refused) == (1, 1)
    assert told.results[1].errors[0].field == "product_id"


def test_an_outfit_of_a_photo(lookus: Lookus, live_stack: Any) -> None:
    seen = lookus.outfit_of_photo(live_stack.photo("dress"), choices=1)
    assert seen.garments
    again = lookus.outfit_of_photo(image_id=seen.image_id, object=0, choices=1)
    assert [row.slot for row in again.rows] == [row.slot for row in seen.rows]


def test_a_busy_api_is_asked_again(strange: Lookus, shop: StandIn) -> None:
    answers = [problem(429, "rate_limited", Retry_After="1"), Answer(503, "busy"), None]
    shop.next = lambda call: answers.pop(0) or Answer(body={"results": [], "next_cursor": None})
    assert list(strange.products()) == []
    assert len(shop.calls) == 3


def test_a_batch_that_is_sent_again_has_the_same_key(strange: Lookus, shop: StandIn) -> None:
    counts = dict.fromkeys(("created", "updated", "unchanged", "deleted", "refused"), 0)
    answers = [Answer(after=1), Answer(body={"request_id": "r", "results": [], **counts})]
    shop.next = lambda call: answers.pop(0)
    strange.put([{"sku": "A", "title": "Shirt"}])
    keys = [call.headers["Idempotency-Key"] for call in shop.calls]
    assert len(keys) == 2
    assert keys[0] == keys[1]
    assert shop.calls[0].json == {
        "operations": [{"op": "put", "sku": "A", "product": {"title": "Shirt"}}]
    }


def test_a_write_without_a_key_is_sent_once(strange: Lookus, shop: StandIn) -> None:
    shop.next = lambda call: problem(503, "server_error")
    with pytest.raises(LookusError):
        strange.api.get_httpx_client().post("/api/v1/webhooks", json={})
    assert len(shop.calls) == 1


def test_next_month_is_not_waited_for(strange: Lookus, shop: StandIn) -> None:
    shop.next = lambda call: problem(429, "over_quota", "Used up.", Retry_After="900000")
    with pytest.raises(LookusError, match="over_quota: Used up") as raised:
        strange.search(text="shirt")
    assert raised.value.retry_after == 900000
    assert len(shop.calls) == 1


@pytest.mark.parametrize(
    ("answer", "code", "status"),
    [
        (Answer(500, "<h1>Oops</h1>"), "bad_answer", 500),
        (Answer(200, "<h1>Hello</h1>"), "bad_answer", 200),
        (Answer(404, ["gone"]), "bad_answer", 404),
        (problem(422, "code_of_a_later_api"), "code_of_a_later_api", 422),
    ],
)
def test_answers_that_are_none_of_the_apis(
    strange: Lookus, shop: StandIn, answer: Answer, code: str, status: int
) -> None:
    shop.next = lambda call: answer
    with pytest.raises(LookusError) as raised:
        strange.search(text="shirt")
    assert (raised.value.code, raised.value.status) == (code, status)


def test_nobody_there() -> None:
    nobody = Lookus("http://127.0.0.1:9", key="sk_1", retries=0)
    with nobody, pytest.raises(LookusError) as raised:
        nobody.search(text="shirt")
    assert raised.value.code == "network"


def test_a_form_has_json_text(strange: Lookus, shop: StandIn) -> None:
    def refuse(call: Call) -> Answer:
        return problem(400, "validation_error")

    shop.next = refuse
    with pytest.raises(LookusError):
        strange.search(image=b"photo", box=(1, 2, 3, 4), filters={"color": ["red"]}, fold=False)
    sent = shop.calls[0]
    assert sent.image == b"photo"
    assert sent.fields == {
        "box": "[1, 2, 3, 4]",
        "filters": '{"color": ["red"]}',
        "fold": "false",
    }
