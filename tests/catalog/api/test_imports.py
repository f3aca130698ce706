import io
import json
from typing import Any

import pytest

from catalog.models import ImportRun, Product
from catalog.services.imports import imports_run
from tenants.scope import shop_scope
from tests.catalog.api.caller import Caller, fields
from tests.factories import make_shop
from tests.support.strange_server import strange_server

pytestmark = pytest.mark.django_db(transaction=True)

CSV = "sku,title,price\nA,Shirt,1000\nB,Dress,2000\nC,,3000\n"


def upload(caller: Caller, text: str = CSV, **form: str) -> Any:
    file = io.BytesIO(text.encode())
    file.name = "products.csv"
    return caller.form("/imports", {"file": file} | form)


def worked(caller: Caller, run_id: int) -> Any:
    while imports_run(shop_id=caller.shop.pk):
        pass
    reply = caller.get(f"/imports/{run_id}")
    assert reply.status_code == 200, reply.content
    return reply.json()


def skus(caller: Caller) -> list[str]:
    with shop_scope(caller.shop):
        return list(Product.objects.order_by("sku").values_list("sku", flat=True))


def test_a_file_comes_in_and_is_watched(ours: Caller) -> None:
    started = upload(ours)
    assert started.status_code == 202, started.content
    run = started.json()
    assert (run["state"], run["kind"]) == ("pending", "csv")
    assert started.headers["Location"] == f"/api/v1/imports/{run['id']}"
    done = worked(ours, run["id"])
    counts = [done[name] for name in ("state", "rows", "created", "bad", "undoable")]
    assert counts == ["done", 3, 2, 1, True]
    problems = ours.get(f"/imports/{run['id']}/problems").json()["results"]
    assert [(one["row"], one["sku"], one["field"]) for one in problems] == [(4, "C", "title")]
    listed = ours.get("/imports", {"limit": 1, "state": "done"}).json()
    assert [one["id"] for one in listed["results"]] == [run["id"]]


def test_a_dry_run_shows_and_is_then_done(ours: Caller) -> None:
    run = upload(ours, dry="true").json()
    assert worked(ours, run["id"])["created"] == 2
    assert skus(ours) == []
    changes = ours.get(f"/imports/{run['id']}/changes").json()["results"]
    assert {(one["sku"], one["action"]) for one in changes} == {("A", "created"), ("B", "created")}
    real = ours.post(f"/imports/{run['id']}/confirm", {})
    assert real.status_code == 202, real.content
    assert real.json()["id"] != run["id"]
    assert worked(ours, real.json()["id"])["created"] == 2
    assert skus(ours) == ["A", "B"]


def test_an_import_is_taken_back_once(ours: Caller) -> None:
    run = upload(ours).json()
    worked(ours, run["id"])
    assert ours.post(f"/imports/{run['id']}/undo").status_code == 202
    assert worked(ours, run["id"])["state"] == "undone"
    assert skus(ours) == []
    again = ours.post(f"/imports/{run['id']}/undo")
    assert (again.status_code, again.json()["code"]) == (409, "import_not_possible")


def test_a_file_that_takes_most_away_asks(ours: Caller) -> None:
    rows = "".join(f"S{number},Shirt,1000\n" for number in range(60))
    worked(ours, upload(ours, f"sku,title,price\n{rows}").json()["id"])
    run = upload(ours, CSV, complete="true").json()
    assert worked(ours, run["id"])["state"] == "asking"
    assert len(skus(ours)) == 62
    assert ours.post(f"/imports/{run['id']}/confirm", {"yes": False}).json()["state"] == "done"
    assert len(skus(ours)) == 62
    second = upload(ours, CSV, complete="true").json()
    worked(ours, second["id"])
    assert ours.post(f"/imports/{second['id']}/confirm", {"yes": True}).status_code == 202
    assert worked(ours, second["id"])["gone"] == 60
    assert skus(ours) == ["A", "B"]


