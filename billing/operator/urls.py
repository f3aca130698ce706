"""Below `/operator/money/`."""

from django.urls import path

from billing.operator import actions, books, views

urlpatterns = [
    path("", views.money, name="operator-money"),
    path("books/", books.books, name="operator-books"),
    path("malls/", views.mall_list, name="operator-malls"),
    path("malls/<int:pk>/", actions.mall, name="operator-mall"),
    path("invoices/", views.invoice_list, name="operator-invoices"),
    path("invoices/<int:pk>/", actions.invoice, name="operator-invoice"),
    path("invoices/<int:pk>/pdf/", actions.invoice_as_pdf, name="operator-invoice-pdf"),
    path("invoices/<int:pk>/<slug:verb>/", actions.invoice_close, name="operator-invoice-close"),
]
