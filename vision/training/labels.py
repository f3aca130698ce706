"""What each photo of the sets teaches: for every head, the taxonomy ids its label allows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vision.taxonomy import taxonomy
from vision.training import shades, wording
from vision.training.categories import categories
from vision.training.sets import Row

Ids = frozenset[str]
Labels = Mapping[str, Ids]

HEADS = (
    *("category", "pattern", "style", "color", "gender", "season"),
    *("sleeve", "neckline", "length", "fit", "closure", "material"),
    "kfashion-style",
)
STRIPES = "stripe-wide stripe-fine stripe-vertical"
ALL_OVER = "print floral animal dot"

HM_PATTERN = {
    "Solid": "solid",
    "All over pattern": ALL_OVER,
    "Other pattern": ALL_OVER,
    "Denim": "denim",
    "Chambray": "denim",
    "Melange": "melange",
    "Slub": "melange solid",
    "Neps": "melange solid",
    "Stripe": STRIPES,
    "Check": "check",
    "Placement print": "graphic",
    "Front print": "graphic",
    "Lace": "lace",
    "Embroidery": "embroidery",
    "Colour blocking": "color-block",
    "Contrast": "color-block solid",
    "Dot": "dot",
    "Jacquard": "jacquard",
    "Other structure": "solid jacquard",
    "Mesh": "solid lace",
    "Transparent": "solid lace",
}
MYNTRA_PATTERN = {
    "solid": r"\bsolid\b|\bplain\b",
    "check": r"\bcheck(?:s|ed|ered)?\b|\bplaid\b|\btartan\b",
    STRIPES: r"\bstrip(?:e|es|ed)\b",
    "floral": r"\bfloral\b|\bflower",
    "dot": r"\bpolka\b|\bdotted\b",
    "animal": r"\bleopard\b|\bzebra\b|\banimal print",
    "graphic": r"\bgraphic\b",
    "denim": r"\bdenim\b|\bjeans\b",
    "embroidery": r"\bembroider",
    "lace": r"\blace\b(?!-)",
    f"{ALL_OVER} graphic": r"\bprint(?:ed)?\b",
}
HM_ANIMAL = r"leopard|zebra|snake|animal|tiger"
MYNTRA_STYLE = {
    "Casual": "casual",
    "Sports": "sports",
    "Formal": "formal",
    "Ethnic": "ethnic",
    "Party": "party",
    "Smart Casual": "casual formal",
}
HM_STYLE = {
    "Womens Nightwear, Socks & Tigh": "lounge",
    "Men Suits & Tailoring": "formal",
    "Contemporary Street": "street",
}
GENDER = {"Men": "men", "Women": "women", "Unisex": "unisex", "Boys": "boys", "Girls": "girls"}
SEASON = {"Summer": "summer", "Fall": "autumn", "Winter": "winter", "Spring": "spring"}
# what a kind always has when its text does not say
SLEEVE_OF = {"blazer": "long", "coat": "long", "hoodie": "long", "tank-top": "sleeveless"}
NECKLINE_OF = {"polo": "collar", "shirt": "collar", "blazer": "collar", "hoodie": "hood"}
PHONE_SLEEVE = {
    "T-Shirt": "short",
    "Longsleeve": "long",
    "Undershirt": "sleeveless",
    "Hoodie": "long",
    "Blazer": "long",
}


def labels(name: str, row: Row) -> Labels:
    """The allowed ids by head of a row of set `name`; a head that is absent or empty is not
    taught. Ids that a head cannot have for any of the row's categories are dropped."""
    kinds = categories(name, row)
    found = {"category": kinds} | {"phone": _phone, "hm": _hm, "myntra": _myntra}[name](row, kinds)
    out = {}
    for head, ids in found.items():
        fitting = {v for kind in kinds for v in taxonomy().allowed(head, kind)}
        free = head in ("category", "pattern", "style", "color") or not kinds
        kept = ids if free else ids & fitting
        if kept:
            out[head] = kept
    return out


