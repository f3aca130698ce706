"""Which designs each category comes in: cuts, cloths, patterns and attributes that go together."""

from __future__ import annotations

from dataclasses import dataclass

Options = tuple[str | None, ...]

PLAIN: Options = ("solid", "solid", "solid", "melange")
SUMMER: Options = ("solid", "floral", "dot", "print", "stripe-vertical", "check", "animal")
STRIPES: Options = ("stripe-wide", "stripe-fine", "stripe-vertical")
ANY_FIT: Options = ("regular", "regular", "slim", "loose")
SLEEVES: Options = ("short", "long", "three-quarter", "sleeveless")


@dataclass(frozen=True)
class Design:
    """One family of designs; every combination of its options is plausible."""

    patterns: Options
    materials: Options
    cuts: Options = (None,)
    sleeves: Options = (None,)
    necklines: Options = (None,)
    lengths: Options = ("regular",)
    fits: Options = ANY_FIT
    closures: Options = (None,)
    dyes: str = "all"
    weight: float = 1.0


_SLEEVED: Options = ("long",)
_PULL: Options = ("pullover",)
_BUTTON: Options = ("buttons",)
_ZIP: Options = ("zip",)
_SKIRTS: Options = ("mini", "midi", "maxi")
_LEGS: Options = ("regular", "regular", "cropped")
_NONE: Options = (None,)

