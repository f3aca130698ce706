"""The URL map below `/admin/<shop>/`; `tenants.admin_scope` puts a request on it."""

from django.urls import path

from tenants.admin_site import shop_admin

handler500 = "lookus.failing.server_error"
urlpatterns = [path("", shop_admin.urls)]
