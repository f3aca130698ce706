"""From pieces in a row to meanings: what is wanted, what is not, what only stands beside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.lexicon import Piece, Reading, Role

LOOSE_IN_TAIL = frozenset(("category", "color", "group"))
"""Said of what comes with the thing: the belt of "a dress with a red belt"."""


@dataclass(slots=True)
class Meaning:
    """A piece that says something, and how it is meant."""

    piece: Piece
    negated: bool = False
    lacking: bool = False
    """Negated by "without": of a part of the garment, that it has none."""
    joined: bool = False
    """By "or" or "and" with the one before it."""
    attached: bool = False
    """Right behind the one before it: it says more of the same thing."""
    bare: bool = True
    """Said without more: "not a black dress" does not refuse dresses."""
    beside: bool = False
    """Behind "with": it belongs to the thing and is not the thing."""

    @property
    def readings(self) -> tuple[Reading, ...]:
        """By kind; a part of a garment without a meaning of its own says what having it means."""
        if self.lacking and self.piece.part is not None:
            return _readings(self.piece.part.absent or self.piece.part.present)
        if self.piece.readings or self.piece.part is None:
            return self.piece.readings
        return _readings(self.piece.part.present)

    @property
    def excludes(self) -> bool:
        """ "Without sleeves" asks for sleeveless ones: it excludes nothing by its own words."""
        part = self.piece.part
        return self.negated and not (self.lacking and part is not None and bool(part.absent))


def meanings(pieces: Sequence[Piece]) -> list[Meaning]:
    """What the pieces say, in order, with negations and joins told to those that they touch."""
    found: list[Meaning] = []
    negating: Piece | None = None
    joined = beside = attached = False
    for piece in pieces:
        if piece.role is Role.NOT_BEFORE:
            negating, joined = piece, False
        elif piece.role is Role.NOT_AFTER:
            _negate(_last_group(found), piece.lacking)
            negating, joined, attached = None, False, False
        elif piece.role is Role.JOIN:
            joined, attached = bool(found), False
        elif piece.role is Role.TAIL:
            negating, joined, beside = None, False, bool(found)
        elif piece.role is Role.STOP and piece.part is None:
            # "not in black": small words between do not end a negation, endings do.
            negating = None if piece.ending or piece.text == "but" else negating
            attached = False
        else:
            if negating is not None and found and found[-1].negated and not joined:
                negating = None
            meaning = Meaning(piece, joined=joined, attached=attached, beside=beside)
            found.append(meaning)
            attached = piece.known
            if negating is not None:
                _negate([meaning], negating.lacking)
            joined = False
    return found


def _negate(those: Sequence[Meaning], lacking: bool) -> None:
    for meaning in those:
        meaning.negated, meaning.lacking = True, lacking


def _last_group(found: Sequence[Meaning]) -> list[Meaning]:
    """The last meaning with those joined to it: "검정이랑 흰색 말고"; and where it is a thing, with
    what is said of it: "빨간 원피스 말고" refuses red."""
    group: list[Meaning] = []
    for meaning in reversed(found):
        group.append(meaning)
        thing = group[0].piece.readings and _names_a_thing(group[0])
        if not (meaning.joined or (meaning.attached and thing)):
            break
    for meaning in group:
        meaning.bare = len(group) == 1 or not group[0].attached
    return group


def _names_a_thing(meaning: Meaning) -> bool:
    return any(one.kind in ("category", "group") for one in meaning.piece.readings)


def _readings(values: object) -> tuple[Reading, ...]:
    assert hasattr(values, "items")
    return tuple(Reading(kind, tuple(one)) for kind, one in values.items())


def wanted_categories(found: Sequence[Meaning]) -> Iterator[Meaning]:
    """Those that say what the thing is: the last named, and those joined to it by "or"."""
    naming = [one for one in found if _names_the_thing(one)]
    for place in range(len(naming) - 1, -1, -1):
        yield naming[place]
        if not naming[place].joined:
            return


def _names_the_thing(meaning: Meaning) -> bool:
    if meaning.negated or meaning.beside:
        return False
    return any(one.kind in ("category", "group") and not one.ranks_only for one in meaning.readings)
