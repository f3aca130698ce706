from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.synonyms_reply import SynonymsReply


T = TypeVar("T", bound="ValueReply")


@_attrs_define
class ValueReply:
    id: str
    en: str
    ko: str
    synonyms: SynonymsReply
    hidden: bool
    """ The shop shows it nowhere. """
    merged_into: None | str
    """ The value that it counts as in this shop. """
    own: bool
    """ The shop taught it itself. """
    changed: bool
    """ Not as every shop has it. """
    group: None | str
    """ Of a category. """
    parent: None | str
    """ The wider category. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        en = self.en

        ko = self.ko

        synonyms = self.synonyms.to_dict()

        hidden = self.hidden

        merged_into: None | str
        merged_into = self.merged_into

        own = self.own

        changed = self.changed

        group: None | str
        group = self.group

        parent: None | str
        parent = self.parent

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "en": en,
                "ko": ko,
                "synonyms": synonyms,
                "hidden": hidden,
                "merged_into": merged_into,
                "own": own,
                "changed": changed,
                "group": group,
                "parent": parent,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.synonyms_reply import SynonymsReply  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        en = d.pop("en")

        ko = d.pop("ko")

        synonyms = SynonymsReply.from_dict(d.pop("synonyms"))

        hidden = d.pop("hidden")

        def _parse_merged_into(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        merged_into = _parse_merged_into(d.pop("merged_into"))

        own = d.pop("own")

        changed = d.pop("changed")

        def _parse_group(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        group = _parse_group(d.pop("group"))

        def _parse_parent(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        parent = _parse_parent(d.pop("parent"))

        value_reply = cls(
            id=id,
            en=en,
            ko=ko,
            synonyms=synonyms,
            hidden=hidden,
            merged_into=merged_into,
            own=own,
            changed=changed,
            group=group,
            parent=parent,
        )

        value_reply.additional_properties = d
        return value_reply

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
