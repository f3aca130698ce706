from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "frontend.storefront"
    label = "storefront"
