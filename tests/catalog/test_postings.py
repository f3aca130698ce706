"""Postings: written by the worker when a product's texts or tags change, and counted right."""

import os
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command

from catalog import tasks
from catalog.models import Posting, Product, VocabularyTerm
from catalog.services import postings
from catalog.services.products import ProductRow, products_put, products_remove
from catalog.services.tags import tag_clear, tag_set
from catalog.terms import COUNT, LENGTH
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.factories import make_garment, make_photo, make_product, make_shop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]


def put(shop: Shop, **titles: str) -> None:
    rows = [ProductRow(sku=sku, fields={"title": title}) for sku, title in titles.items()]
    with shop_scope(shop):
        products_put(rows=rows, currency=shop.currency)


def work(shop: Shop) -> None:
    while postings.postings_run(shop_id=shop.pk):
        pass


def terms_of(shop: Shop, sku: str) -> dict[str, float]:
    with shop_scope(shop):
        rows = Posting.objects.filter(product__sku=sku).exclude(term=COUNT)
        return dict(rows.values_list("term", "frequency"))


def vocabulary(shop: Shop) -> dict[str, int]:
    with shop_scope(shop):
        return dict(VocabularyTerm.objects.values_list("term", "products"))


def counted_by_hand(shop: Shop) -> dict[str, int]:
    with shop_scope(shop):
        rows = list(Posting.objects.values_list("term", "length"))
    found = Counter(term for term, _ in rows)
    found[LENGTH] = sum(round(length) for term, length in rows if term == COUNT)
    return {term: count for term, count in found.items() if count}


def test_new_products_are_due_and_the_worker_writes_their_terms(
    sent: list[tuple[str, int]],
) -> None:
    shop = make_shop()
    put(shop, A="Linen shirt", B="린넨셔츠 화이트")
    assert ("catalog.tasks.write_postings", shop.pk) in sent
    assert terms_of(shop, "A") == {}
    tasks.write_postings(shop.pk)
    assert {"linen", "shirt", "#material:linen", "#category:shirt"} <= set(terms_of(shop, "A"))
    assert {"린넨", "셔츠", "화이트", "#category:shirt", "#color:white"} <= set(terms_of(shop, "B"))
    assert vocabulary(shop)["#category:shirt"] == 2
    assert vocabulary(shop)["linen"] == 1
    assert vocabulary(shop)[COUNT] == 2
    assert not Outbox.objects.filter(topic="words").exists()


def test_a_new_title_takes_the_old_words_away_and_the_counts_with_them() -> None:
    shop = make_shop()
    put(shop, A="Linen shirt", B="Wool shirt")
    work(shop)
    put(shop, A="Silk dress")
    work(shop)
    assert "linen" not in terms_of(shop, "A")
    assert "linen" not in vocabulary(shop)
    assert vocabulary(shop)["shirt"] == 1
    assert vocabulary(shop) == counted_by_hand(shop)


def test_a_price_makes_no_work_for_words() -> None:
    shop = make_shop()
    put(shop, A="Linen shirt")
    work(shop)
    with shop_scope(shop):
        products_put(rows=[ProductRow(sku="A", fields={"price": 1})], currency="KRW")
    assert not Outbox.objects.filter(topic="words").exists()


def test_what_a_person_says_is_a_term_and_goes_when_it_is_taken_back() -> None:
    shop = make_shop()
    product = make_product(shop, sku="A", title="No. 7")
    make_garment(make_photo(product, stored=False))
    with shop_scope(shop):
        tag_set(product=product, kind="pattern", value="check", by=None)
    work(shop)
    assert "#pattern:check" in terms_of(shop, "A")
    with shop_scope(shop):
        tag_clear(product=product, kind="pattern")
    work(shop)
    assert "#pattern:check" not in terms_of(shop, "A")
    assert vocabulary(shop) == counted_by_hand(shop)


def test_a_product_that_is_removed_is_counted_no_more() -> None:
    shop = make_shop()
    put(shop, A="Linen shirt", B="Linen dress")
    work(shop)
    with shop_scope(shop):
        products_remove(product_ids=[Product.objects.get(sku="A").pk])
    assert vocabulary(shop)["linen"] == 1
    assert "shirt" not in vocabulary(shop)
    assert vocabulary(shop) == counted_by_hand(shop)


def test_what_changes_while_the_worker_reads_is_written_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = make_shop()
    put(shop, A="Linen shirt")
    finish = postings._finish

    def late(*args: Any) -> None:
        monkeypatch.setattr(postings, "_finish", finish)
        put(shop, A="Wool coat")
        finish(*args)

    monkeypatch.setattr(postings, "_finish", late)
    assert postings.postings_run(shop_id=shop.pk) == 1
    assert terms_of(shop, "A") == {}
    work(shop)
    assert "wool" in terms_of(shop, "A")
    assert "linen" not in terms_of(shop, "A")


def test_many_changes_leave_the_counts_right() -> None:
    shop = make_shop()
    words = ["linen", "wool", "red", "dress", "shirt", "체크", "원피스", "stripe", "new"]
    for turn in range(6):
        put(shop, **{f"S{n}": " ".join(words[(n * turn) % 5 : n % 9 + 1]) for n in range(12)})
        work(shop)
        assert vocabulary(shop) == counted_by_hand(shop)


def test_the_command_writes_an_old_catalogue_and_mends_wrong_counts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shop = make_shop(slug="old")
    make_product(shop, sku="A", title="Linen shirt")
    call_command("words_rebuild", "--shop", "old", "--now")
    assert "1 products written" in capsys.readouterr().out
    with shop_scope(shop):
        VocabularyTerm.objects.filter(term="linen").update(products=9)
        VocabularyTerm.objects.create(term="ghost", products=3)
    call_command("words_rebuild", "--shop", "old")
    assert vocabulary(shop) == counted_by_hand(shop)


def test_a_shops_words_are_its_own() -> None:
    mine, theirs = make_shop(), make_shop()
    put(mine, A="Linen shirt")
    put(theirs, A="Wool coat")
    work(mine)
    work(theirs)
    assert "wool" not in vocabulary(mine)
    assert "linen" not in vocabulary(theirs)


def test_messages_for_products_that_are_gone_leave_quietly() -> None:
    shop = make_shop()
    put(shop, A="Linen shirt")
    with shop_scope(shop):
        Product.objects.all().delete()
    tasks.write_postings(shop.pk)
    assert not Outbox.objects.filter(topic="words").exists()
    tasks.write_postings(10**9)


def test_the_web_process_does_not_load_the_korean_analyser() -> None:
    code = (
        "import django, sys; django.setup(); import lookus.urls, lookus.urls_shop_admin, "
        "recommender.words; "
        "assert 'catalog.morphemes' in sys.modules; assert 'kiwipiepy' not in sys.modules"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "lookus.settings", "SECRET_KEY": "x"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, timeout=120)
