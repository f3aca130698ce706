"""Why a shop was found, as one sentence in the shopper's language."""

from recommender.explain import copula
from recommender.mood import distribution
from recommender.mood.discovery import ShopFound
from recommender.mood.styles import parent_of, siblings, styles

_SAID = {
    (
        "style",
        "en",
    ): "{share}% of its products are of the style {style}, {times} the mall’s average.",
    ("style", "ko"): "상품의 {share}%가 {style} 스타일이에요. 몰 평균의 {times}예요.",
    (
        "parent",
        "en",
    ): "Of a kindred style: {share}% of its products are {parent}, {times} the mall’s average.",
    (
        "parent",
        "ko",
    ): "가까운 계열이에요. 상품의 {share}%가 {parent} 계열이고, 몰 평균의 {times}예요.",
    ("nearest", "en"): "The nearest of the mall’s shops; its own mood is {mood}.",
    ("nearest", "ko"): "이 몰에서 가장 가까운 쇼핑몰이에요. 분위기는 {mood}{be}.",
}


def why_shop(found: ShopFound, style: str, lang: str) -> str:
    """`style` is the photo's."""
    mood, head = found.mood, found.mood.row.head
    wanted = siblings(head, style) if found.by == "parent" else (style,)
    share = distribution.together(mood.shares, wanted)
    times = share / distribution.together(mood.average, wanted)
    own = styles(head)[mood.style].label(lang)
    return _SAID[found.by, lang].format(
        share=round(100 * share),
        style=styles(head)[style].label(lang),
        parent=parent_of(head, style).label(lang),
        times=f"{times:.1f}배" if lang == "ko" else f"{times:.1f} times",
        mood=own,
        be=copula(own),
    )
