"""Completing the look: what goes with a product, or with what a shopper owns."""
