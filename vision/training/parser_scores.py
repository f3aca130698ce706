"""How well the parser finds pixels, on photos held out from its training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np

from vision.analyzer import Analyzer
from vision.crops import letterbox
from vision.networks import Networks
from vision.training.parser_data import open_cutouts
from vision.training.progress import bar
from vision.training.regions import IGNORE, classes, street_table
from vision.training.scores import iou
from vision.training.sets import Pixels, open_photos, open_pixel_masks, read_rows
from vision.training.splits import TEST, splits

# every so many flat-lays suffice
FLAT_LAY_STEP = 3


def class_map(networks: Networks, photo: Pixels) -> Pixels:
    """The likeliest class of every pixel of a photo, uint8 [h,w]."""
    parser = networks.bundle.parser
    canvas, (x0, y0, x1, y1) = letterbox(photo, parser.height, parser.width, parser.pad)
    logits = np.ascontiguousarray(networks.parse([canvas])[0].transpose(1, 2, 0))
    full = cv2.resize(logits, (parser.width, parser.height), interpolation=cv2.INTER_LINEAR)
    h, w = photo.shape[:2]
    inner = cv2.resize(full[y0:y1, x0:x1], (w, h), interpolation=cv2.INTER_LINEAR)
    return inner.argmax(2).astype(np.uint8)


def street_scores(analyzer: Analyzer, data: Path, cache: Path) -> dict[str, Any]:
    """On held-out street photos: mean IoU a photo of person against ground, of the garments as
    `lookus parse` cuts them out (no skin, no hair), and IoU of each class over all their pixels."""
    photos, masks = open_photos(data, cache, "ccp"), open_pixel_masks(data, cache, "ccp")
    table = street_table(read_rows(data, "ccp_classes"))
    chosen = np.flatnonzero(np.array(splits("ccp", read_rows(data, "ccp"))) == TEST)
    names = classes()
    both, either = np.zeros(len(names)), np.zeros(len(names))
    fronts, clothes = [], []
    for i in bar(chosen, "ccp test"):
        truth = table[masks[i]]
        counted = truth != IGNORE
        mine = class_map(analyzer.networks, photos[i])
        fronts.append(iou((mine > 0)[counted], (truth > 0)[counted]))
        clothes.append(iou(analyzer.parse(photos[i])[counted], (truth > 1)[counted]))
        for c in range(len(names)):
            both[c] += ((mine == c) & (truth == c)).sum()
            either[c] += (((mine == c) | (truth == c)) & counted).sum()
    per_class = both / np.maximum(either, 1)
    return {
        "photos": len(chosen),
        "foreground_iou": float(np.mean(fronts)),
        "garments_iou": float(np.mean(clothes)),
        "mean_iou": float(per_class[1:].mean()),
        "class_iou": dict(zip(names, per_class.round(4).tolist(), strict=True)),
    }


def flat_lay_scores(analyzer: Analyzer, data: Path, cache: Path) -> dict[str, Any]:
    """On held-out catalogue flat-lays whose border gives a safe truth: mean and worst tenth of
    the IoU of what `lookus parse` cuts out, and how often the garment's pixels mostly get its
    class."""
    cut = open_cutouts(data, cache, "hm")
    chosen = np.flatnonzero(cut.safe & (cut.parts == TEST))[::FLAT_LAY_STEP]
    scores, named = [], []
    for i in bar(chosen, "hm test"):
        truth = cut.masks[i] > 0
        mine = class_map(analyzer.networks, cut.photos[i])
        scores.append(iou(analyzer.parse(cut.photos[i]), truth))
        if cut.values[i] < len(classes()):
            named.append((mine[truth] == cut.values[i]).mean() > 0.5)
    return {
        "photos": len(chosen),
        "foreground_iou": float(np.mean(scores)),
        "worst_tenth_iou": float(np.quantile(scores, 0.1)),
        "class_right": float(np.mean(named)),
    }
