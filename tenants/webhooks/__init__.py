"""Webhooks: what happened in a shop, told to the shop's own servers, signed and retried."""

from tenants.webhooks.events import EVENT_TYPES, event_announce

__all__ = ["EVENT_TYPES", "event_announce"]
