"""What holds of a product where title, feed, people and the model say different things."""

from collections.abc import Iterable

from catalog.models import Product, Tag
from catalog.selectors import effective_tags
from catalog.words import category_of

# The model's words for a gender that a product's field has fewer of.
GENDERS = {"girls": "kids", "boys": "kids"}


def tags_that_hold(product: Product, tags: Iterable[Tag]) -> dict[str, Tag]:
    """By kind, the tag that counts. A guess of a category that the model itself calls unsure gives
    way to the word in the title."""
    counted = effective_tags(tags)
    guess = counted.get("category")
    named = named_category(product)
    if guess is None or named is None or guess.source != Tag.Source.MODEL or not guess.unsure:
        return counted
    return counted | {"category": Tag(kind="category", value=named, source=Tag.Source.FEED)}


def named_category(product: Product) -> str | None:
    """The category that the product's own texts name."""
    return category_of(product.title, product.feed_category)


def gender_that_holds(product: Product, tag: Tag | None) -> str:
    """A person's word, else the product's own field, else the model's if it is sure."""
    if tag is not None and tag.source == Tag.Source.PERSON:
        return GENDERS.get(tag.value, tag.value)
    if product.gender:
        return product.gender
    return GENDERS.get(tag.value, tag.value) if tag is not None and not tag.unsure else ""
