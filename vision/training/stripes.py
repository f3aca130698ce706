"""Which kind of stripe: the sets only say "stripe", the photo shows its direction and width."""

from __future__ import annotations

import cv2
import numpy as np

from vision.training.crops import Seen

# one direction must have this many times the other's gradient energy
CLEARLY = 1.7
# a period under this share of the garment's width is fine, over the second wide
FINE, WIDE = 0.075, 0.11


def stripe_kind(seen: Seen) -> str | None:
    """`stripe-vertical`, `stripe-fine` or `stripe-wide`; None when the photo leaves it open.

    Direction from the structure tensor of the garment's middle, width from the strongest period
    of its mean profile.
    """
    x0, y0, x1, y1 = seen.box
    w, h = x1 - x0, y1 - y0
    middle = seen.photo[
        int(y0 + 0.2 * h) : int(y1 - 0.25 * h), int(x0 + 0.28 * w) : int(x1 - 0.28 * w)
    ]
    if min(middle.shape[:2]) < 16:
        return None
    lab = cv2.cvtColor(middle, cv2.COLOR_RGB2LAB).astype(np.float32)
    across = float(sum((cv2.Sobel(lab[..., c], cv2.CV_32F, 1, 0) ** 2).sum() for c in range(3)))
    down = float(sum((cv2.Sobel(lab[..., c], cv2.CV_32F, 0, 1) ** 2).sum() for c in range(3)))
    if across > CLEARLY * down:
        return "stripe-vertical"
    if down < CLEARLY * across:
        return None
    share = _period(lab.mean(1)) / w
    return "stripe-fine" if share < FINE else "stripe-wide" if share > WIDE else None


def _period(profile: np.ndarray) -> float:
    """The strongest period, in pixels, of a profile [n, channels]."""
    n = len(profile)
    x = np.linspace(-1, 1, n)
    trend = np.polynomial.polynomial.polyfit(x, profile, 2)
    rest = profile - np.polynomial.polynomial.polyval(x, trend).T
    power = (np.abs(np.fft.rfft(rest * np.hanning(n)[:, None], axis=0)) ** 2).sum(1)
    return float(n / (2 + int(np.argmax(power[2:]))))
