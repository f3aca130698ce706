"""Cut-outs pasted on grounds: phone photos whose masks and labels are known exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from vision.training.grounds import Rng
from vision.training.sets import Pixels


@dataclass(frozen=True)
class Piece:
    """A garment to paste: photo [h,w,3], mask [h,w] (0 or 255) and the value its pixels get."""

    photo: Pixels
    mask: Pixels
    value: int


def recolored(rng: Rng, photo: Pixels) -> Pixels:
    """The garment dyed: lightness and chroma moved, its shading kept."""
    lab = cv2.cvtColor(photo, cv2.COLOR_RGB2LAB).astype(np.float32)
    light, spread = rng.uniform(30, 250), rng.uniform(0.35, 1.0)
    lab[..., 0] = light + spread * (lab[..., 0] - np.median(lab[..., 0]))
    lab[..., 1:] = 128 + rng.uniform(0.2, 1.3) * (lab[..., 1:] - 128) + rng.normal(0, 14, 2)
    dyed = cv2.cvtColor(np.clip(lab, 0, 255).astype(np.uint8), cv2.COLOR_LAB2RGB)
    return np.asarray(dyed, np.uint8)


def toward_ground(rng: Rng, ground: Pixels, photo: Pixels, mask: Pixels) -> Pixels:
    """The ground in nearly the garment's colour: pale on pale, dark on dark."""
    color = photo[mask > 0].reshape(-1, 3).mean(0) if mask.any() else np.array((128.0,) * 3)
    shift = color + rng.normal(0, 14, 3) - ground.reshape(-1, 3).mean(0)
    return np.clip(ground + shift, 0, 255).astype(np.uint8)


def _placed(rng: Rng, piece: Piece, height: int, width: int, share: float) -> tuple[Pixels, Pixels]:
    """Photo and soft mask warped so that the garment's box takes about `share` of the canvas's
    smaller side over its longer one."""
    x, y, w, h = cv2.boundingRect(piece.mask)
    scale = share * min(height / h, width / w)
    turn = rng.normal(0, 0.12) if rng.random() < 0.9 else rng.uniform(-np.pi, np.pi)
    squeeze = np.exp(rng.normal(0, 0.06))
    flip = -1.0 if rng.random() < 0.5 else 1.0
    c, s = np.cos(turn) * scale, np.sin(turn) * scale
    m = np.array([[c * flip * squeeze, -s / squeeze], [s * flip * squeeze, c / squeeze]])
    spare = 0.5 * (1 - min(share, 1.0)) + 0.05
    center = np.array((width, height)) * (0.5 + rng.uniform(-spare, spare, 2))
    at = center - m @ np.array((x + w / 2, y + h / 2))
    matrix = np.concatenate([m, at[:, None]], 1).astype(np.float32)
    mode = cv2.INTER_AREA if scale < 0.6 else cv2.INTER_LINEAR
    photo = cv2.warpAffine(piece.photo, matrix, (width, height), flags=mode)
    mask = cv2.warpAffine(piece.mask, matrix, (width, height), flags=cv2.INTER_LINEAR)
    return np.asarray(photo, np.uint8), np.asarray(mask, np.uint8)


def paste(
    rng: Rng, ground: Pixels, pieces: Sequence[Piece], shares: Sequence[float]
) -> tuple[Pixels, Pixels]:
    """The pieces on the ground in their order, each with its shadow: photo uint8 [h,w,3] and
    mask uint8 [h,w] of the pieces' values over 0."""
    height, width = ground.shape[:2]
    canvas = ground.astype(np.float32)
    truth = np.zeros((height, width), np.uint8)
    for piece, share in zip(pieces, shares, strict=True):
        photo, mask = _placed(rng, piece, height, width, share)
        alpha = cv2.GaussianBlur(mask, (3, 3), 0).astype(np.float32) / 255
        canvas *= 1 - _shadow(rng, alpha)[..., None]
        canvas += alpha[..., None] * (photo - canvas)
        truth[mask > 127] = piece.value
    return np.clip(canvas, 0, 255).astype(np.uint8), truth


def _shadow(rng: Rng, alpha: np.ndarray) -> np.ndarray:
    """A soft shadow beside the garment: shares of the light taken away."""
    dx, dy = rng.normal(0, 0.018 * max(alpha.shape), 2)
    moved = cv2.warpAffine(alpha, np.array([[1, 0, dx], [0, 1, dy]], np.float32), alpha.shape[::-1])
    return rng.uniform(0, 0.45) * cv2.GaussianBlur(moved, (0, 0), float(rng.uniform(1, 6)))


def camera(rng: Rng, photo: Pixels, strength: float = 1.0) -> Pixels:
    """What a phone does to a photo: colour cast, exposure, contrast, blur, noise, JPEG."""
    cast = 1 + strength * rng.normal(0, 0.06, 3)
    gain = 1 + strength * rng.normal(0, 0.15)
    gamma = np.exp(strength * rng.normal(0, 0.2))
    level = np.clip(np.arange(256)[:, None] * cast * gain / 255, 0, 1)
    curve = (255 * level**gamma).astype(np.uint8).reshape(256, 1, 3)
    out = cv2.LUT(photo, curve)
    vivid = 1 + strength * rng.normal(0, 0.18)
    grey = cv2.cvtColor(cv2.cvtColor(out, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    out = cv2.addWeighted(out, vivid, grey, 1 - vivid, 0)
    if rng.random() < 0.3 * strength:
        out = cv2.GaussianBlur(out, (0, 0), float(rng.uniform(0.4, 1.5)))
    if rng.random() < 0.3 * strength:
        grain = rng.standard_normal(out.shape, np.float32) * np.float32(rng.uniform(1, 7))
        out = np.clip(out + grain, 0, 255).astype(np.uint8)
    if rng.random() < 0.25 * strength:
        quality = int(rng.integers(35, 90))
        _, code = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])
        out = np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR))
    return np.asarray(out, np.uint8)