def _ids(words: str) -> Ids:
    return frozenset(words.split())


def _only(kinds: Ids) -> str:
    return next(iter(kinds)) if len(kinds) == 1 else ""


def _phone(row: Row, kinds: Ids) -> dict[str, Ids]:
    child = row["kids"] == "True"
    found = {
        "gender": _ids("girls boys" if child else "women men unisex"),
        "sleeve": _ids(PHONE_SLEEVE.get(row["label"], "")),
        "neckline": _ids(NECKLINE_OF.get(_only(kinds), "")),
    }
    if row["label"] in ("Dress", "Skirt") and not child:
        found["gender"] = _ids("women")
    return found


def _described(text: str, kinds: Ids) -> dict[str, Ids]:
    kind = _only(kinds)
    return {
        "sleeve": wording.named(wording.SLEEVE, text) or _ids(SLEEVE_OF.get(kind, "")),
        "neckline": wording.named(wording.NECKLINE, text) or _ids(NECKLINE_OF.get(kind, "")),
        "length": wording.length(text, kind),
        "fit": wording.fit(text, kind),
        "closure": wording.closure(text, kind),
        "material": wording.material(text),
    }


def _hm(row: Row, kinds: Ids) -> dict[str, Ids]:
    text, section = row["detail_desc"].lower(), row["section_name"]
    pattern = _ids(HM_PATTERN.get(row["graphical_appearance_name"], ""))
    words = f"{text} {row['prod_name'].lower()}"
    if pattern == _ids(ALL_OVER) and re.search(HM_ANIMAL, words):
        pattern = _ids("animal")
    if pattern == _ids(ALL_OVER) and re.search(r"floral|flower", words):
        pattern = _ids("floral")
    if pattern == _ids(ALL_OVER) and re.search(r"polka|\bdot(?:s|ted)?\b|\bspot(?:s|ted)\b", words):
        pattern = _ids("dot")
    group = row["index_group_name"]
    gender = {"Ladieswear": "women", "Divided": "women", "Menswear": "men"}.get(group, "")
    if group == "Sport":
        gender = "women" if "Ladies" in section else "men" if "Men" in section else ""
    if group == "Baby/Children":
        gender = "boys" if "Boy" in section else "girls" if "Girl" in section else "girls boys"
    style = "sports" if group == "Sport" else HM_STYLE.get(section, "")
    if section == "Womens Tailoring" and kinds & _ids("blazer trousers shirt vest"):
        style = "formal"
    if kinds == _ids("sleepwear"):
        style = "lounge"
    found = {
        "pattern": pattern,
        "gender": _ids(gender),
        "style": _ids(style),
        "color": shades.hm(row, kinds),
    }
    return (_described(text, kinds) if text else {}) | found


def _myntra(row: Row, kinds: Ids) -> dict[str, Ids]:
    name = row["productDisplayName"].lower()
    style = MYNTRA_STYLE.get(row["usage"], "")
    if row["subCategory"] == "Loungewear and Nightwear":
        style = "lounge"
    found = {
        "gender": _ids(GENDER.get(row["gender"], "")),
        "season": _ids(SEASON.get(row["season"], "")),
        "style": _ids(style),
        "color": shades.myntra(row),
        "sleeve": wording.named(wording.SLEEVE, name),
        "neckline": wording.named(wording.NECKLINE, name)
        or _ids(NECKLINE_OF.get(_only(kinds), "")),
        "material": wording.material(name.replace("jersey", "")),
    }
    if kinds == _ids("jeans"):
        found["material"] = _ids("denim")
    if row["resolution"] != "60x80":  # too small for its pattern to be seen
        found["pattern"] = _myntra_pattern(name, kinds)
    return found


def _myntra_pattern(name: str, kinds: Ids) -> Ids:
    if kinds == _ids("jeans"):
        return _ids("denim")
    for ids, pattern in MYNTRA_PATTERN.items():
        if re.search(pattern, name):
            return _ids(ids)
    return frozenset()
