"""The whole OpenAPI document, with both kinds of key, against a server: what fits it and what does
not. Nothing ends in a 5xx, and every answer is one that the document promises."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.db import connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import given
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tenants.models import Shop
from tenants.problem_texts import PROBLEMS
from tenants.services import key_create
from tests.factories import make_shop
from tests.fuzz.size import FACTOR, clocked, tried, tries
from tests.recommender.words.shelf import shelve, write

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PART = {"pk": "the API with a publishable key", "sk": "the API with a secret key"}
FEW = 4
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture
def shop(settings: Any, transactional_db: None, tiny_bundle: Any) -> Shop:
    settings.VISION_BUNDLE = str(tiny_bundle)
    for name in ("PUBLISHABLE", "SECRET", "SHOP", "ADDRESS"):
        setattr(settings, f"API_RATE_{name}", "1000000/min")
    shop = make_shop()
    for at, title in enumerate(("red shirt", "빨간 원피스", "blue jeans")):
        shelve(shop, f"S{at}", title, category="shirt", color="red")
    write(shop)
    return shop


@pytest.fixture
def document(shop: Shop, live_server: Any) -> Iterator[Any]:
    found = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
    found.config.update(base_url=live_server.url)
    yield found
    connections.close_all()


@pytest.mark.parametrize("kind", PART)
def test_every_operation(kind: str, document: Any, shop: Shop) -> None:
    _, token = key_create(kind=kind, shop=shop)
    headers = {"Authorization": f"Bearer {token}"}
    if kind == "pk":
        headers["Origin"] = "http://localhost:8000"
    faults: dict[str, str] = {}
    operations = [found.ok() for found in document.get_all_operations()]
    if FACTOR == 1:  # of all of them a few: drawing a case takes longer than answering it
        operations = operations[list(PART).index(kind) :: FEW]
    for operation in operations:
        for mode in MODES:
            try:
                with clocked(PART[kind]):
                    ask(operation, mode, headers, kind)
            except Exception as error:  # all of them are told, not the first
                faults[f"{operation.label} {mode.value}"] = str(error)[:1500]
    assert not faults, "\n\n".join(f"{where}\n{words}" for where, words in faults.items())


def ask(operation: Any, mode: GenerationMode, headers: dict[str, str], kind: str) -> None:
    @tries(1)
    @given(operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        answer = case.call(headers=headers, timeout=120)
        tried(PART[kind], f"{answer.status_code // 100}xx {mode.value}")
        case.validate_response(answer, checks=CHECKS)
        if answer.status_code >= 400:
            told = answer.json()
            assert answer.headers["content-type"][0].startswith("application/problem+json"), told
            assert told["code"] in PROBLEMS and told["status"] == answer.status_code
            assert told["request_id"] and told["title"] and told["detail"]

    one()
