"""From linear light to the picture that a studio or a phone camera would give."""

from __future__ import annotations

import cv2
import numpy as np

_DITHER = np.random.default_rng(0).uniform(0, 1, (256, 256)).astype(np.float32)


def developed(canvas: np.ndarray, *, vignette: float = 0.08) -> np.ndarray:
    """uint8 sRGB [h, w, 3] of linear light, with a faint vignette and dither against banding."""
    height, width = canvas.shape[:2]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    fall = 255 * (1 - vignette * 0.5 * (x * x + y * y) ** 1.5)
    noise = np.tile(_DITHER, (height // 256 + 1, width // 256 + 1))[:height, :width]
    image = np.sqrt(np.maximum(canvas, 0)) * cv2.merge((fall, fall, fall))
    image += cv2.merge((noise, noise, noise))
    return np.minimum(image, 255).astype(np.uint8)


def tilt(width: int, height: int, plane: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Homography from a plane of (w, h) px to the photo: held by hand, not quite level."""
    w, h = plane
    jitter = rng.uniform(-0.05, 0.05, (4, 2)) * (width, height)
    depth = float(rng.uniform(0.0, 0.09)) * width
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], float)
    margin = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (w - width, h - height) / 2
    keystone = np.array([(depth, 0), (-depth, 0), (0, 0), (0, 0)])
    source = np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float32)
    target = target + margin + keystone + np.clip(jitter, -0.45 * abs(margin), 0.45 * abs(margin))
    return cv2.getPerspectiveTransform(source, target.astype(np.float32))


def held(
    canvas: np.ndarray,
    covers: list[np.ndarray],
    width: int,
    height: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, list[np.ndarray]]:
    """A hand-held photo of the plane: uint8 image and the coverages as the photo sees them."""
    homography = tilt(width, height, (canvas.shape[1], canvas.shape[0]), rng)
    size = (width, height)
    photo = cv2.warpPerspective(canvas, homography, size, borderMode=cv2.BORDER_REFLECT_101)
    seen = [cv2.warpPerspective(cover, homography, size) for cover in covers]
    return snapshot(photo, rng), seen


def snapshot(canvas: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """uint8 sRGB as a phone in a room would see the linear canvas.

    Uneven light, a hand's shadow, colour cast, exposure, blur, sensor noise and JPEG blocks.
    """
    height, width = canvas.shape[:2]
    light = _room_light(width, height, rng)
    canvas *= cv2.merge((light, light, light))
    warm = float(rng.normal(0, 0.09))
    cast = np.array([1 + warm, 1 + rng.normal(0, 0.02), 1 - warm], np.float32)
    canvas *= cast * float(np.exp(rng.normal(-0.06, 0.2)))
    blur = abs(float(rng.normal(0, 0.75)))
    if blur > 0.35:
        canvas = cv2.GaussianBlur(canvas, (0, 0), blur * width / 600)
    if rng.random() < 0.15:
        canvas = _shaken(canvas, rng)
    image = np.sqrt(np.clip(canvas, 0, 1))
    contrast = float(rng.uniform(0.9, 1.14))
    image = np.clip((image - 0.5) * contrast + 0.5, 0, 1)
    grain = float(rng.gamma(2.0, 0.009))
    noise = rng.standard_normal((height, width, 1), np.float32) * grain
    chroma = rng.standard_normal((height // 2, width // 2, 3), np.float32) * grain * 0.7
    image += noise + cv2.resize(chroma, (width, height))
    picture = np.clip(image * 255 + 0.5, 0, 255).astype(np.uint8)
    quality = int(rng.integers(38, 90))
    done, data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("the JPEG encoder refused a drawn picture")
    decoded = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))
    return np.ascontiguousarray(decoded[..., ::-1])


def _room_light(width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    x = np.linspace(0, 1, 24, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, 32, dtype=np.float32)[:, None]
    angle = float(rng.uniform(0, 2 * np.pi))
    slope = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle)
    light = 1 + float(rng.uniform(0.1, 0.5)) * slope
    if rng.random() < 0.35:
        edge = x * np.cos(angle + 1) + y * np.sin(angle + 1) - float(rng.uniform(-0.2, 0.9))
        shadow = 1 / (1 + np.exp(-edge * float(rng.uniform(14, 60))))
        light = light * (1 - float(rng.uniform(0.1, 0.4)) * shadow)
    return cv2.resize(light.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)


def _shaken(canvas: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    size = int(rng.integers(2, 5)) * 2 + 1
    kernel = np.zeros((size, size), np.float32)
    a = float(rng.uniform(0, np.pi))
    reach = (size // 2) * np.array([np.cos(a), np.sin(a)])
    start = tuple(np.rint(size // 2 - reach).astype(int).tolist())
    end = tuple(np.rint(size // 2 + reach).astype(int).tolist())
    cv2.line(kernel, start, end, 1.0)
    return cv2.filter2D(canvas, -1, kernel / kernel.sum())
