from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.product_tags_reply_tags import ProductTagsReplyTags


T = TypeVar("T", bound="ProductTagsReply")


@_attrs_define
class ProductTagsReply:
    sku: str
    tags: ProductTagsReplyTags
    """ By kind, the tag that counts. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        sku = self.sku

        tags = self.tags.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "sku": sku,
                "tags": tags,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.product_tags_reply_tags import ProductTagsReplyTags  # noqa: PLC0415

        d = dict(src_dict)
        sku = d.pop("sku")

        tags = ProductTagsReplyTags.from_dict(d.pop("tags"))

        product_tags_reply = cls(
            sku=sku,
            tags=tags,
        )

        product_tags_reply.additional_properties = d
        return product_tags_reply

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
