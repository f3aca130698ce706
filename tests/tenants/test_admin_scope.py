"""The shop's admin stands in the scope of the shop that its URL names."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import get_script_prefix, path, reverse

from catalog.models import Product
from lookus import urls_shop_admin
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import shop_admin
from tenants.scope import NoShopScope, shop_id_or_none, shop_scope
from tests.factories import PASSWORD, make_mall, make_product, make_shop, make_user

pytestmark = pytest.mark.django_db(transaction=True)

LATE = engines["django"].from_string("{% for one in products %}{{ one.sku }} {% endfor %}")


def late(request: Any) -> TemplateResponse:
    return TemplateResponse(request, LATE, {"products": Product.objects.order_by("sku")})


def breaks(request: Any) -> HttpResponse:
    Product.objects.create(sku="HALF", title="half", currency="KRW")
    if "database" in request.GET:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    if "status" in request.GET:
        return HttpResponse(status=int(request.GET["status"]))
    raise RuntimeError("broken on purpose")


def streams_unscoped(request: Any) -> StreamingHttpResponse:
    return StreamingHttpResponse(product.sku for product in Product.objects.iterator())


@opens_own_scope
def streams(request: Any) -> StreamingHttpResponse:
    assert shop_id_or_none() is None

    def lines() -> Any:
        with shop_scope(request.shop):
            yield from list(Product.objects.values_list("sku", flat=True))

    return StreamingHttpResponse(lines())


def tells(request: Any) -> HttpResponse:
    return HttpResponse(f"{get_script_prefix()} {reverse('admin:index')} {request.path}")


class Pages(SimpleNamespace):
    urlpatterns = [
        *(path(f"try/{view.__name__}/", view) for view in (late, breaks, streams_unscoped, tells)),
        path("try/streams/", shop_admin.admin_view(streams)),
        *urls_shop_admin.urlpatterns,
    ]


@pytest.fixture
def pages(monkeypatch):
    from tenants import admin_scope

    monkeypatch.setattr(admin_scope, "URLCONF", Pages)


@pytest.fixture
def shop():
    return make_shop(make_mall(), slug="one")


@pytest.fixture
def owner(shop):
    return make_user("owner", mall=shop.mall)


@pytest.fixture
def client(owner):
    client = Client(raise_request_exception=False)
    client.force_login(owner)
    return client


def test_nobody_is_sent_to_the_login_and_back():
    shop = make_shop()
    response = Client().get(f"/admin/{shop.slug}/catalog/product/?q=red")
    assert response.status_code == 302
    assert response["Location"] == f"/login/?next=/admin/{shop.slug}/catalog/product/%3Fq%3Dred"


def test_login_leads_back_to_the_page(shop, owner):
    page = f"/admin/{shop.slug}/catalog/product/"
    given = {"login": owner.email.upper(), "password": PASSWORD, "next": page}
    response = Client().post("/login/", given)
    assert (response.status_code, response["Location"]) == (302, page)


@pytest.mark.parametrize("address", ["/admin/other/", "/admin/none-such/", "/admin/other/billing/"])
def test_another_malls_shop_is_not_there(client, address):
    make_shop(slug="other")
    assert client.get(address).status_code == 404


def test_an_operator_is_no_member(shop):
    operator = make_user()
    operator.is_staff = operator.is_superuser = True
    operator.save()
    client = Client()
    client.force_login(operator)
    assert client.get(f"/admin/{shop.slug}/").status_code == 404
    assert client.get("/operator/").status_code == 200


def test_someone_whose_account_was_closed_is_nobody(shop, owner, client):
    owner.is_active = False
    owner.save()
    assert client.get(f"/admin/{shop.slug}/").status_code == 302


def test_a_template_that_asks_late_is_still_in_the_scope(pages, shop, client):
    make_product(shop, sku="MINE")
    make_product(sku="NOT-MINE")
    assert client.get(f"/admin/{shop.slug}/try/late/").content == b"MINE "


@pytest.mark.parametrize("query", ["", "?database=1", "?status=500", "?status=400", "?status=404"])
def test_an_error_takes_back_what_was_written(pages, shop, client, query):
    response = client.get(f"/admin/{shop.slug}/try/breaks/{query}")
    assert response.status_code == int(query.partition("status=")[2] or 500)
    with shop_scope(shop):
        assert not Product.objects.exists()


def test_a_success_keeps_what_was_written(pages, shop, client):
    assert client.get(f"/admin/{shop.slug}/try/breaks/?status=200").status_code == 200
    with shop_scope(shop):
        assert Product.objects.count() == 1


def test_a_stream_that_opens_no_scope_reads_nothing(pages, shop, client):
    make_product(shop)
    response = client.get(f"/admin/{shop.slug}/try/streams_unscoped/")
    with pytest.raises(NoShopScope):
        b"".join(response)


def test_a_marked_view_opens_its_own(pages, shop, client):
    make_product(shop, sku="MINE")
    assert b"".join(client.get(f"/admin/{shop.slug}/try/streams/")) == b"MINE"
    assert shop_id_or_none() is None


def test_addresses_land_under_the_shop_and_nowhere_else(pages, shop, client):
    told = client.get(f"/admin/{shop.slug}/try/tells/").content.decode().split()
    assert told == ["/admin/one/", "/admin/one/", "/admin/one/try/tells/"]
    assert get_script_prefix() == "/"
    assert reverse("account_login") == "/login/"


def test_addresses_are_put_back_after_an_error(pages, shop, client):
    client.get(f"/admin/{shop.slug}/try/breaks/")
    assert (get_script_prefix(), reverse("account_login")) == ("/", "/login/")


def test_a_slash_is_added_at_the_end(shop, client):
    bare = client.get("/admin/one")
    assert (bare.status_code, bare["Location"]) == (301, "/admin/one/")
    inner = client.get("/admin/one/catalog/product")
    assert (inner.status_code, inner["Location"]) == (301, "/admin/one/catalog/product/")


def test_forms_are_guarded_against_other_sites(shop, owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    address = f"/admin/{shop.slug}/catalog/product/add/"
    given = {"title": "Coat", "sku": "C1", "currency": "KRW", "in_stock": "on"}
    assert client.post(address, given).status_code == 403
    client.get(address)
    assert client.cookies["csrftoken"]["path"] == "/"
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    saved = client.post(address, given | token)
    assert saved.status_code == 302
    assert saved["Location"].startswith(f"/admin/{shop.slug}/catalog/product/")
    # The message stands in a cookie and is shown on the page that follows.
    assert "Added: Coat" in client.get(saved["Location"]).content.decode()
    assert Session.objects.count() == 1


def test_two_shops_in_two_tabs(owner, shop, client):
    other = make_shop(shop.mall, slug="two")
    make_product(shop, title="Red coat")
    make_product(other, title="Blue coat")
    for _ in range(2):
        one = client.get("/admin/one/catalog/product/").content.decode()
        two = client.get("/admin/two/catalog/product/").content.decode()
        assert "Red coat" in one and "Blue coat" not in one
        assert "Blue coat" in two and "Red coat" not in two


def test_an_upload_over_the_limit_is_refused_before_it_is_kept(shop, client, settings):
    settings.IMPORT_MAX_BYTES = 100
    response = client.post(f"/admin/{shop.slug}/catalog/product/add/", {"title": "x" * 200})
    assert response.status_code == 413


def test_the_desk_leads_to_the_only_shop_and_else_lists_them(shop, owner, client):
    assert client.get("/desk/")["Location"] == "/admin/one/"
    make_shop(shop.mall, slug="two", name="Second")
    make_shop(slug="foreign", name="Foreign")
    desk = client.get("/desk/").content.decode()
    assert "/admin/one/" in desk and "/admin/two/" in desk
    assert "Foreign" not in desk
    assert client.get("/admin/")["Location"] == "/desk/"
