"""Which garment of a photo the product is."""

from catalog.agreement import Seen, products_garments


def seen(pk: int, region: str, category: str, area: float = 0.3, photo: int = 1) -> Seen:
    return Seen(pk, photo, region, category, area)


TEE = seen(1, "upper", "t-shirt", 0.4)
TROUSERS = seen(2, "lower", "trousers", 0.3)
SHOES = seen(3, "footwear", "sneakers", 0.05)


def test_alone_the_largest_garment_counts() -> None:
    assert products_garments([TROUSERS, TEE, SHOES]) == {1}


def test_the_title_stands_above_size() -> None:
    assert products_garments([TEE, TROUSERS, SHOES], category="sneakers") == {3}
    assert products_garments([TEE, TROUSERS], category="jeans") == {2}


def test_a_category_that_no_garment_fits_leaves_the_largest() -> None:
    assert products_garments([TEE, TROUSERS], category="hat") == {1}


def test_a_person_stands_above_the_title() -> None:
    assert products_garments([TEE, TROUSERS], category="t-shirt", region="lower") == {2}


def test_photos_agree_on_what_most_of_them_show() -> None:
    others = [
        seen(4, "lower", "trousers", 0.5, photo=2),
        seen(5, "lower", "trousers", 0.5, photo=3),
    ]
    assert products_garments([TEE, TROUSERS, *others]) == {2, 4, 5}


def test_photos_without_a_garment_do_not_vote() -> None:
    others = [seen(4, "photo", "bag", 1.0, photo=2), seen(5, "photo", "bag", 1.0, photo=3)]
    assert products_garments([TEE, TROUSERS, *others]) == {1, 4, 5}


def test_of_two_in_the_same_place_the_larger_counts() -> None:
    left, right = seen(6, "footwear", "sneakers", 0.1), seen(7, "footwear", "sneakers", 0.2)
    assert products_garments([left, right], category="sneakers") == {7}


def test_two_in_the_right_place_are_told_apart_by_their_category() -> None:
    open_shirt = seen(8, "outer", "shirt", 0.3)
    assert products_garments([TEE, open_shirt], category="shirt") == {8}
    assert products_garments([seen(9, "upper", "jeans", 0.4), TROUSERS], category="jeans") == {2}
