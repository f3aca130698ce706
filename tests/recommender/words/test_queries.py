"""The hundred queries that figures are made with: each is read as its truth says."""

import json
from typing import Any

import pytest

from catalog.models import VocabularyTerm
from lookus.cli.bench_relevance import WORDS
from tenants.scope import shop_scope
from tests.factories import make_shop
from tests.recommender.words.shelf import read
from vision.taxonomy import taxonomy

QUERIES = json.loads(WORDS.read_text(encoding="utf-8"))
KINDS = ("category", "color", "pattern", "sleeve", "gender")

pytestmark = pytest.mark.django_db


def test_there_are_a_hundred_in_both_languages_and_their_truth_is_in_the_taxonomy() -> None:
    assert len(QUERIES) == 100
    assert {one["lang"] for one in QUERIES} == {"ko", "en"}
    assert len({one["text"] for one in QUERIES}) == 100
    for query in QUERIES:
        for kind in ("category", "color", "pattern"):
            assert set(query.get(kind, ())) <= set(taxonomy().ids(kind)), query


@pytest.mark.parametrize("query", QUERIES, ids=lambda one: str(one["text"]))
def test_each_is_read_as_its_truth_says(query: dict[str, Any]) -> None:
    shop = make_shop()
    with shop_scope(shop):
        VocabularyTerm.objects.bulk_create(
            VocabularyTerm(term=f"#sleeve:{value}", products=1)
            for value in taxonomy().ids("sleeve")
        )
    filters = read(shop, query["text"], lang=query["lang"]).filters
    for kind in KINDS:
        values = set(filters.values.get(kind, ()))
        if refused := set(query.get("not", {}).get(kind, ())):
            assert values == set(taxonomy().ids(kind)) - refused
        else:
            assert values == set(query.get(kind, ())), kind
    price = {"min": filters.price_min, "max": filters.price_max}
    assert {end: one for end, one in price.items() if one is not None} == query.get("price", {})
