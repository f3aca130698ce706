from django.urls import path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from tenants import views

urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", views.Logout.as_view(), name="logout"),
    path("password/", views.PasswordChange.as_view(), name="password"),
    path("language/", set_language, name="set_language"),
    path("desk/", views.desk, name="desk"),
    path("admin/", RedirectView.as_view(url="/desk/"), name="shop-admin"),
]
