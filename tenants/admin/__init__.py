"""The operators' own admin, and the pages of a shop that every shop has."""

from tenants.admin import history, keys, operator, people, shop_settings

__all__ = ["history", "keys", "operator", "people", "shop_settings"]
