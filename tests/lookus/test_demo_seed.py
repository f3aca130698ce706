"""The demo's shops: drawn, or from a folder; the second start finds what the first one made."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Photo, Product
from tenants.models import ApiKey, Mall, Shop, User
from tenants.scope import shop_scope
from tests.support.photos import painted_png

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quiet_home(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LOOKUS_HOME = tmp_path
    monkeypatch.setattr("tenants.doorbell.current_app.send_task", lambda *_, **__: None)


def seed(*words: str) -> tuple[dict[str, Any], str]:
    """What the command says, and its progress."""
    out, errors = io.StringIO(), io.StringIO()
    call_command("demo_seed", *words, stdout=out, stderr=errors)
    facts: dict[str, Any] = json.loads(out.getvalue().strip().splitlines()[-1])
    return facts, errors.getvalue()


def test_two_drawn_shops_and_a_second_start_that_changes_nothing(tmp_path: Path) -> None:
    facts, said = seed("--products", "3")
    assert "3 of 3 products drawn" in said
    assert [shop["slug"] for shop in facts["shops"]] == ["atelier", "street"]
    user = User.objects.get(email=facts["email"])
    assert user.check_password(facts["password"])
    assert not user.is_staff
    for told in facts["shops"]:
        shop = Shop.objects.get(slug=told["slug"])
        for kind in ("publishable_key", "secret_key"):
            assert (
                ApiKey.objects.live()
                .filter(shop=shop, digest=ApiKey.digest_of(told[kind]))
                .exists()
            )
        with shop_scope(shop):
            assert Product.objects.count() == 3
            assert all(product.text("title", "ko") for product in Product.objects.all())
            assert Photo.objects.filter(position=0, width=600, height=800).count() == 3
            photo = Photo.objects.order_by("pk")[0]
        if shop.slug == "atelier":
            assert f'-F "image=@{photo.file.path}"' in facts["curl"]
        assert shop.discoverable
    assert facts["curl"].startswith("curl -s http://")
    mall_key = ApiKey.objects.live().get(digest=ApiKey.digest_of(facts["mall_key"]))
    assert (mall_key.kind, mall_key.mall.slug) == ("mk", "demo")
    assert facts["styles"].endswith("/mall/demo/styles/")
    assert (tmp_path / "demo-secrets.json").stat().st_mode & 0o077 == 0
    again, said = seed("--products", "3")
    assert again == facts
    assert said == ""


def test_a_folder_of_brands_with_a_table(tmp_path: Path) -> None:
    folder = tmp_path / "My Shop"
    (folder / "Namu").mkdir(parents=True)
    (folder / "Baram").mkdir()
    (folder / "Namu" / "tee.png").write_bytes(painted_png("upper"))
    (folder / "Namu" / "tee_2.png").write_bytes(painted_png("upper", shade=3))
    (folder / "Baram" / "pants.png").write_bytes(painted_png("lower"))
    (folder / "Baram" / "broken.jpg").write_bytes(b"no photo")
    (folder / "products.csv").write_text("file,title,price\nBaram/pants.png,Wide pants,59000\n")
    facts, said = seed("--photos", str(folder))
    assert "broken.jpg: The file is" in said
    [told] = facts["shops"]
    assert (told["slug"], told["name"]) == ("my-shop", "My Shop")
    with shop_scope(Shop.objects.get(slug="my-shop")):
        found = {one.sku: one for one in Product.objects.all()}
        assert set(found) == {"tee", "pants"}
        assert found["tee"].photos.count() == 2
        assert (found["tee"].brand, found["tee"].price) == ("Namu", None)
        assert (found["pants"].title, found["pants"].price) == ("Wide pants", 59000)
    assert seed("--photos", str(folder))[0] == facts


def test_folders_two_deep_are_shops_and_brands(tmp_path: Path) -> None:
    for shop, brand in (("옷가게", "Namu"), ("second", "Baram")):
        (tmp_path / "all" / shop / brand).mkdir(parents=True)
        (tmp_path / "all" / shop / brand / f"{brand}.png").write_bytes(painted_png("upper"))
    facts, _ = seed("--photos", str(tmp_path / "all"))
    assert {one["name"] for one in facts["shops"]} == {"옷가게", "second"}
    with shop_scope(Shop.objects.get(name="옷가게")):
        assert Product.objects.get().brand == "Namu"
    assert Mall.objects.count() == 1


def test_a_column_names_the_shops(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.png").write_bytes(painted_png("upper"))
    (tmp_path / "products.csv").write_text("photo,shop\na.png,First\nb.png,Second\n")
    facts, _ = seed("--photos", str(tmp_path))
    assert [one["name"] for one in facts["shops"]] == ["First", "Second"]


def test_a_folder_of_no_use_says_why(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no photo"):
        seed("--photos", str(tmp_path))
    (tmp_path / "a.png").write_bytes(painted_png("upper"))
    (tmp_path / "products.csv").write_text("what,ever\n1,2\n")
    with pytest.raises(CommandError, match=r"products\.csv: Line 1 holds no column"):
        seed("--photos", str(tmp_path))
