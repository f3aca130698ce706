"""Sums of a day, made of what was told and searched; made again they are the same."""

from analytics.rollup.days import day_roll, days_roll

__all__ = ["day_roll", "days_roll"]
