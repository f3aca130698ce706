"""The URL map below `/admin/<shop>/`; `tenants.admin_scope` puts a request on it."""

from django.urls import path

from tenants.admin_site import shop_admin

urlpatterns = [path("", shop_admin.urls)]
