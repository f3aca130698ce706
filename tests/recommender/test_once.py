"""What two sides of a rule's preview read alike is read once."""

from dataclasses import replace

from recommender.filters import Filters
from recommender.sought import Once

RED = Filters({"color": ("red",)})
HIDING = replace(RED, hidden_products=(1,), hidden_filters=(Filters({"pattern": ("dot",)}),))


def test_the_same_question_is_read_once_and_another_again() -> None:
    once, read = Once(), []

    def asked() -> list[int]:
        read.append(1)
        return [len(read)]

    assert once(("near", RED), asked) == once(("near", Filters({"color": ("red",)})), asked) == [1]
    assert once(("near", HIDING), asked) == [2]
    assert once(("texts", RED), asked) == [3]


def test_where_nothing_was_left_hiding_more_leaves_nothing() -> None:
    once = Once()
    assert once.under("near", RED, list) == []
    assert once.under("near", HIDING, lambda: [1]) == []
    assert once.under("texts", HIDING, lambda: [1]) == [1]
    assert once.under("near", Filters(), lambda: [2]) == [2]


def test_what_hid_more_says_nothing_of_what_hides_less() -> None:
    once = Once()
    assert once.under("near", HIDING, list) == []
    assert once.under("near", RED, lambda: [1]) == [1]
    assert once.under("near", replace(HIDING, hidden_products=(2,)), lambda: [3]) == [3]


def test_narrowing_is_hiding_as_much_or_more_of_the_same() -> None:
    assert HIDING.narrows(RED) and RED.narrows(RED) and not RED.narrows(HIDING)
    assert not HIDING.narrows(Filters({"color": ("blue",)}))
    assert not HIDING.narrows(replace(RED, hidden_filters=(Filters({"pattern": ("check",)}),)))
