"""Below `/operator/numbers/`."""

from django.urls import path

from analytics.operator import views

urlpatterns = [
    path("", views.numbers, name="operator-numbers"),
    path("malls.csv", views.numbers_csv, name="operator-numbers-csv"),
    path("malls/<int:pk>/", views.mall_numbers, name="operator-mall-numbers"),
]