DESIGNS: dict[str, tuple[Design, ...]] = {
    "t-shirt": (
        Design(
            (
                "solid",
                "solid",
                "graphic",
                "graphic",
                "melange",
                *STRIPES[:2],
                "print",
                "color-block",
            ),
            ("jersey", "cotton"),
            (None, None, "ringer", "raglan"),
            ("short", "short", "short", "long"),
            ("crew", "crew", "crew", "v", "boat"),
            ("regular", "regular", "cropped", "long"),
            closures=_PULL,
        ),
    ),
    "polo": (
        Design(
            ("solid", "solid", *STRIPES[:2], "color-block", "melange"),
            ("cotton", "jersey"),
            sleeves=("short", "short", "long"),
            necklines=("collar",),
            closures=_BUTTON,
        ),
    ),
    "shirt": (
        Design(
            ("solid", "solid", "check", "check", "stripe-vertical", "stripe-fine", "denim"),
            ("cotton", "linen"),
            (None, None, "overshirt"),
            ("long", "long", "short"),
            ("collar",),
            closures=_BUTTON,
        ),
        Design(
            ("print", "floral", "solid", "stripe-vertical", "animal"),
            ("cotton", "satin", "linen"),
            ("camp",),
            ("short",),
            ("collar",),
            fits=("regular", "loose"),
            closures=_BUTTON,
            weight=0.4,
        ),
        Design(
            ("solid", "stripe-vertical"),
            ("linen", "cotton"),
            ("band-collar",),
            ("long",),
            closures=_BUTTON,
            weight=0.3,
        ),
    ),
    "blouse": (
        Design(
            (*SUMMER, "lace", "jacquard"),
            ("satin", "chiffon", "cotton", "silk"),
            (None,),
            ("long", "long", "short", "three-quarter", "sleeveless"),
            ("crew", "v", "collar", "square", "boat"),
            ("regular", "cropped"),
            closures=(None, "buttons"),
        ),
    ),
    "tank-top": (
        Design(
            (
                "solid",
                "solid",
                "dot",
                "print",
                "melange",
                "stripe-fine",
                "floral",
                "lace",
                "graphic",
            ),
            ("jersey", "cotton", "satin", "knit"),
            sleeves=("sleeveless",),
            necklines=("crew", "v", "square", "halter"),
            lengths=("regular", "cropped"),
            closures=_PULL,
        ),
    ),
    "sweater": (
        Design(
            (
                "solid",
                "solid",
                "solid",
                *STRIPES[:2],
                "melange",
                "color-block",
                "jacquard",
                "check",
            ),
            ("knit", "wool"),
            (None, None, "cable"),
            ("long", "long", "long", "short", "sleeveless"),
            ("crew", "crew", "v", "turtleneck", "boat", "collar"),
            ("regular", "regular", "cropped"),
            closures=_PULL,
        ),
    ),
    "cardigan": (
        Design(
            ("solid", "solid", "melange", "stripe-fine", "check", "jacquard"),
            ("knit", "wool"),
            (None, None, "cable"),
            _SLEEVED,
            ("v", "v", "crew"),
            ("regular", "cropped", "long"),
            closures=_BUTTON,
        ),
    ),
    "sweatshirt": (
        Design(
            ("solid", "solid", "graphic", "melange", "color-block", "stripe-wide"),
            ("fleece", "jersey"),
            (None, None, "raglan"),
            _SLEEVED,
            ("crew",),
            ("regular", "cropped"),
            ("regular", "loose"),
            _PULL,
        ),
    ),
    "hoodie": (
        Design(
            ("solid", "solid", "melange", "graphic", "color-block"),
            ("fleece", "jersey"),
            (None,),
            _SLEEVED,
            ("hood",),
            ("regular", "cropped"),
            ("regular", "loose"),
            ("pullover", "zip"),
        ),
    ),
    "jacket": (
        Design(
            ("solid", "solid", "color-block", "animal", "print"),
            ("nylon", "satin"),
            ("bomber", "varsity"),
            _SLEEVED,
            closures=("zip", "buttons"),
        ),
        Design(
            ("denim",),
            ("denim",),
            ("trucker",),
            _SLEEVED,
            ("collar",),
            closures=_BUTTON,
            dyes="denim",
        ),
        Design(
            ("solid",),
            ("leather",),
            ("biker", "biker", "bomber"),
            _SLEEVED,
            closures=_ZIP,
            dyes="leather",
        ),
        Design(
            ("solid", "solid", "color-block"),
            ("nylon",),
            ("puffer", "windbreaker"),
            _SLEEVED,
            closures=_ZIP,
        ),
        Design(
            ("solid", "check", "stripe-vertical"),
            ("cotton", "corduroy", "linen", "wool"),
            ("field", "chore", "trucker"),
            _SLEEVED,
            ("collar",),
            closures=_BUTTON,
        ),
    ),
    "coat": (
        Design(
            ("solid", "solid", "check", "melange"),
            ("wool",),
            ("wool", "wool", "duffle", "robe"),
            _SLEEVED,
            lengths=("long", "regular"),
            closures=_BUTTON,
            dyes="calm",
            weight=1.6,
        ),
        Design(
            ("solid", "solid", "check"),
            ("cotton",),
            ("trench", "mac"),
            _SLEEVED,
            ("collar",),
            ("long", "regular"),
            closures=_BUTTON,
            dyes="calm",
        ),
        Design(
            ("solid",),
            ("nylon",),
            ("puffer",),
            _SLEEVED,
            lengths=("long", "regular"),
            closures=_ZIP,
        ),
        Design(
            ("solid", "animal"),
            ("fur",),
            ("robe",),
            _SLEEVED,
            lengths=("regular",),
            dyes="calm",
            weight=0.3,
        ),
    ),
    "blazer": (
        Design(
            ("solid", "solid", "check", "stripe-vertical"),
            ("wool", "linen", "cotton"),
            (None, None, "double-breasted"),
            _SLEEVED,
            ("collar",),
            closures=_BUTTON,
            dyes="calm",
        ),
    ),
    "vest": (
        Design(
            ("solid", "check", "stripe-fine", "jacquard", "melange"),
            ("knit",),
            ("knit",),
            ("sleeveless",),
            ("v", "v", "crew"),
            closures=_PULL,
        ),
        Design(("solid",), ("nylon",), ("puffer",), ("sleeveless",), closures=_ZIP),
        Design(
            ("solid", "stripe-vertical", "check"),
            ("wool", "linen"),
            ("tailored",),
            ("sleeveless",),
            ("v",),
            closures=_BUTTON,
            dyes="calm",
        ),
    ),
    "dress": (
        Design(
            (*SUMMER, "lace", "solid"),
            ("cotton", "chiffon", "linen", "satin"),
            (None, None, "pleated", "tiered"),
            SLEEVES,
            ("crew", "v", "square", "collar", "boat"),
            _SKIRTS,
            ("regular",),
            (None, None, "buttons"),
            weight=2,
        ),
        Design(
            ("solid", "solid", "floral", "animal"),
            ("satin", "silk"),
            ("slip",),
            ("sleeveless",),
            ("v",),
            ("midi", "maxi"),
            ("slim",),
        ),
        Design(
            ("solid", "stripe-fine", "melange"),
            ("knit", "jersey"),
            (None,),
            ("long", "short", "sleeveless"),
            ("crew", "turtleneck", "v"),
            ("mini", "midi"),
            ("slim",),
            _PULL,
        ),
        Design(
            ("solid", "floral", "dot"),
            ("cotton", "chiffon"),
            (None,),
            ("short",),
            ("off-shoulder",),
            ("mini", "midi"),
            ("regular",),
            weight=0.5,
        ),
        Design(
            ("floral", "solid", "dot", "print"),
            ("chiffon", "satin"),
            (None,),
            ("short", "three-quarter", "long"),
            ("v",),
            ("midi",),
            ("regular",),
            ("wrap",),
        ),
    ),
    "jumpsuit": (
        Design(
            ("solid", "solid", "stripe-vertical", "print"),
            ("linen", "cotton", "satin"),
            (None,),
            ("short", "sleeveless", "long"),
            ("v", "crew", "collar", "square"),
            _NONE,
            ("straight", "wide"),
            (None, "buttons"),
        ),
        Design(
            ("denim",),
            ("denim",),
            ("dungarees",),
            ("sleeveless",),
            _NONE,
            _NONE,
            ("straight", "wide"),
            dyes="denim",
        ),
        Design(
            ("solid",),
            ("cotton", "corduroy"),
            ("dungarees",),
            ("sleeveless",),
            _NONE,
            _NONE,
            ("straight", "wide"),
        ),
    ),
    "skirt": (
        Design(
            (*SUMMER, "solid", "solid"),
            ("cotton", "chiffon", "linen"),
            ("a-line", "gathered"),
            lengths=_SKIRTS,
            fits=_NONE,
        ),
        Design(
            ("solid", "check", "check"),
            ("wool", "cotton"),
            ("pleated", "pencil"),
            lengths=("mini", "midi"),
            fits=_NONE,
        ),
        Design(
            ("solid", "solid", "animal", "floral"),
            ("satin",),
            ("slip",),
            lengths=("midi", "maxi"),
            fits=_NONE,
        ),
        Design(
            ("denim",), ("denim",), ("a-line", "pencil"), lengths=_SKIRTS, fits=_NONE, dyes="denim"
        ),
        Design(
            ("solid",),
            ("leather",),
            ("a-line", "pencil"),
            lengths=("mini", "midi"),
            fits=_NONE,
            dyes="leather",
            weight=0.5,
        ),
    ),
    "jeans": (
        Design(
            ("denim",),
            ("denim",),
            lengths=_LEGS,
            fits=("straight", "straight", "skinny", "wide", "flared", "loose", "slim"),
            dyes="denim",
        ),
    ),
    "trousers": (
        Design(
            ("solid", "solid", "solid", "check", "stripe-vertical"),
            ("wool", "cotton", "linen"),
            ("pleated", None),
            lengths=_LEGS,
            fits=("straight", "wide", "slim", "regular"),
            dyes="calm",
            weight=2,
        ),
        Design(("solid", "melange"), ("fleece",), ("jogger", "track"), fits=("regular", "loose")),
        Design(
            ("solid",), ("cotton", "canvas"), ("cargo",), fits=("loose", "straight"), dyes="calm"
        ),
        Design(
            ("floral", "print", "solid", "animal"),
            ("satin", "chiffon"),
            ("track",),
            fits=("wide",),
            weight=0.4,
        ),
        Design(
            ("solid",), ("corduroy",), (None,), fits=("straight", "wide"), dyes="calm", weight=0.5
        ),
    ),
    "leggings": (
        Design(
            ("solid", "solid", "solid", "melange", "print", "animal", "color-block"),
            ("jersey",),
            lengths=("regular", "cropped"),
            fits=("skinny",),
        ),
    ),
    "shorts": (
        Design(
            ("denim",),
            ("denim",),
            lengths=("mini", "regular"),
            fits=("regular", "loose", "slim"),
            dyes="denim",
        ),
        Design(
            ("solid", "solid", "check", "stripe-vertical"),
            ("cotton", "linen"),
            lengths=("mini", "regular", "long"),
            fits=("regular", "slim", "loose"),
        ),
        Design(
            ("solid", "melange", "print", "floral"),
            ("fleece", "nylon", "cotton"),
            ("drawstring",),
            lengths=("mini", "regular"),
            fits=("regular", "loose"),
        ),
    ),
    "sneakers": (
        Design(("solid",), ("leather",), ("court",), fits=_NONE, lengths=_NONE),
        Design(("solid",), ("suede", "canvas"), ("runner",), fits=_NONE, lengths=_NONE),
        Design(("solid", "solid", "check"), ("canvas",), ("high-top",), fits=_NONE, lengths=_NONE),
    ),
    "boots": (
        Design(
            ("solid",),
            ("leather", "suede"),
            ("chelsea", "lace-up", "tall"),
            fits=_NONE,
            lengths=_NONE,
            dyes="leather",
        ),
    ),
    "heels": (
        Design(
            ("solid", "solid", "solid", "animal"),
            ("leather", "suede", "satin"),
            (None, "block", "strap"),
            fits=_NONE,
            lengths=_NONE,
        ),
    ),
    "flats": (
        Design(
            ("solid",),
            ("leather", "suede"),
            ("ballet", "loafer"),
            fits=_NONE,
            lengths=_NONE,
            dyes="leather",
        ),
    ),
    "sandals": (
        Design(
            ("solid",),
            ("leather", "suede"),
            ("slide", "strappy", "footbed"),
            fits=_NONE,
            lengths=_NONE,
            dyes="leather",
        ),
    ),
    "bag": (
        Design(
            ("solid", "graphic", "stripe-wide", "check", "floral"),
            ("canvas",),
            ("tote",),
            fits=_NONE,
            lengths=_NONE,
        ),
        Design(
            ("solid",),
            ("leather", "suede"),
            ("shoulder", "bucket", "tote"),
            fits=_NONE,
            lengths=_NONE,
            dyes="leather",
        ),
        Design(
            ("solid", "solid", "check"),
            ("nylon", "canvas"),
            ("backpack",),
            fits=_NONE,
            lengths=_NONE,
        ),
    ),
    "hat": (
        Design(
            ("solid", "solid", "check", "color-block", "denim", "graphic"),
            ("cotton",),
            ("cap", "bucket"),
            fits=_NONE,
            lengths=_NONE,
        ),
        Design(
            ("solid", "melange", "stripe-fine"), ("knit",), ("beanie",), fits=_NONE, lengths=_NONE
        ),
        Design(
            ("solid",),
            ("straw", "wool"),
            ("brim",),
            fits=_NONE,
            lengths=_NONE,
            dyes="calm",
            weight=0.6,
        ),
    ),
    "scarf": (
        Design(
            ("solid", "check", "check", "melange", "stripe-fine", "print"),
            ("wool", "knit"),
            fits=_NONE,
            lengths=_NONE,
        ),
    ),
    "socks": (
        Design(
            ("solid", "stripe-wide", "stripe-fine", "dot", "check"),
            ("knit",),
            fits=_NONE,
            lengths=("regular", "cropped", "long"),
        ),
    ),
    "belt": (Design(("solid",), ("leather", "suede"), fits=_NONE, lengths=_NONE, dyes="leather"),),
}
"""By category id; the makers of `garments` read the cut names."""

COMMON = ("t-shirt", "shirt", "dress", "jacket", "coat", "sweater", "trousers", "skirt")
"""Categories drawn twice as often by `random_spec`, for the breadth of their designs."""
