"""Photos of a storefront in the size that a screen needs: a phone loads a fifth of the bytes."""

import io
import re
from functools import lru_cache

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from PIL import Image

from frontend.storefront.pages import shop_shown
from tenants.models import Shop
from vision.decode import decode_image
from vision.errors import ImageRejected

WIDTHS = (240, 480, 720, 960)
PHOTO = re.compile(r"(?:photos|looks)/[0-9a-f]{2}/[0-9a-f]{64}\.\w+")
TALL = 2
"""Photos up to this many times as high as wide keep the width that was asked for."""
QUALITY, METHOD = 80, 2
KEPT = 512
"""Photos in a process's memory, about 15 KB each: nothing lies on the disk that would have to be
deleted with its photo."""
CACHE_SECONDS = 365 * 24 * 3600


def srcset(shop: Shop, name: str, width: int | None, url: str) -> str:
    """What `<img srcset>` says of a stored photo; "" where the shop has no storefront here."""
    folder = f"shops/{shop.pk}/"
    if not shop.hosted_storefront or not name.startswith(folder) or not width:
        return ""
    path = name.removeprefix(folder)
    found = [
        f"{reverse('storefront-small', args=[shop.slug, one, path])} {one}w"
        for one in WIDTHS
        if one < width
    ]
    return ", ".join([*found, f"{url} {width}w"])


@require_safe
def small(request: HttpRequest, shop_slug: str, width: int, path: str) -> HttpResponse:
    """A photo of the shop, `width` px wide, as WebP. Named by content: it may be kept for ever."""
    shop = shop_shown(shop_slug)
    if width not in WIDTHS or not PHOTO.fullmatch(path):
        raise Http404("no such photo")
    body = _webp(f"shops/{shop.pk}/{path}", width)
    response = HttpResponse(body, content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}, immutable"
    return response


@lru_cache(maxsize=KEPT)
def _webp(name: str, width: int) -> bytes:
    try:
        with default_storage.open(name) as file:
            pixels = decode_image(file.read(), max_side=TALL * width)
    except (FileNotFoundError, ImageRejected):
        raise Http404("no such photo") from None
    image = Image.fromarray(pixels)
    image.thumbnail((width, TALL * width))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=METHOD)
    return out.getvalue()
