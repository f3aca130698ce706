"""The dashboard and the alerts name figures that exist, and each alert has its runbook."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY

from lookus.watching.collected import INSTALLATION
from lookus.watching.signs import sign_give
from tests.docker.files import DOCKER, ROOT, manifests, read

BOARD = json.loads((DOCKER / "grafana/lookus.json").read_text(encoding="utf-8"))
RULES = [rule for group in read("prometheus/alerts.yml")["groups"] for rule in group["rules"]]
NAME = re.compile(r"\blookus_\w+")


def panels() -> Iterator[dict[str, Any]]:
    for panel in BOARD["panels"]:
        yield panel
        yield from panel.get("panels", ())


def expressions() -> list[str]:
    board = [target["expr"] for panel in panels() for target in panel.get("targets", ())]
    queries = [
        trigger["metadata"]["query"]
        for one in manifests()
        if one["kind"] == "ScaledObject"
        for trigger in one["spec"]["triggers"]
    ]
    return [*board, *(rule["expr"] for rule in RULES), *queries]


@pytest.mark.django_db(transaction=True)
def test_every_figure_exists(settings: Any, tiny_bundle: Path) -> None:
    settings.VISION_BUNDLE = str(tiny_bundle)
    sign_give()
    INSTALLATION.forget()
    there = set()
    for family in (*REGISTRY.collect(), *INSTALLATION.collect()):
        endings = {
            "counter": ("_total",),
            "histogram": ("_bucket", "_count", "_sum"),
        }.get(family.type, ("",))
        there |= {family.name + ending for ending in endings}
    INSTALLATION.forget()
    named = {name for expression in expressions() for name in NAME.findall(expression)}
    assert len(named) > 12
    assert named <= there, named - there


def test_expressions_are_whole() -> None:
    for expression in expressions():
        for one, other in ("()", "[]", "{}"):
            assert expression.count(one) == expression.count(other), expression
        assert expression.count('"') % 2 == 0
        # A counter alone only ever grows.
        for counter in re.findall(r"lookus_\w+_(?:total|bucket|count|sum)\b", expression):
            assert re.search(rf"(rate|increase)\({counter}", expression), expression


def test_the_dashboard_is_one_that_grafana_reads() -> None:
    ids = [panel["id"] for panel in panels()]
    assert len(set(ids)) == len(ids)
    places = set()
    for panel in panels():
        assert panel["title"]
        where = panel["gridPos"]
        assert where["x"] + where["w"] <= 24
        assert (where["x"], where["y"]) not in places
        places.add((where["x"], where["y"]))
        if panel["type"] != "row":
            assert panel["targets"]
            assert panel["datasource"]["uid"] == "${source}"
    assert [one["name"] for one in BOARD["templating"]["list"]] == ["source"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
def test_each_alert_says_what_to_do(rule: dict[str, Any]) -> None:
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert rule["annotations"]["summary"]
    file, _, anchor = rule["annotations"]["runbook"].partition("#")
    assert anchor == rule["alert"].lower()
    text = (ROOT / file).read_text(encoding="utf-8")
    found = re.search(rf"^#### {rule['alert']}\n\n(.+)$", text, re.MULTILINE)
    assert found, "its heading and a line below"
    assert len(found[1]) > 40