def test_a_mapping_says_what_columns_mean(ours: Caller) -> None:
    text = "Kennung,Wie es heisst,Geld\nA,Hemd,1000\n"
    mapping = {"Kennung": "sku", "Wie es heisst": "title", "Geld": "price"}
    run = upload(ours, text, mapping=json.dumps(mapping)).json()
    assert worked(ours, run["id"])["created"] == 1
    wrong = upload(ours, text, mapping=json.dumps({"Kennung": "number"}))
    assert fields(wrong) == {"mapping.Kennung": "unknown_column"}
    assert fields(upload(ours, text, mapping="{")) == {"mapping": "not_json"}


def test_the_same_upload_with_its_key_is_one_import(ours: Caller) -> None:
    ids = set()
    for _ in range(2):
        file = io.BytesIO(CSV.encode())
        file.name = "products.csv"
        reply = ours.form("/imports", {"file": file}, Idempotency_Key="import-1")
        ids.add(reply.json()["id"])
    assert len(ids) == 1


def test_an_address_is_fetched_and_private_ones_are_not(ours: Caller, settings: Any) -> None:
    refused = ours.post("/imports", {"url": "http://127.0.0.1:9/feed.csv"})
    assert (refused.status_code, refused.json()["code"]) == (422, "url_refused")
    with strange_server() as server:
        server.photo = CSV.encode()
        settings.FETCH_ALLOWED_PRIVATE = [server.authority]
        run = ours.post("/imports", {"url": server.url("/photo/feed.csv"), "dry": True})
        assert run.status_code == 202, run.content
        assert run.json()["filename"] == "feed.csv"
        missing = ours.post("/imports", {"url": server.url("/status/404")})
        assert (missing.status_code, missing.json()["code"]) == (422, "url_failed")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "file"),
        ({"url": "https://x.example/", "colour": 1}, "colour"),
        ({"url": "https://x.example/", "dry": "perhaps"}, "dry"),
        ({"url": "https://x.example/", "mapping": []}, "mapping"),
    ],
)
def test_what_is_wrong_is_named(ours: Caller, body: Any, field: str) -> None:
    assert set(fields(ours.post("/imports", body))) == {field}
    assert set(fields(upload(ours, ""))) == {"file"}


def test_another_shops_imports_are_not_there(ours: Caller) -> None:
    run = upload(ours).json()
    theirs = Caller(make_shop(ours.shop.mall, language="en"))
    path = f"/imports/{run['id']}"
    for reply in (
        theirs.get(path),
        theirs.get(f"{path}/problems"),
        theirs.get(f"{path}/changes"),
        theirs.post(f"{path}/undo"),
        theirs.post(f"{path}/confirm", {}),
    ):
        assert (reply.status_code, reply.json()["code"]) == (404, "import_not_found")
    assert theirs.get("/imports").json()["results"] == []
    with shop_scope(ours.shop):
        assert ImportRun.objects.get().state == ImportRun.State.PENDING


def test_what_an_import_did_is_paged_changes_first_then_what_is_new(ours: Caller) -> None:
    worked(ours, upload(ours, "sku,title,price\nA,Shirt,1000\nB,Dress,2000\n").json()["id"])
    table = "sku,title,price\nA,Shirt,900\nB,Dress,1900\nC,Coat,1\nD,Belt,2\nE,Hat,3\n"
    run = worked(ours, upload(ours, table).json()["id"])
    for limit in range(1, 7):
        seen: list[tuple[str, str]] = []
        asked: dict[str, Any] = {"limit": limit}
        while True:
            page = ours.get(f"/imports/{run['id']}/changes", asked).json()
            assert 0 < len(page["results"]) <= limit
            seen += [(one["sku"], one["action"]) for one in page["results"]]
            if page["next_cursor"] is None:
                break
            asked["cursor"] = page["next_cursor"]
        assert sorted(seen[:2]) == [("A", "updated"), ("B", "updated")]
        assert seen[2:] == [("C", "created"), ("D", "created"), ("E", "created")]
