"""Stripe: Checkout, customer portal, subscriptions, meters, webhooks. docs/billing.md has the way.

Its objects are asked for anew whenever something happened to them, never pieced together from
messages: so it does not matter in which order, how often or how late these come.
"""
