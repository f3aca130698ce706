"""The mall owner's admin stands in its shop's scope: the shop is the one in the URL.

`/admin/<shop>/catalog/product/` is served by `lookus.urls_shop_admin` under the script prefix
`/admin/<shop>/`, so that every `reverse()` of Django's admin lands under the same shop.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import OuterRef
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import (
    Resolver404,
    get_script_prefix,
    get_urlconf,
    resolve,
    set_script_prefix,
    set_urlconf,
)

from tenants.callers import current_caller
from tenants.guests import guest_admit, guest_trace
from tenants.models import Membership, Shop
from tenants.request_ids import current_shop
from tenants.scope import shop_scope

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = TypeVar("View", bound=Callable[..., Any])

URLCONF = "lookus.urls_shop_admin"
# The page of a closed shop, and what hangs on it.
CLOSING = "closing/"
ADDRESS = re.compile(r"/admin/(?P<slug>[-\w]+)(?P<rest>/.*)?", re.DOTALL)


class ShopRequest(HttpRequest):
    """A request of the shop's admin, as `shop_admin_scope` hands it on."""

    shop: Shop
    membership: Membership


class _Undo(Exception):
    """Leaves the scope with its transaction rolled back."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__()
        self.response = response


def opens_own_scope(view: View) -> View:
    """Mark a view that waits for storage or streams: it opens short scopes by itself."""
    view.opens_own_scope = True  # type: ignore[attr-defined]
    return view


def shop_admin_scope(get_response: GetResponse) -> GetResponse:
    """Middleware: serve `/admin/<shop>/…` in that shop's scope.

    1. Nobody logged in: to the login page. Not a member of the shop's mall: 404, as if there
       were no such shop; an operator too, except as its guest. Of a closed shop there is one
       page, where its owner can bring it back.
    2. The body is read before the scope opens: an upload may be slow.
    3. The whole answer is made in one scope, templates too, and rolled back where it is an error.
       A streamed answer is read after the scope closed: it opens its own, or raises.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        address = ADDRESS.fullmatch(request.path_info)
        if address is None:
            return get_response(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if address["rest"] is None:
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        _admit(request, address["slug"])
        if _announced_bytes(request) > settings.IMPORT_MAX_BYTES:
            return HttpResponse("The upload is too large.", status=413, content_type="text/plain")
        request.POST  # noqa: B018  reads the body
        request.path_info = address["rest"]
        request.urlconf = URLCONF  # type: ignore[attr-defined]
        with _under(f"{get_script_prefix()}admin/{address['slug']}/"):
            if not _is_shown(request):
                return HttpResponseRedirect(f"{get_script_prefix()}{CLOSING}")
            return _traced(request, _respond(request, get_response))

    return middleware


def _admit(request: HttpRequest, slug: str) -> None:
    assert request.user.is_authenticated
    # Shop and role in one statement: every page begins with it.
    mine = Membership.objects.filter(user=request.user, mall=OuterRef("mall"))
    shop: Any = (
        # How it is searched is asked for by many pages: read with it.
        Shop.objects.select_related("mall", "search_index")
        .annotate(member=mine.values("pk")[:1], member_role=mine.values("role")[:1])
        .filter(slug=slug)
        .first()
    )
    if shop is None or shop.erasing:
        raise Http404("no such shop among yours")
    membership: Membership | None
    if shop.member is not None:
        membership = Membership(
            pk=shop.member, user=request.user, mall=shop.mall, role=shop.member_role
        )
    else:
        membership = guest_admit(shop=shop, user=request.user)
    if membership is None:
        raise Http404("no such shop among yours")
    request.shop, request.membership = shop, membership  # type: ignore[attr-defined]
    current_shop.set(shop.pk)


def _is_shown(request: Any) -> bool:
    """Of a closed shop only what is marked to be: whether to bring it back."""
    path = request.path_info.lstrip("/")
    return request.shop.is_open or path.startswith(CLOSING)


def _traced(request: Any, response: HttpResponseBase) -> HttpResponseBase:
    if current_caller().guest:
        guest_trace(request=request, shop=request.shop, user=request.user, response=response)
    return response


def _announced_bytes(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or ""
    return int(length) if length.isdecimal() else 0


def _respond(request: Any, get_response: GetResponse) -> HttpResponseBase:
    if _is_marked(request.path_info):
        return get_response(request)
    try:
        with shop_scope(request.shop):
            response = get_response(request)
            if response.status_code >= 400:
                raise _Undo(response)
            return response
    except _Undo as undone:
        return undone.response


def _is_marked(path: str) -> bool:
    try:
        return getattr(resolve(path, URLCONF).func, "opens_own_scope", False)
    except Resolver404:
        return False


@contextmanager
def _under(prefix: str) -> Iterator[None]:
    """Every `reverse()` in the block starts with `prefix`; the URL map is put back after it."""
    former_prefix, former_urlconf = get_script_prefix(), get_urlconf()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(former_prefix)
        set_urlconf(former_urlconf)
