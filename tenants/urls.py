"""The addresses before any shop: accounts, the desk, invitations."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from tenants import views
from tenants.accounts import invitation_views

# Operators come in by the same door, with its limits and second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("password/", RedirectView.as_view(url="/password/change/"), name="password"),
    path("language/", set_language, name="set_language"),
    path("desk/", views.desk, name="desk"),
    path("desk/new/", views.shop_new, name="shop-new"),
    path("invitation/<token>/", invitation_views.invitation, name="invitation"),
    path("admin/", RedirectView.as_view(url="/desk/"), name="shop-admin"),
]
