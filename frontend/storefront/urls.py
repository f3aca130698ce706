from django.urls import path
from django.views.generic import RedirectView

from frontend.storefront import views

urlpatterns = [
    path("", RedirectView.as_view(url="/desk/"), name="root"),
    path("shop/<slug:shop_slug>/", views.home, name="storefront"),
    path("shop/<slug:shop_slug>/p/<path:sku>/", views.product, name="storefront-product"),
]
