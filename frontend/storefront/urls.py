from django.urls import path
from django.views.generic import RedirectView

from frontend.storefront import discover_views, lookbook, small, style_views, views

urlpatterns = [
    path("", RedirectView.as_view(url="/desk/"), name="root"),
    path("shop/<slug:shop_slug>/", views.home, name="storefront"),
    path("mall/<slug:mall_slug>/styles/", style_views.every_style, name="storefront-styles"),
    path(
        "mall/<slug:mall_slug>/styles/<slug:style_id>/", style_views.style, name="storefront-style"
    ),
    path("mall/<slug:mall_slug>/find/", discover_views.by_photo, name="storefront-discover"),
    path("styles/", style_views.style_of_the_only_mall, name="styles"),
    path("styles/<slug:style_id>/", style_views.style_of_the_only_mall, name="style"),
    path("shop/<slug:shop_slug>/looks/", lookbook.looks, name="storefront-looks"),
    path("shop/<slug:shop_slug>/looks/<slug:look_slug>/", lookbook.look, name="storefront-look"),
    path("shop/<slug:shop_slug>/find/", views.find, name="storefront-find"),
    path("shop/<slug:shop_slug>/bag/", views.bag, name="storefront-bag"),
    path("shop/<slug:shop_slug>/thanks/", views.thanks, name="storefront-thanks"),
    path(
        "shop/<slug:shop_slug>/small/<int:width>/<path:path>", small.small, name="storefront-small"
    ),
    path("shop/<slug:shop_slug>/p/<path:sku>/", views.product, name="storefront-product"),
]
