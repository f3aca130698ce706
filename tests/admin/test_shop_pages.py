"""Keys, settings, billing, insights, history: the pages that every shop has."""

import re

import pytest

from billing.services import subscription_set, usage_record
from catalog.models import SearchIndex
from tenants.models import ApiKey, AuditEntry, Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_garment, make_key, make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db
KEYS = "tenants/apikey/"


@pytest.fixture
def shop():
    return make_shop(slug="maru")


@pytest.fixture
def desk(shop):
    return Desk(shop)


def test_a_secret_is_shown_once_and_kept_nowhere(shop, desk):
    made = desk.post(KEYS + "add/", kind="sk", name="ERP").content.decode()
    key = ApiKey.objects.get()
    (token,) = set(re.findall(r"sk_[-\w]{20,}", made))
    assert ApiKey.digest_of(token) == key.digest
    assert key.token == ""
    for page in (KEYS, f"{KEYS}{key.pk}/change/", "tenants/auditentry/", ""):
        assert token not in desk.page(page)
    assert key.hint in desk.page(KEYS)


def test_a_publishable_key_comes_with_the_snippet(shop, desk):
    made = desk.post(KEYS + "add/", kind="pk", name="").content.decode()
    token = ApiKey.objects.get().token
    assert f'lookus-lens key="{token}"'.replace('"', "&quot;") in made
    assert token in desk.page(f"tenants/shop/{shop.pk}/change/")


def test_a_third_key_of_a_kind_is_refused(shop, desk):
    for _ in range(2):
        make_key("sk", shop=shop)
    told = desk.post(KEYS + "add/", kind="sk", name="").content.decode()
    assert "Revoke one, then make another." in told
    assert ApiKey.objects.count() == 2


def test_revoking_ends_a_key_and_is_remembered(shop, desk):
    key, _token = make_key("sk", shop=shop)
    desk.post(f"{KEYS}{key.pk}/revoke/")
    key.refresh_from_db()
    assert key.revoked_at is not None
    with shop_scope(shop):
        assert AuditEntry.objects.get().action == "revoke"
    assert "Revoked" in desk.page(KEYS)


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_keys_are_the_owners(shop, role):
    key, _token = make_key("sk", shop=shop)
    desk = Desk(shop, role)
    assert desk.get(KEYS).status_code == 403
    assert desk.get(KEYS + "add/").status_code == 403
    assert desk.post(KEYS + "add/", kind="sk").status_code == 403
    assert desk.post(f"{KEYS}{key.pk}/revoke/").status_code in (403, 404)
    assert ApiKey.objects.get().revoked_at is None
    assert KEYS not in desk.page("")


def settings_form(**fields):
    return {"name": "Maru", "language": "ko", "allowed_origins": "", "site": ""} | fields


def test_origins_are_kept_as_browsers_write_them(shop, desk):
    typed = "https://Shop.Example/\nhttp://localhost:8080\nhttps://shop.example:443\n"
    address = f"tenants/shop/{shop.pk}/change/"
    assert desk.post(address, **settings_form(allowed_origins=typed)).status_code == 302
    shop.refresh_from_db()
    assert shop.allowed_origins == ["https://shop.example", "http://localhost:8080"]
    assert shop.test_mode is False


@pytest.mark.parametrize(
    "typed", ["*", "shop.example", "https://", "https://a.example/path", "ftp://a", "https://*.a"]
)
def test_what_is_no_origin_is_refused_and_named(shop, desk, typed):
    response = desk.post(f"tenants/shop/{shop.pk}/change/", **settings_form(allowed_origins=typed))
    assert response.status_code == 200
    assert "is no address such as" in response.content.decode()
    assert Shop.objects.get().allowed_origins == []


def test_only_the_owner_changes_settings(shop):
    desk = Desk(shop, "editor")
    assert 'name="allowed_origins"' not in desk.page(f"tenants/shop/{shop.pk}/change/")
    response = desk.post(f"tenants/shop/{shop.pk}/change/", **settings_form(name="Taken"))
    assert response.status_code == 403


def test_another_shop_of_the_same_mall_has_its_own_page(shop, desk):
    sister = make_shop(shop.mall, slug="sister", name="Sister")
    assert desk.get(f"tenants/shop/{sister.pk}/change/").status_code == 404
    assert "/admin/sister/" in desk.page("")


def test_billing_shows_plan_use_and_ledger(shop, desk):
    subscription_set(mall=shop.mall, plan="starter")
    with shop_scope(shop):
        usage_record(shop=shop, kind="photo", reference="photo-77")
    page = desk.page("billing/")
    assert "Plan Starter" in page and ">1</a> / 20,000" in page
    assert "photo-77" in desk.page("billing/ledger/")
    assert Desk(shop, "editor").get("billing/").status_code == 403


def test_today_leads_a_new_shop_to_its_first_upload(shop, desk):
    assert "Begin with your catalogue" in desk.page("")
    make_product(shop)
    assert "Begin with your catalogue" not in desk.page("")


def test_history_is_read_only(shop, desk):
    desk.post(f"tenants/shop/{shop.pk}/change/", **settings_form(name="Maru & Co"))
    with shop_scope(shop):
        entry = AuditEntry.objects.get()
    assert entry.changes["name"] == ["Maru", "Maru & Co"]
    assert "Maru &amp; Co" in desk.page("tenants/auditentry/")
    for action in ("add/", f"{entry.pk}/delete/", f"{entry.pk}/change/"):
        assert desk.post("tenants/auditentry/" + action, title="x", post="yes").status_code == 403


def test_today_tells_how_far_a_new_bundle_has_come(shop, desk):
    photos = [make_photo(make_product(shop), stored=False, state="done") for _ in range(3)]
    SearchIndex.objects.create(shop=shop, live_revision="old")
    assert "new version of the vision" not in desk.page("")
    make_garment(photos[0], revision="new")
    SearchIndex.objects.update(next_revision="new")
    assert "has looked at 1 of 3 photos" in desk.page("")
    korean = desk.get("", headers={"Accept-Language": "ko"}).content.decode()
    assert "사진 3장 가운데 1장을" in korean
