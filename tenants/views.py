"""What stands before any shop: the way in, and the desk with one's shops."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tenants.models import Membership, Shop


class EmailLoginForm(AuthenticationForm):
    """Logs in by e-mail address, in whatever case it is typed."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("E-mail address and password do not match. Try again."),
    }

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class Login(LoginView):
    template_name = "account/login.html"
    authentication_form = EmailLoginForm
    redirect_authenticated_user = True


class Logout(LogoutView):
    pass


class PasswordChange(PasswordChangeView):
    template_name = "account/password.html"
    success_url = "/desk/"


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The user's malls with their shops; straight to the shop where there is only one."""
    assert request.user.is_authenticated
    malls: list[dict[str, Any]] = [
        {"mall": one.mall, "role": one, "shops": list(one.mall.shops.all())}
        for one in Membership.objects.filter(user=request.user)
        .select_related("mall")
        .prefetch_related(Prefetch("mall__shops", Shop.objects.order_by("name")))
        .order_by("mall__name")
    ]
    shops = [shop for mall in malls for shop in mall["shops"]]
    if len(shops) == 1 and not request.user.is_superuser:
        return HttpResponseRedirect(f"/admin/{shops[0].slug}/")
    return render(request, "account/desk.html", {"malls": malls, "shops": shops})
