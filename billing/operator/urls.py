"""Below `/operator/money/`."""

from django.urls import path

from billing.operator import views

urlpatterns = [
    path("", views.money, name="operator-money"),
    path("malls/", views.mall_list, name="operator-malls"),
    path("malls/<int:pk>/", views.mall, name="operator-mall"),
    path("invoices/", views.invoice_list, name="operator-invoices"),
]
