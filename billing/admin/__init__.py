"""What a mall's owner sees of money in the admin of any of its shops, and what operators set."""

from billing.admin import change, details, invoices, ledger, limits, overview, plan, subscriptions
from billing.admin.words import KIND_NAMES

__all__ = [
    "KIND_NAMES",
    "change",
    "details",
    "invoices",
    "ledger",
    "limits",
    "overview",
    "plan",
    "subscriptions",
]
