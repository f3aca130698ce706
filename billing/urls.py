"""Addresses of the money outside any shop's admin."""

from django.urls import path

from billing import webhook_views

urlpatterns = [
    path("billing/<slug:name>/webhook", webhook_views.webhook, name="provider-webhook"),
]
