"""Whoever may see every mall's money has more than a password."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

GetResponse = Callable[[HttpRequest], HttpResponseBase]

OPERATOR = "/operator/"
SECOND_FACTOR = "/2fa/totp/activate/"


def second_factor(get_response: GetResponse) -> GetResponse:
    """Leads operators without a second factor to making one, where OPERATOR_SECOND_FACTOR."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(OPERATOR) and settings.OPERATOR_SECOND_FACTOR:
            user = request.user
            if user.is_authenticated and user.is_staff and not is_mfa_enabled(user):
                messages.info(
                    request, gettext("Operators need a second factor. Make one, then go on.")
                )
                return HttpResponseRedirect(SECOND_FACTOR)
        return get_response(request)

    return middleware
