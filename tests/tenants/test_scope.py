"""The first lock: nothing of a shop is reached outside its scope."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from tenants.scope import NoShopScope, OtherShopScope, current_shop_id, shop_scope
from tests.factories import make_product, make_shop

pytestmark = pytest.mark.django_db(transaction=True)


def setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('lookus.shop_id', true), '')")
        (value,) = cursor.fetchone()
        return str(value)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Product.objects.filter(sku="x").count(),
        lambda: len(Product.objects.all()),
        lambda: Product.objects.filter(sku="x").exists(),
        lambda: Product.objects.order_by("pk")[0],
        lambda: Product.objects.update(title="x"),
        lambda: Product.objects.all().delete(),
        lambda: Product.objects.create(sku="x", title="x", currency="KRW"),
        lambda: Product.objects.bulk_create([Product(sku="x", title="x", currency="KRW")]),
        lambda: Product._base_manager.get(pk=1),
    ],
)
def test_every_question_outside_a_scope_is_refused(ask):
    with pytest.raises(NoShopScope):
        ask()


def test_a_question_may_be_written_outside_and_asked_inside():
    shop = make_shop()
    make_product(shop, sku="A")
    written = Product.objects.filter(sku="A")
    with shop_scope(shop):
        assert written.count() == 1


def test_a_scope_sees_its_own_rows_only():
    one, other = make_shop(), make_shop()
    make_product(one, sku="ONE")
    make_product(other, sku="OTHER")
    with shop_scope(one):
        assert list(Product.objects.values_list("sku", flat=True)) == ["ONE"]
    with shop_scope(other):
        assert list(Product.objects.values_list("sku", flat=True)) == ["OTHER"]


def test_the_same_shop_may_be_entered_twice():
    shop = make_shop()
    with shop_scope(shop):
        with shop_scope(shop.pk):
            assert current_shop_id() == shop.pk
        assert setting() == str(shop.pk)
        assert Product.objects.count() == 0


def test_another_shop_is_refused_inside_a_scope():
    one, other = make_shop(), make_shop()
    with shop_scope(one):
        with pytest.raises(OtherShopScope), shop_scope(other):
            pass
        assert current_shop_id() == one.pk


def test_a_row_of_another_shop_is_not_saved():
    one, other = make_shop(), make_shop()
    product = make_product(one)
    with pytest.raises(OtherShopScope), shop_scope(other):
        product.save()
    with pytest.raises(OtherShopScope), shop_scope(other):
        Product.objects.create(shop_id=one.pk, sku="x", title="x", currency="KRW")


def test_leaving_a_scope_closes_both_locks():
    shop = make_shop()
    with shop_scope(shop):
        assert setting() == str(shop.pk)
    assert setting() == ""
    with pytest.raises(NoShopScope):
        current_shop_id()


def test_an_error_closes_both_locks_and_takes_the_rows_back():
    shop = make_shop()
    with pytest.raises(RuntimeError), shop_scope(shop):  # noqa: PT012
        Product.objects.create(sku="x", title="x", currency="KRW")
        raise RuntimeError
    assert setting() == ""
    with pytest.raises(NoShopScope):
        current_shop_id()
    with shop_scope(shop):
        assert Product.objects.count() == 0


def test_inside_an_open_transaction_the_setting_is_put_back_too():
    from django.db import transaction

    shop = make_shop()
    make_product(shop)
    with transaction.atomic():
        with shop_scope(shop):
            pass
        assert setting() == ""
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM catalog_product")
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("way", ["queryset", "instance", "filtered over a join"])
def test_every_statement_of_a_delete_carries_the_shop(way):
    shop = make_shop()
    product = make_product(shop)
    with (
        shop_scope(shop),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        if way == "queryset":
            deleted, _ = Product.objects.filter(sku=product.sku).delete()
        elif way == "instance":
            deleted, _ = product.delete()
        else:
            deleted, _ = Product.objects.filter(photos__isnull=True).delete()
    statements = [one["sql"] for one in asked if not one["sql"].startswith(("SET", "BEGIN"))]
    statements = [one for one in statements if "SAVEPOINT" not in one and one != "COMMIT"]
    assert deleted == 1
    # Before the one DELETE, keys to it are emptied: Citus knows no ON DELETE SET NULL (column).
    assert [one.split()[0] for one in statements] == ["UPDATE", "UPDATE", "DELETE"]
    named = (f'shop_id" = {shop.pk}', f'shop_id" = ({shop.pk})')
    assert all(any(name in one for name in named) for one in statements)


def test_deleting_a_product_takes_what_hangs_on_it():
    from catalog.models import Garment, Photo
    from tests.factories import make_garment, make_photo

    shop = make_shop()
    product = make_product(shop)
    make_garment(make_photo(product, state="done", revision="r"))
    with shop_scope(shop):
        product.delete()
        assert not Photo.objects.exists()
        assert not Garment.objects.exists()
