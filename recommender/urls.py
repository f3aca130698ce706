from django.urls import path

from recommender.api import SearchView, SimilarView
from recommender.mood.api import ShopMoodView

urlpatterns = [
    path("search", SearchView.as_view(), name="search"),
    path("products/<path:sku>/similar", SimilarView.as_view(), name="similar"),
    path("shops/<slug:slug>/mood", ShopMoodView.as_view(), name="shop-mood"),
]
