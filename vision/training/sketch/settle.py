"""What a drawing folder's config says beside the networks: chosen on designs that nothing else saw.

The temperature is found by the hands that training knows, the picture's share by the held-out one:
with hands that it knows the reader needs no picture, and what a shopper's hand is like it does not
know.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from vision.analyzer import get_analyzer
from vision.bundle import load_bundle
from vision.sketch.networks import CONFIG, FOLDER, load_config
from vision.sketch.sketcher import Sketcher
from vision.training.calibrate import temperature
from vision.training.progress import bar
from vision.training.sketch.drawings import Drawer, as_drawing
from vision.training.sketch.hands import HANDS
from vision.training.sketch.pairs import open_garments
from vision.training.splits import CALIBRATE

SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
SEED, MOST, TEN = 31, 500, 10


def settle(bundle: Path, data: Path, cache: Path, *, threads: int) -> dict[str, float]:
    """Choose the temperature of the categories and the picture's share of what is sought, and
    write them into the folder's config; returns them with the recall of every share."""
    config = load_config(load_bundle(bundle))
    assert config is not None
    analyzer = get_analyzer(bundle, threads)
    sketcher = Sketcher(config, analyzer, threads)
    drawer = Drawer(open_garments(analyzer, data, cache), cache)
    garments, rng = drawer.garments, np.random.default_rng(SEED)
    pool = garments.of(CALIBRATE)
    asked = rng.permutation(len(pool))[:MOST]
    known_hand, other_hand = (
        [as_drawing(drawer.drawing(rng, int(pool[at]), style=style)) for at in asked]
        for style in HANDS
    )
    spoken = [dict(sketcher.read(one)[1]) for one in known_hand]
    heat = config.temperature
    logits = np.log([[said[c] for c in config.categories] for said in spoken]) * heat
    truth = np.array(
        [[c in garments.categories[pool[at]] for c in config.categories] for at in asked]
    )
    vectors = np.stack([sketcher.read(one)[0] for one in other_hand])
    pictures = [sketcher.preview(one) for one in other_hand]
    seen = np.stack([sketcher.embed(pictures[at]) for at in bar(np.arange(len(pictures)), "seen")])
    known = garments.vectors[pool]
    recalls = {share: _recall(vectors, seen, known, asked, share) for share in SHARES}
    best = max(SHARES, key=lambda share: recalls[share])
    chosen = {"temperature": round(temperature(logits, truth), 3), "picture_share": best}
    file = bundle / FOLDER / CONFIG
    file.write_text(json.dumps(json.loads(file.read_text()) | chosen, indent=1) + "\n")
    return chosen | {f"recall, picture {share}": value for share, value in recalls.items()}


def _recall(
    read: np.ndarray, seen: np.ndarray, known: np.ndarray, own: np.ndarray, share: float
) -> float:
    """The mean of recall@1 and recall@10."""
    order = np.argsort(-(((1 - share) * read + share * seen) @ known.T), axis=1)[:, :TEN]
    hits = order == own[:, None]
    return float((hits[:, 0].mean() + hits.any(1).mean()) / 2)
