from django.urls import path

from recommender.api import SearchView
from recommender.mood.api import ShopMoodView

urlpatterns = [
    path("search", SearchView.as_view(), name="search"),
    path("shops/<slug:slug>/mood", ShopMoodView.as_view(), name="shop-mood"),
]
