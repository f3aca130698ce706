from typing import Literal

KfashionStyleEnum = Literal[
    "avant-garde",
    "classic",
    "country",
    "feminine",
    "genderless",
    "hip-hop",
    "hippie",
    "kitsch",
    "mannish",
    "military",
    "modern",
    "oriental",
    "preppy",
    "punk",
    "resort",
    "retro",
    "romantic",
    "sexy",
    "sophisticated",
    "sporty",
    "street",
    "tomboy",
    "western",
]

KFASHION_STYLE_ENUM_VALUES: set[KfashionStyleEnum] = {
    "avant-garde",
    "classic",
    "country",
    "feminine",
    "genderless",
    "hip-hop",
    "hippie",
    "kitsch",
    "mannish",
    "military",
    "modern",
    "oriental",
    "preppy",
    "punk",
    "resort",
    "retro",
    "romantic",
    "sexy",
    "sophisticated",
    "sporty",
    "street",
    "tomboy",
    "western",
}


def check_kfashion_style_enum(value: str) -> KfashionStyleEnum:
    if value in KFASHION_STYLE_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KFASHION_STYLE_ENUM_VALUES!r}")
