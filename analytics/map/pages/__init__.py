"""The pages under *Map* in the shop's admin, and what they ask for."""

from analytics.map.pages import catalogue, data, demand

__all__ = ["catalogue", "data", "demand"]
