"""Every route × method × caller: what each is answered stands in `tables/`, and is asked here.

Whoever adds a route adds its lines: the failing test prints what everybody is answered now. Read
them before you paste them. `make chaos` asks every cell; `make test` those that must stay shut,
by the methods that pages are read and written with.
"""

import json
import logging
import uuid
from collections.abc import Iterator
from functools import cache

import pytest
from django.test import Client

from tests.access.callers import CALLERS, Caller
from tests.access.scene import OPERATOR, SECRET, Scene
from tests.access.table import METHODS, Line, table, written
from tests.tenants.url_map import routes, views

WHOLE = [pytest.param(False, id="short"), pytest.param(True, id="whole", marks=pytest.mark.chaos)]
API = "api/v1/"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Each refusal is a line of the log, with its traceback."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@cache
def mapped() -> dict[str, set[str]]:
    """The routes of each table, from the URL map."""
    root = routes("lookus.urls")
    operator = {route for route in root if route.startswith(OPERATOR)}
    api = {route for route in root if route.startswith(API)}
    return {
        "shop_admin": set(routes("lookus.urls_shop_admin")),
        "operator": operator,
        "api": api,
        "open": set(root) - operator - api,
    }


@pytest.mark.parametrize("name", CALLERS)
def test_every_route_has_its_lines(name: str, scene: Scene) -> None:
    told, found = table(name), mapped()[name]
    assert told.routes() - found == set(), "lines of routes that are no more"
    new = sorted(found - told.routes())
    assert not new, f"{new}: who may?\n{proposed(name, new, scene)}"
    for route in {line.route for line in told.lines}:
        methods = [one for line in told.lines if line.route == route for one in line.methods]
        assert sorted(methods) == sorted(METHODS), route


@pytest.mark.parametrize("whole", WHOLE)
@pytest.mark.parametrize("name", CALLERS)
def test_everybody_is_answered_as_the_table_says(name: str, whole: bool, scene: Scene) -> None:
    lines, faults = table(name).lines, []
    callers = CALLERS[name](scene)
    assert tuple(caller.name for caller in callers) == table(name).callers
    before = scene.kept()
    for caller in callers:
        for line, method in asked(lines, caller, whole):
            status, said = caller.ask(scene, line.route, method)
            if not line.allows(caller.name, status):
                faults.append((line.route, method, caller.name, line.expected[caller.name], status))
            # To the login, and from there to the page.
            to_login = said.endswith(f"/login/?next={caller.path(scene, line.route)}")
            if name == "shop_admin" and caller.user is None and not to_login:
                faults.append((line.route, method, caller.name, said))
            if caller.stranger and SECRET in said:
                faults.append((line.route, method, caller.name, "says what is the victim's"))
        if not caller.undone:
            assert scene.kept() == before, caller.name
    assert faults == []


def asked(lines: tuple[Line, ...], caller: Caller, whole: bool) -> Iterator[tuple[Line, str]]:
    for line in lines:
        if whole:
            yield from ((line, method) for method in line.methods)
        elif in_short(line, caller):
            yield line, line.methods[0]


def in_short(line: Line, caller: Caller) -> bool:
    method, status = line.methods[0], line.expected[caller.name]
    if method not in caller.short or (line.route == "api/schema/" and caller.name != "nobody"):
        return False
    if not line.route.startswith(API) and method not in ("GET", "POST"):
        return False
    if caller.name == "foreign":
        # Only an address that names a row names the victim's.
        return "<" in line.route
    return caller.stranger or status >= "4"


def proposed(name: str, new: list[str], scene: Scene) -> str:
    callers = CALLERS[name](scene)
    seen = {
        (route, method): {caller.name: caller.ask(scene, route, method)[0] for caller in callers}
        for route in new
        for method in METHODS
    }
    return written([caller.name for caller in callers], seen)


def test_no_line_lets_strangers_into_a_shops_admin() -> None:
    """Whatever is pasted into the table: these columns have one answer each."""
    for line in table("shop_admin").lines:
        cells = {name: line.expected[name] for name in ("nobody", "key")}
        assert set(cells.values()) == {"302"}, line
        cells = {name: line.expected[name] for name in ("person", "other", "operator")}
        assert set(cells.values()) == {"404"}, line
        if "POST" in line.methods:
            assert line.expected["tokenless"] in ("403", "404"), line
        # Whether an id exists elsewhere cannot be told.
        assert line.expected["foreign"] == line.expected["nowhere"], line


def test_every_form_needs_its_token() -> None:
    """What the column `tokenless` asks of a shop's admin holds everywhere: no view is excused but
    those that no cookie lets in."""
    excused = {
        route
        for urlconf in ("lookus.urls", "lookus.urls_shop_admin")
        for route, view in views(urlconf)
        if getattr(view, "csrf_exempt", False)
    }
    # A payment provider signs; a mail program that ends a mail has its address alone.
    told = {"billing/<slug:name>/webhook", "mails/stop/<str:token>/"}
    assert {route for route in excused if not route.startswith("api/")} == told


def test_no_line_lets_others_than_operators_into_their_pages() -> None:
    for line in table("operator").lines:
        if line.route != "operator/login/":
            others = {line.expected[name] for name in table("operator").callers[:-2]}
            assert others <= {"302", "403"}, line


def test_no_line_lets_anybody_use_the_api_without_a_live_key_of_an_open_shop() -> None:
    for line in table("api").lines:
        nobody = {line.expected[name] for name in ("nobody", "login", "revoked")}
        assert (nobody, line.expected["closed"]) == ({"401"}, "403"), line


def test_no_line_shows_anything_of_a_closed_shop() -> None:
    for line in table("open").lines:
        if any(word in line.route for word in ("shop_slug", "mall_slug", "?signed")):
            assert line.expected["closed"] in ("404", "405"), line


def test_a_made_up_search_is_answered_like_another_shops(scene: Scene) -> None:
    """Whether an id exists elsewhere cannot be told from the answer."""
    token = scene.tokens["sk'"]
    client = Client(headers={"Authorization": f"Bearer {token}"})
    told = []
    for search_id in (scene.said["search"], str(uuid.uuid4())):
        event = {"search_id": search_id, "type": "click", "product_id": "X"}
        response = client.post("/api/v1/events", json.dumps(event), "application/json")
        told.append(response.json() | {"request_id": ""})
    assert told[0] == told[1]
    assert told[0]["status"] == 404
