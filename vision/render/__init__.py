"""Draw garments as photos with exact labels.

`render` draws one garment, `render_lines` its lines too, `render_outfit` several on one ground,
`random_spec` invents what a shop might sell, and `demo_catalogue` lists the demo shops' products.
"""

from vision.render.catalogue import SHOPS, DemoProduct, demo_catalogue
from vision.render.compose import render, render_lines
from vision.render.designs import DESIGNS
from vision.render.outfit import render_outfit
from vision.render.plausible import random_spec
from vision.render.scene.grounds import BACKGROUNDS
from vision.render.spec import VIEWS, GarmentSpec, Rendered

__all__ = [
    "BACKGROUNDS",
    "DESIGNS",
    "SHOPS",
    "VIEWS",
    "DemoProduct",
    "GarmentSpec",
    "Rendered",
    "demo_catalogue",
    "random_spec",
    "render",
    "render_lines",
    "render_outfit",
]
