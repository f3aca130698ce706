"""Distributions over styles: how a shop's products are counted, smoothed and compared.

Plain numbers by style, no database. All of a head's styles stand in every distribution.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

Shares = Mapping[str, float]
"""By style, 0..1; sums to 1."""
Counts = Mapping[str, float]
"""By style, how many products: a product that is .7 casual and .3 street counts in both."""

PRIOR = 20.0
"""Products that the mall's average stands for in each shop (a Dirichlet prior): a shop of three
dresses is still mostly the mall's average, one of 300 is itself."""
EVEN = 0.05
"""Shops that sell every style alike and stand in the average too: no style has a share of 0."""
LEAST_SHARE = 0.1
"""Under a tenth of its products, a style is not what one sees of a shop."""
TYPICAL = 1.1
"""From this lift on a shop sells clearly more of a style than the mall does."""


def average(shops: Iterable[Counts], styles: Sequence[str]) -> dict[str, float]:
    """The mean distribution of a mall's shops.

    A shop's voice grows with its products and stays under 1, by n / (n + PRIOR) (the credibility
    of Bühlmann, 1967): neither the largest shop nor the smallest ones are the mall.
    """
    sums = {style: EVEN / len(styles) for style in styles}
    voices = EVEN
    for counts in shops:
        total = _total(counts, styles)
        if not total:
            continue
        voice = total / (total + PRIOR)
        voices += voice
        for style in styles:
            sums[style] += voice * counts.get(style, 0.0) / total
    return {style: one / voices for style, one in sums.items()}


def smoothed(counts: Counts, mean: Shares) -> dict[str, float]:
    """A shop's shares, drawn towards the mall's average the more, the fewer its products are."""
    total = _total(counts, tuple(mean)) + PRIOR
    return {style: (counts.get(style, 0.0) + PRIOR * one) / total for style, one in mean.items()}


def lifts(shares: Shares, mean: Shares) -> dict[str, float]:
    """How many times the mall's average; 1 is as everywhere."""
    return {style: shares[style] / one for style, one in mean.items()}


def mood(shares: Shares, mean: Shares) -> str:
    """The style that sets a shop apart: the highest lift of those that one sees in it.

    The commonest style of a mall is so the mood of those shops only that have more of it.
    """
    seen = [style for style in mean if shares[style] >= LEAST_SHARE] or list(mean)
    return max(seen, key=lambda style: shares[style] / mean[style])


def is_of(style: str, shares: Shares, mean: Shares) -> bool:
    """Whether a shop is one of this style: it has clearly more of it than the mall.

    Of a rare style a little is enough: who looks for it finds it there or nowhere.
    """
    return shares[style] >= TYPICAL * mean[style]


def sets_apart(style: str, shares: Shares, mean: Shares) -> float:
    """How much a style sets a shop apart: its part of the Kullback-Leibler divergence from the
    mall's average, in nats. Much of a common style and a little of a rare one count alike."""
    return shares[style] * math.log(shares[style] / mean[style])


def belief(garments: Iterable[tuple[Shares, float]], mean: Shares) -> dict[str, float]:
    """A photo's distribution, of its garments' likeliest styles weighted by their areas.

    What a garment's few likeliest styles leave open is the mall's average; so is a photo of which
    nothing was said.
    """
    sums = dict.fromkeys(mean, 0.0)
    areas = 0.0
    for likely, area in garments:
        known = {style: one for style, one in likely.items() if style in mean}
        if not known or area <= 0:
            continue
        told = sum(known.values())
        scale, rest = (1 / told, 0.0) if told > 1 else (1.0, 1 - told)
        areas += area
        for style, one in mean.items():
            sums[style] += area * (scale * known.get(style, 0.0) + rest * one)
    if not areas:
        return dict(mean)
    return {style: one / areas for style, one in sums.items()}


def fit(photo: Shares, shares: Shares, mean: Shares) -> float:
    """How much better a shop explains a photo's styles than the mall's average does.

    The expected log-likelihood ratio, in nats: 0 is the average, above it the shop is nearer.
    """
    return sum(one * math.log(shares[style] / mean[style]) for style, one in photo.items())


def together(shares: Shares, styles: Iterable[str]) -> float:
    """The share of several styles, as of those of one parent."""
    return sum(shares[style] for style in styles)


def _total(counts: Counts, styles: Sequence[str]) -> float:
    return sum(counts.get(style, 0.0) for style in styles)
