"""Attributes that a product's text names: sleeve, neckline, length, fit, closure, material.

A text may name several values of one attribute; all of them are then allowed.
"""

from __future__ import annotations

import re

from vision.taxonomy import taxonomy

Ids = frozenset[str]
NOTHING: Ids = frozenset()

SLEEVE = {
    "sleeveless": r"sleeveless|shoulder straps|spaghetti|bandeau|racer|vest top|strapless",
    "short": r"short(?:,? [\w-]+){0,2} sleeves?|short-sleeved|(?:cap|half|butterfly) sleeve",
    "three-quarter": r"(?:3/4|three-quarter|elbow)[\w -]{0,12}sleeve|3/4-length sleeve",
    "long": r"long(?:,? [\w-]+){0,3} sleeves?|long-sleeved|full sleeve",
}
NECKLINE = {
    "crew": r"round[- ]neck|round(?:ed)?,?(?: [\w-]+)? neckline|crew[- ]?neck|around the neckline",
    "v": r"v-neck|v-shaped neck|v neck|low-cut neckline",
    "collar": r"(?<!stand-up )collar|lapels",
    "turtleneck": r"polo[- ]neck|roll[- ]?neck|turtle|mock neck|funnel|high neck",
    "boat": r"boat[- ]?neck|wide neckline",
    "square": r"square[- ]neck|square,? (?:[\w-]+ )?neckline",
    "off-shoulder": r"off-the-shoulder|off-shoulder|bardot|bare shoulders",
    "hood": r"\bhood\b|hooded|hoodie",
    "halter": r"halter",
}
LENGTH_TOP = {
    "cropped": r"cropped|short (?:top|t-shirt|jacket|jumper|cardigan|sweatshirt|vest|shirt|blouse)",
    "long": r"\blonger\b|\blong (?:top|shirt|cardigan|jumper|blouse|t-shirt)|tunic|extra-long",
}
LENGTH_SKIRT = {
    "mini": r"\bshort[\w ,-]{0,24}(?:dress|skirt)|mini",
    "midi": r"calf-length|knee-length|midi|\bknee",
    "maxi": r"maxi|ankle-length|floor|\blong[\w ,-]{0,16}(?:dress|skirt)",
}
LENGTH_LEG = {
    "cropped": r"cropped|3/4-length|calf-length|capri",
    "regular": r"ankle-length|full-length",
    "long": r"long legs|extra-long",
}
TOPS = frozenset(taxonomy().ids("category")[:9]) | {"jacket", "blazer"}
FIT_TOP = {
    "slim": r"slim[- ]fit|\bfitted|close-fitting|tight-fitting|figure-hugging|muscle fit",
    "regular": r"regular[- ]fit",
    "loose": r"loose|relaxed|oversized|boxy|wide-cut|generous|voluminous",
}
FIT_LEG = {
    "slim": r"slim[- ](?:fit|leg)|slim legs|tapered",
    "regular": r"regular[- ]fit",
    "loose": r"loose|relaxed|joggers|baggy",
    "skinny": r"skinny|treggings|leggings",
    "straight": r"straight[- ]leg|straight legs|straight-cut",
    "wide": r"wide[- ]leg|wide(?:,? [\w-]+)? legs|culottes|palazzo",
    "flared": r"flared|bootcut|bell-bottom|a-line|kick",
}
FIT_SKIRT = FIT_TOP | {
    "flared": r"flared|a-line|circle",
    "straight": r"straight (?:cut|skirt|dress)",
}
CLOSURE = {
    "buttons": r"buttons?\b|buttoned|press-studs? down|double-breasted|single-breasted",
    "zip": r"\bzip\b|zipped|zip-through",
    "wrap": r"wrapover|wrap(?:ped)? (?:dress|top|skirt|blouse)",
}
NOT_CLOSURE = (
    r"buttoned cuffs|cuffs? with (?:an? )?(?:covered |concealed )?buttons?|button-down collar"
    r"|buttons? at the (?:back|cuffs?|neck|side)[^.]*|(?:concealed )?zip at the (?:back|side)[^.]*"
    r"|zip(?:ped)? (?:chest |side |front )?pockets?|pockets? with (?:an? )?(?:zip|button)s?"
)
# fabrics that are seen come first; the fibres only count where no fabric is named
MATERIALS = (
    (
        *("denim", "leather", "lace", "fur", "satin", "chiffon", "mesh", "fleece", "corduroy"),
        *("suede", "velvet", "linen", "canvas", "knit"),
    ),
    ("jersey", "wool", "cashmere"),
    ("cotton", "viscose", "polyester"),
)
MATERIAL_WORDS = {"knit": r"knit(?:ted)?\b|\w+-knit\b", "fleece": r"fleece|\bpile\b"}
NOT_MATERIAL = (
    r"[\w-]*lined\b[^.]*|lining[^.]*|lace[- ]trim\w*|[\w ]+ trims?\b|lace-up|leather patch"
)


def named(words: dict[str, str], text: str) -> Ids:
    """The values whose pattern the text matches."""
    return frozenset(value for value, pattern in words.items() if re.search(pattern, text))


def length(text: str, category: str) -> Ids:
    if category in ("skirt", "dress"):
        return named(LENGTH_SKIRT, text)
    if category in ("trousers", "jeans", "leggings"):
        return named(LENGTH_LEG, text)
    found = named(LENGTH_TOP, text)
    return found or (frozenset({"regular"}) if category in TOPS else NOTHING)


def fit(text: str, category: str) -> Ids:
    if category in ("trousers", "jeans", "leggings", "shorts"):
        return named(FIT_LEG, text)
    return named(FIT_SKIRT if category in ("dress", "skirt", "jumpsuit") else FIT_TOP, text)


def closure(text: str, category: str) -> Ids:
    found = named(CLOSURE, re.sub(NOT_CLOSURE, "", text))
    pulled = ("t-shirt", "tank-top", "sweater", "sweatshirt", "hoodie")
    return found or (frozenset({"pullover"}) if category in pulled else NOTHING)


def material(text: str) -> Ids:
    text = re.sub(NOT_MATERIAL, "", text)
    for tier in MATERIALS:
        found = named({m: MATERIAL_WORDS.get(m, rf"\b{m}\b") for m in tier}, text)
        if found:
            return found
    return NOTHING
