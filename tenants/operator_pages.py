"""Pages of `/operator/` that belong to no model: for staff, with the rights that they name."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

OperatorView = Callable[..., HttpResponseBase]
SAFE = ("GET", "HEAD")


def operator_page(*, reads: str, writes: str = "") -> Callable[[OperatorView], OperatorView]:
    """The view behind the operators' login. `reads` and `writes` are permissions, as
    "billing.view_invoice"; without `writes` the page only shows."""

    def guard(view: OperatorView) -> OperatorView:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            needed = reads if request.method in SAFE else writes
            if not needed or not request.user.has_perm(needed):
                raise PermissionDenied("not for this operator")
            return view(request, *args, **kwargs)

        return admin.site.admin_view(guarded)

    return guard


def operator_render(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """The template with what every page of `/operator/` shows."""
    return render(request, template, {**admin.site.each_context(request), **context})
