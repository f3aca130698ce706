from typing import Literal

MaterialEnum = Literal[
    "canvas",
    "cashmere",
    "chiffon",
    "corduroy",
    "cotton",
    "denim",
    "fleece",
    "fur",
    "jersey",
    "knit",
    "lace",
    "leather",
    "linen",
    "mesh",
    "polyester",
    "satin",
    "suede",
    "velvet",
    "viscose",
    "wool",
]

MATERIAL_ENUM_VALUES: set[MaterialEnum] = {
    "canvas",
    "cashmere",
    "chiffon",
    "corduroy",
    "cotton",
    "denim",
    "fleece",
    "fur",
    "jersey",
    "knit",
    "lace",
    "leather",
    "linen",
    "mesh",
    "polyester",
    "satin",
    "suede",
    "velvet",
    "viscose",
    "wool",
}


def check_material_enum(value: str) -> MaterialEnum:
    if value in MATERIAL_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MATERIAL_ENUM_VALUES!r}")
