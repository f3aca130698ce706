"""Photos without a garment, drawn by code: pages of text, faces, scenes, dark frames.

Every function of the tables takes nothing and gives RGB pixels [h, w, 3], the same each time.
"""

from tests.vision.garmentless.faces import FACES
from tests.vision.garmentless.pages import PAGES
from tests.vision.garmentless.places import PLACES
from tests.vision.garmentless.things import THINGS

__all__ = ["FACES", "PAGES", "PLACES", "THINGS"]
