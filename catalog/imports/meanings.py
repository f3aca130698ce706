"""What the words of a cell mean: a gender, whether there is one to sell, a category's path."""

from functools import lru_cache

# A catalogue says the same again and again.
MOST = 4096
GENDERS = {
    "women": ("women", "woman", "female", "ladies", "f", "w", "여성", "여", "여자", "우먼"),
    "men": ("men", "man", "male", "m", "남성", "남", "남자", "맨"),
    "unisex": ("unisex", "all", "both", "공용", "남녀공용", "유니섹스"),
    "kids": ("kids", "kid", "children", "girls", "boys", "baby", "아동", "키즈", "유아", "어린이"),
}
STOCK = {
    True: ("1", "true", "yes", "y", "o", "in stock", "in_stock", "instock", "available", "preorder",
           "backorder", "판매중", "있음", "재고있음", "정상"),
    False: ("0", "false", "no", "n", "x", "out of stock", "out_of_stock", "outofstock", "sold out",
            "soldout", "discontinued", "품절", "일시품절", "없음", "재고없음", "판매중지"),
}  # fmt: skip

_GENDER = {word: gender for gender, words in GENDERS.items() for word in words}
_STOCK = {word: state for state, words in STOCK.items() for word in words}


def gender_of(text: str) -> str | None:
    """women, men, unisex or kids; None for a word that is none of them."""
    return _GENDER.get(text.strip().lower())


@lru_cache(maxsize=MOST)
def in_stock(text: str) -> bool | None:
    """Whether a cell says that there is something to sell; None if it says neither."""
    plain = text.strip().lower()
    if plain in _STOCK:
        return _STOCK[plain]
    number = plain.replace(",", "")
    return int(number) > 0 if number.lstrip("-").isdecimal() else None


@lru_cache(maxsize=MOST)
def repeated_step(path: str) -> str:
    """The step of a category's path that stands in it twice: a parent that is its own child."""
    steps = [step.strip() for step in path.split(">")]
    seen: set[str] = set()
    for step in steps:
        if step and step.casefold() in seen:
            return step
        seen.add(step.casefold())
    return ""
