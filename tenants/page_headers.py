"""What browsers are told to hold for us, on every answer: a page runs our own files alone, stands
in nobody's frame and lies in nobody's cache."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# What no page of ours asks a browser for. Of a microphone the lens does, for spoken words.
PERMISSIONS = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
    "encrypted-media=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(self), "
    "midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), "
    "xr-spatial-tracking=()"
)
# A form that begins a payment is led on to the provider's page, and browsers ask for that too.
PAYMENT_PAGES = {"manual": "", "stripe": " https://*.stripe.com"}


def page_headers(get_response: GetResponse) -> GetResponse:
    """Headers of security on what has none of its own. A view may be stricter, or say why not."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        headers = response.headers
        headers.setdefault("X-Content-Type-Options", "nosniff")
        kind = headers.get("Content-Type", "").partition(";")[0]
        if kind == "text/html":
            headers.setdefault("Content-Security-Policy", page_policy())
            headers.setdefault("Permissions-Policy", PERMISSIONS)
            headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
            if "cookie" in headers.get("Vary", "").lower():
                # It was made for who asked.
                headers.setdefault("Cache-Control", "private, no-store")
        elif kind.startswith("image/"):
            # A picture that is opened as a page of its own has nothing to run.
            headers.setdefault(
                "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"
            )
        else:
            headers.setdefault("Content-Security-Policy", "frame-ancestors 'none'")
        return response

    return middleware


def page_policy() -> str:
    """Our own files and nothing that stands in the page itself, whoever's words are on it."""
    forms = PAYMENT_PAGES[settings.PAYMENT_PROVIDER]
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        f"img-src 'self' data: blob:{photo_sources()}; connect-src 'self'; manifest-src 'self'; "
        f"form-action 'self'{forms}; base-uri 'none'; frame-ancestors 'none'"
    )


def photo_sources() -> str:
    """Where photos come from beside ourselves, as a policy's list goes on: from S3's own hosts."""
    if settings.MEDIA_STORAGE != "s3":
        return ""
    store = urlsplit(settings.STORAGES["default"]["OPTIONS"]["endpoint_url"] or "")
    return f" https: http://{store.netloc}" if store.scheme == "http" else " https:"
