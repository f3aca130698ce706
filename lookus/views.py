import re
import time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.static import serve
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.media import PARAMETER, address_end
from tenants.models import Shop

SHOP = re.compile(r"shops/(\d+)/")


class ApiDocsView(SpectacularSwaggerSplitView):
    """The API's documents for people, from our own files alone."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response: Response = super().get(request, *args, **kwargs)
        response["Content-Security-Policy"] = (
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
            "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return response


@require_safe
def photo(request: HttpRequest, path: str) -> HttpResponseBase:
    """A photo from the disk, for whoever was given its address, as long as that holds and its shop
    is open. Named by content: till then it may be kept."""
    until, now = address_end(path, request.GET.get(PARAMETER, "")), int(time.time())
    shop = SHOP.match(path)
    if until is None or shop is None or not Shop.objects.open().filter(pk=shop[1]).exists():
        raise Http404("no such photo")
    response: HttpResponseBase
    if until <= now:
        response = HttpResponse(_("This address has ended."), "text/plain", status=410)
        response["Cache-Control"] = "no-store"
        return response
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = f"public, max-age={until - now}, immutable"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
