from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.words_reply_mended import WordsReplyMended


T = TypeVar("T", bound="WordsReply")


@_attrs_define
class WordsReply:
    """The words that name no filter."""

    terms: list[str]
    """ Looked up in the texts of products; "-" before one: not with it. """
    mended: WordsReplyMended
    """ Misspelt words and how they were read. """
    unknown: list[str]
    """ Words that no product has. """
    foreign: str
    """ A price in another currency, which was not used. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        terms = self.terms

        mended = self.mended.to_dict()

        unknown = self.unknown

        foreign = self.foreign

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "terms": terms,
                "mended": mended,
                "unknown": unknown,
                "foreign": foreign,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.words_reply_mended import WordsReplyMended  # noqa: PLC0415

        d = dict(src_dict)
        terms = cast(list[str], d.pop("terms"))

        mended = WordsReplyMended.from_dict(d.pop("mended"))

        unknown = cast(list[str], d.pop("unknown"))

        foreign = d.pop("foreign")

        words_reply = cls(
            terms=terms,
            mended=mended,
            unknown=unknown,
            foreign=foreign,
        )

        words_reply.additional_properties = d
        return words_reply

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
