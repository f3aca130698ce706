"""Photos on the disk: signed addresses that end, of open shops alone."""

import os
import re
import subprocess
import sys
import time

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from lookus.processes import wait_until
from tenants.media import lasting_url
from tenants.models import Shop
from tests.factories import make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db

A_WEEK = 7 * 24 * 3600


def asked(address: str) -> int:
    response = Client().get(address)
    assert response.status_code in (200, 404, 410)
    if response.status_code == 200:
        assert b"".join(response)[:2] == b"\xff\xd8"
    return int(response.status_code)


def until(address: str) -> int:
    return int(re.search(r"signed=(\d+)\.", address)[1])


def test_the_address_of_a_photo_leads_to_it_for_a_day_and_no_longer():
    address = make_photo().file.url
    response = Client().get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    left = until(address) - time.time()
    assert 24 * 3600 - 60 < left <= 48 * 3600
    # A browser keeps it no longer than its address holds.
    kept = int(re.search(r"max-age=(\d+)", response["Cache-Control"])[1])
    assert left - 60 < kept <= left + 1


def test_the_same_address_is_given_again_so_that_browsers_keep_the_photo():
    photo = make_photo()
    one, other = photo.file.url, photo.file.url
    assert one == other or until(one) < until(other)


def test_a_photo_is_at_no_address_that_was_not_given_out():
    shop = make_shop()
    mine, other = (make_photo(make_product(shop)).file.url for _ in range(2))
    theirs = make_photo(make_product(make_shop())).file.url
    path, _, signed = mine.partition("?")
    end = until(mine)
    made_up = [
        path,
        f"{path}?signed=",
        f"{path}?signed={end}",
        f"{path}?signed={end}.",
        f"{path}?signed=.{signed.partition('.')[2]}",
        f"{path}?signed={end + 1}.{signed.partition('.')[2]}",
        f"{path}?signed=9{end}.{signed.partition('.')[2]}",
        f"{path}?signed=²{end}.{signed.partition('.')[2]}",
        f"{path}?{other.partition('?')[2]}",
        f"{path}?{theirs.partition('?')[2]}",
        f"{theirs.partition('?')[0]}?{signed}",
    ]
    assert [asked(one) for one in made_up] == [404] * len(made_up)
    assert [asked(one) for one in (mine, other, theirs)] == [200] * 3


def test_an_address_that_has_ended_says_so():
    name = make_photo().file.name
    address = default_storage.url(name, expire=1)
    assert wait_until(lambda: asked(address) == 410, seconds=30, pause=0.1)
    response = Client().get(address)
    assert (response.status_code, response["Cache-Control"]) == (410, "no-store")
    assert asked(default_storage.url(name)) == 200


def test_a_closed_shops_photos_are_not_there_and_come_back_with_it():
    shop = make_shop()
    address = make_photo(make_product(shop)).file.url
    other = make_photo(make_product(make_shop())).file.url
    now = timezone.now()
    Shop.objects.filter(pk=shop.pk).update(closed_at=now, erase_at=now)
    assert (asked(address), asked(other)) == (404, 200)
    Shop.objects.filter(pk=shop.pk).update(closed_at=None, erase_at=None)
    assert asked(address) == 200


def test_a_changed_secret_ends_addresses_unless_the_former_is_named(settings):
    address = make_photo().file.url
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert asked(address) == 404
    settings.SECRET_KEY_FALLBACKS = [former]
    assert asked(address) == 200


def test_an_address_that_is_kept_lasts_as_long_as_the_export():
    address = lasting_url(str(make_photo().file.name), seconds=30 * A_WEEK)
    assert A_WEEK - 60 < until(address) - time.time() <= 2 * A_WEEK
    assert asked(address) == 200


def test_addresses_on_s3_are_signed_for_as_long():
    told = (
        "import django; django.setup()\n"
        "from django.core.files.storage import default_storage\n"
        "from tenants.media import lasting_url\n"
        "print(default_storage.url('shops/1/photos/00/0.jpg'))\n"
        "print(lasting_url('shops/1/photos/00/0.jpg', seconds=10**9))\n"
    )
    variables = {
        "DJANGO_SETTINGS_MODULE": "lookus.settings",
        "MEDIA_STORAGE": "s3",
        "MEDIA_URL_HOURS": "5",
        "S3_BUCKET": "photos",
        "S3_REGION": "eu-central-1",
        "S3_ACCESS_KEY": "access",
        "S3_SECRET_KEY": "secret",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", told],
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    day, week = done.stdout.split()
    assert "X-Amz-Expires=18000&" in day
    assert "X-Amz-Signature=" in day
    assert f"X-Amz-Expires={A_WEEK}&" in week
