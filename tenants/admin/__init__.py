"""The operators' own admin, and the pages of a shop that every shop has."""

from tenants.admin import (
    guests,
    history,
    keys,
    operator,
    people,
    persons,
    shop_settings,
    webhooks,
)

__all__ = [
    "guests",
    "history",
    "keys",
    "operator",
    "people",
    "persons",
    "shop_settings",
    "webhooks",
]
