"""The demo shops' products, ready to be drawn."""

from vision.render.catalogue.products import SHOPS, DemoProduct, demo_catalogue

__all__ = ["SHOPS", "DemoProduct", "demo_catalogue"]
