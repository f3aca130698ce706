"""The garment in a catalogue photo, cut out by its plain ground."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from vision.training.sets import Pixels

# how far (in 0..255 of one channel) the border may stray from a smooth surface and still be plain
PLAIN_BORDER = 4.5
# the least distance from the ground that counts as garment, in border deviations and in values
DEVIATIONS, LEAST_DISTANCE = 4.0, 11.0
# a cut-out is safe when its edge pixels stand out this clearly from the ground, on the median
SAFE_EDGE = 26.0
LEAST_AREA, MOST_AREA = 0.015, 0.8
# shreds (a white shirt of which only shadows were seen) fill little of their hull and are thin
LEAST_SOLID, LEAST_THICK = 0.3, 0.6


@dataclass(frozen=True)
class Cutout:
    """A mask (uint8 [h,w], 0 or 255) and whether it may be trusted as truth."""

    mask: Pixels
    safe: bool


def _ground_surface(photo: np.ndarray, border: np.ndarray) -> tuple[np.ndarray, float]:
    """The ground under the garment as a quadratic in x and y a channel, fitted to the border
    pixels; with the border's median distance from it times 1.48 (a robust deviation)."""
    h, w = border.shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    x, y = x / w - 0.5, y / h - 0.5
    design = np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], -1)
    rows, values = design[border], photo[border]
    keep = np.ones(len(rows), bool)
    for _ in range(3):
        surface, *_ = np.linalg.lstsq(rows[keep], values[keep], rcond=None)
        off = np.abs(values - rows @ surface).max(1)
        keep = off <= max(3.0, 2.5 * float(np.median(off)))
    return design @ surface, 1.48 * float(np.median(off))


def cut_out(photo: Pixels) -> Cutout | None:
    """The garment of an RGB photo [h,w,3]; None when the border is not plain or nothing stands
    out. Not safe: pale on pale, a torn mask, or a garment that touches the border all along."""
    smooth = cv2.bilateralFilter(photo, 5, 12, 3).astype(np.float32)
    h, w = photo.shape[:2]
    edge = max(2, round(0.02 * min(h, w)))
    border = np.ones((h, w), bool)
    border[edge:-edge, edge:-edge] = False
    ground, deviation = _ground_surface(smooth, border)
    if deviation > PLAIN_BORDER:
        return None
    distance = np.abs(smooth - ground).max(2)
    level = max(LEAST_DISTANCE, DEVIATIONS * deviation)
    raw = (distance > level).astype(np.uint8)
    raw = cv2.morphologyEx(raw, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    raw = cv2.morphologyEx(raw, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    mask = _filled(large_parts(raw))
    area = mask.mean()
    if not LEAST_AREA < area < MOST_AREA:
        return None
    rim = mask - cv2.erode(mask, np.ones((5, 5), np.uint8))
    stands_out = float(np.median(distance[rim > 0])) > SAFE_EDGE
    whole = raw[mask > 0].mean() > 0.93
    inside = mask[border].mean() < 0.12
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    mask = np.asarray(cv2.erode(mask, cross), np.uint8)
    return Cutout(mask * 255, bool(stands_out and whole and inside and not _shredded(mask)))


def _shredded(mask: Pixels) -> bool:
    """Whether the mask is scraps rather than a garment."""
    hull = cv2.convexHull(cv2.findNonZero(mask))
    side = max(3, round(0.022 * min(mask.shape))) | 1
    thick = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    area = float(mask.sum())
    return area < LEAST_SOLID * cv2.contourArea(hull) or float(thick.sum()) < LEAST_THICK * area


def large_parts(mask: np.ndarray) -> Pixels:
    """The parts with at least a twelfth of the largest one's pixels."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count < 2:
        return mask.astype(np.uint8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    large = 1 + np.flatnonzero(areas >= areas.max() / 12)
    return np.isin(labels, large).astype(np.uint8)


def _filled(mask: Pixels) -> Pixels:
    """Small holes closed (a gleam, a pale print); large ones, such as a handle's, stay open."""
    holes, labels, stats, _ = cv2.connectedComponentsWithStats(1 - mask, connectivity=4)
    limit = 0.06 * max(1, int(mask.sum()))
    h, w = mask.shape
    out = mask.copy()
    for i in range(1, holes):
        x, y, bw, bh, area = stats[i]
        touches = x == 0 or y == 0 or x + bw == w or y + bh == h
        if area < limit and not touches:
            out[labels == i] = 1
    return out
