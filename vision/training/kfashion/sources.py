"""K-Fashion as what the parser and the tagger train on."""

from __future__ import annotations

import numpy as np

from vision.training.grounds import Rng
from vision.training.kfashion.reading import KFashion, Painted
from vision.training.labels import STRIPES, Labels
from vision.training.parser_data import flattened
from vision.training.sets import Pixels
from vision.training.sightings import Sightings
from vision.training.splits import TRAIN
from vision.training.stripes import stripe_kind
from vision.training.tagger_sets import TaggedSet

NAME = "kfashion"
ANY_STRIPE = frozenset(STRIPES.split())


class KFashionPhotos:
    """Draws training photos for the parser from those that have a polygon."""

    def __init__(self, source: KFashion):
        outlined = {one.photo for one in source.garments if one.polygons}
        self.photos, self.regions = source.photos, source.regions
        self.train = [i for i in sorted(outlined) if source.parts[i] == TRAIN]
        if not self.train:
            raise ValueError("no photo of K-Fashion with a polygon is left for training")

    def draw(self, rng: Rng, size: int) -> tuple[Pixels, Pixels]:
        """A photo uint8 [size,size,3] and its mask uint8 [size,size]; as near as in the street."""
        i = int(rng.choice(self.train))
        zoom = float(np.exp(rng.uniform(-0.25, 0.9)))
        return flattened(rng, self.photos[i], self.regions[i], size, zoom)


def parser_source(source: KFashion) -> KFashionPhotos:
    """What the parser learns of K-Fashion; raises ValueError where nothing is left for it."""
    return KFashionPhotos(source)


def tagged_set(source: KFashion, first_design: int) -> TaggedSet:
    """One photo a garment, each garment a design of its own, numbered from `first_design`."""
    garments, photos = source.garments, source.photos
    of = np.array([one.photo for one in garments])
    names = [photos.names[i] for i in of]
    shapes = photos.shapes[of]
    masks = Painted(names, shapes * (1, 1, 0) + (0, 0, 1), lambda i: garments[i].mask)
    sightings = Sightings(
        boxes=np.array([one.box for one in garments], np.float32),
        found=np.array([bool(one.polygons) for one in garments]),
        masks=masks,
    )
    each = Painted(names, shapes, lambda i: photos[garments[i].photo])
    return TaggedSet(
        name=NAME,
        photos=each,
        sightings=sightings,
        labels=[_striped(one.labels, sightings, each, i) for i, one in enumerate(garments)],
        parts=source.parts[of],
        designs=np.arange(len(garments)) + first_design,
        cutouts=None,
        texts=[set()] * len(garments),
        kinds=[f"{NAME} {one.kind}" if one.kind else "" for one in garments],
    )


def _striped(labels: Labels, sightings: Sightings, photos: Painted, i: int) -> Labels:
    """The labels with the kind of stripe, where they only say stripe and the photo shows it."""
    if labels.get("pattern") != ANY_STRIPE:
        return labels
    kind = stripe_kind(sightings.seen(photos, i))
    return {**labels, "pattern": frozenset([kind])} if kind else labels
