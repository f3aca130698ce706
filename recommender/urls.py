from django.urls import path

from recommender.api import SearchView, SimilarView
from recommender.kept.api import KeptPhotoView
from recommender.looks.api import LooksView, LookView
from recommender.mood.api import DiscoverView, ShopMoodView
from recommender.outfit.api import PhotoOutfitView, ProductOutfitView
from recommender.sketch.api import LinesView, PreviewView

urlpatterns = [
    path("search", SearchView.as_view(), name="search"),
    path("sketch/preview", PreviewView.as_view(), name="sketch-preview"),
    path("photos/<uuid:image_id>", KeptPhotoView.as_view(), name="kept-photo"),
    path("products/<path:sku>/similar", SimilarView.as_view(), name="similar"),
    path("products/<path:sku>/outfit", ProductOutfitView.as_view(), name="product-outfit"),
    path("products/<path:sku>/lines", LinesView.as_view(), name="product-lines"),
    path("outfit", PhotoOutfitView.as_view(), name="photo-outfit"),
    path("malls/discover", DiscoverView.as_view(), name="discover"),
    path("shops/<slug:slug>/mood", ShopMoodView.as_view(), name="shop-mood"),
    path("looks", LooksView.as_view(), name="looks"),
    path("looks/<slug:slug>", LookView.as_view(), name="look"),
]
