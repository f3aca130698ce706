"""Which colours go together: rules over hue and chroma, in CIELCh.

The rules are those that colour teaching agrees on, with the angles of the hue templates of Matsuda
(Color Design, 1995) as Cohen-Or and others state them ("Color Harmonization", SIGGRAPH 2006,
figure 2), read on the hue circle of CIELAB, where opposite colours stand opposite:

- neutrals: both carry no hue to speak of (template N);
- accent: one does, the other carries it;
- tonal: one hue (template i, 18° wide) in two tones; a set: in one;
- analogous: neighbours (template V, 93.6° wide), better the nearer, from 45° on less;
- complementary: opposite (template I, two sectors of 18°), less up to 47° off.

What each is worth follows what people wear: how much more often two colours meet in the 905 street
outfits of `ccp` than in outfits shuffled among them (docs/finding.md). So two neutrals count more
the nearer their lightness. Moon and Spencer's warning of tones that nearly match (1944) is not
followed, for people wear those three times as often as chance; nor Itten's of two vivid hues
(1961), which they wear as often.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from vision.colorspace import ciede2000

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]


class Rule(IntEnum):
    CONTRAST = 0
    """None of the rules: nothing is said of the colours."""
    NEUTRALS = 1
    ACCENT = 2
    TONAL = 3
    SET = 4
    ANALOGOUS = 5
    COMPLEMENTARY = 6
    ECHO = 7


NEUTRAL_CHROMA = 12.0
"""Under it a colour is a grey to most eyes."""
DARK_LIGHTNESS, DARK_CHROMA = 32.0, 30.0
"""Navy, chocolate, bottle green: worn as black is."""
EARTH_HUES, EARTH_CHROMA = (50.0, 112.0), 32.0
"""Cream, beige, camel, khaki: worn with anything."""
ONE_HUE, NEIGHBOURS, NEAR_NEIGHBOURS = 18.0, 93.6, 45.0
OPPOSITE, NEARLY_OPPOSITE = 180.0 - 18.0, 180.0 - 46.8
SET_GAP = 6.0
"""Lightness and chroma together, up to which two colours are one tone."""
TONE_CHROMA = 8.0
"""From this on a neutral has a hue that tones can share: beige and brown, though one is redder."""
ECHO_AT, ANOTHER_FROM = 10.0, 20.0
"""CIEDE2000 up to which a colour is that of the print, and from which a print has another one."""

WORTH = {
    Rule.CONTRAST: 0.45,
    Rule.NEUTRALS: 0.76,
    Rule.ACCENT: 0.80,
    Rule.TONAL: 0.88,
    Rule.SET: 0.90,
    Rule.ANALOGOUS: 0.80,
    Rule.COMPLEMENTARY: 0.74,
    Rule.ECHO: 0.90,
}
FADED = {Rule.ANALOGOUS: 0.70, Rule.COMPLEMENTARY: 0.66}
"""Of neighbours at the edge, and of what is nearly opposite."""
ONE_LIGHTNESS, LIGHTNESS_GAP = 0.08, 50.0
"""More for two neutrals of one lightness, nothing more from this gap on."""

_WORTH = np.asarray([WORTH[rule] for rule in Rule])
_LEFT, _RIGHT = np.s_[:, None, :, None], np.s_[None, :, None, :]


@dataclass(frozen=True, slots=True)
class Palettes:
    """The colours of n garments, the one that names the garment first.

    `labs` [n, k, 3] is CIELAB, `shares` [n, k] sum to 1 or, without colours, to 0; `neutral` [n]
    says that the cloth is worn as a neutral whatever its colour, as denim is.
    """

    labs: Floats
    shares: Floats
    neutral: Flags


def harmony(ones: Palettes, others: Palettes) -> tuple[Floats, Codes]:
    """How well the colours of n garments go with those of m: [n, m] of 0..1, and by which rule.

    The mean over the pairs of their colours, each as large as its share; the rule is that of the
    two that name the garments. A garment in a further colour of the other's print is an echo.
    """
    one, other = _Tones.of(ones), _Tones.of(others)
    worth, rules = _pairs(one, other)
    weights = ones.shares[:, None, :, None] * others.shares[None, :, None, :]
    score = (worth * weights).sum((2, 3))
    unknown = weights.sum((2, 3)) == 0
    rule = np.where(unknown, Rule.CONTRAST, rules[:, :, 0, 0])
    echo = _echo(ones, others, other) | _echo(others, ones, one).T
    rule = np.where(echo, Rule.ECHO, rule)
    score = np.where(echo, np.maximum(score, WORTH[Rule.ECHO]), score)
    return np.where(unknown, 0.5, score), rule


def neutral(labs: Floats) -> Flags:
    """Which CIELAB colours [..., 3] are worn with anything."""
    lightness, chroma, hue = _lch(labs)
    grey = chroma < NEUTRAL_CHROMA
    dark = (lightness < DARK_LIGHTNESS) & (chroma < DARK_CHROMA)
    earth = (hue >= EARTH_HUES[0]) & (hue <= EARTH_HUES[1]) & (chroma < EARTH_CHROMA)
    return np.asarray(grey | dark | earth)


@dataclass(frozen=True, slots=True)
class _Tones:
    """[n, k] each."""

    lightness: Floats
    chroma: Floats
    hue: Floats
    neutral: Flags

    @classmethod
    def of(cls, palettes: Palettes) -> "_Tones":
        return cls(*_lch(palettes.labs), neutral(palettes.labs) | palettes.neutral[:, None])


def _pairs(one: _Tones, other: _Tones) -> tuple[Floats, Codes]:
    """[n, m, k, k]: what each pair of colours is worth and its rule."""
    l1, c1, h1 = one.lightness[_LEFT], one.chroma[_LEFT], one.hue[_LEFT]
    l2, c2, h2 = other.lightness[_RIGHT], other.chroma[_RIGHT], other.hue[_RIGHT]
    n1, n2 = one.neutral[_LEFT], other.neutral[_RIGHT]
    apart = np.abs((h1 - h2 + 180) % 360 - 180)
    gap = np.hypot(l1 - l2, c1 - c2)
    near = apart <= np.where(n1 & n2, NEAR_NEIGHBOURS, ONE_HUE)
    one_hue = near & (np.minimum(c1, c2) >= TONE_CHROMA) & (n1 == n2)
    rule = np.select(
        [
            one_hue & (gap <= SET_GAP),
            one_hue,
            n1 & n2,
            n1 | n2,
            apart <= NEIGHBOURS,
            apart >= NEARLY_OPPOSITE,
        ],
        [Rule.SET, Rule.TONAL, Rule.NEUTRALS, Rule.ACCENT, Rule.ANALOGOUS, Rule.COMPLEMENTARY],
        Rule.CONTRAST,
    )
    nearness = 1 - np.clip(np.abs(l1 - l2) / LIGHTNESS_GAP, 0, 1)
    worth = np.select(
        [rule == Rule.NEUTRALS, rule == Rule.ANALOGOUS, rule == Rule.COMPLEMENTARY],
        [
            WORTH[Rule.NEUTRALS] + ONE_LIGHTNESS * nearness,
            _fading(Rule.ANALOGOUS, apart, NEAR_NEIGHBOURS, NEIGHBOURS),
            _fading(Rule.COMPLEMENTARY, apart, OPPOSITE, NEARLY_OPPOSITE),
        ],
        _WORTH[rule],
    )
    return worth, rule


def _fading(rule: Rule, apart: Floats, full: float, edge: float) -> Floats:
    """The worth of a rule up to `full` degrees, going down to that of FADED at `edge`."""
    way = np.clip((apart - full) / (edge - full), 0, 1)
    return np.asarray(WORTH[rule] + way * (FADED[rule] - WORTH[rule]))


def _echo(prints: Palettes, plains: Palettes, tones: _Tones) -> Flags:
    """[n, m]: whether the naming colour of a plain garment is a further colour of a print."""
    first, further = prints.labs[:, :1], prints.labs[:, 1:]
    another = (prints.shares[:, 1:] > 0) & (ciede2000(first, further) > ANOTHER_FROM)
    near = ciede2000(plains.labs[None, :, :1], further[:, None]) <= ECHO_AT
    hued = ~tones.neutral[:, 0] & (plains.shares[:, 0] > 0)
    return np.asarray((near & another[:, None]).any(2) & hued[None])


def _lch(labs: Floats) -> tuple[Floats, Floats, Floats]:
    """Lightness, chroma and hue in degrees, 0..360."""
    lightness, a, b = np.moveaxis(np.asarray(labs, np.float64), -1, 0)
    return lightness, np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360
