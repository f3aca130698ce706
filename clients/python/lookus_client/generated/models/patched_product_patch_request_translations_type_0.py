from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.patched_product_patch_request_translations_type_0_en import (
        PatchedProductPatchRequestTranslationsType0En,
    )
    from ..models.patched_product_patch_request_translations_type_0_ko import (
        PatchedProductPatchRequestTranslationsType0Ko,
    )


T = TypeVar("T", bound="PatchedProductPatchRequestTranslationsType0")


@_attrs_define
class PatchedProductPatchRequestTranslationsType0:
    """Title and description in further languages."""

    en: PatchedProductPatchRequestTranslationsType0En | Unset = UNSET
    ko: PatchedProductPatchRequestTranslationsType0Ko | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        en: dict[str, Any] | Unset = UNSET
        if not isinstance(self.en, Unset):
            en = self.en.to_dict()

        ko: dict[str, Any] | Unset = UNSET
        if not isinstance(self.ko, Unset):
            ko = self.ko.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if en is not UNSET:
            field_dict["en"] = en
        if ko is not UNSET:
            field_dict["ko"] = ko

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.patched_product_patch_request_translations_type_0_en import (
            PatchedProductPatchRequestTranslationsType0En,  # noqa: PLC0415
        )
        from ..models.patched_product_patch_request_translations_type_0_ko import (
            PatchedProductPatchRequestTranslationsType0Ko,  # noqa: PLC0415
        )

        d = dict(src_dict)
        _en = d.pop("en", UNSET)
        en: PatchedProductPatchRequestTranslationsType0En | Unset
        if isinstance(_en, Unset):
            en = UNSET
        else:
            en = PatchedProductPatchRequestTranslationsType0En.from_dict(_en)

        _ko = d.pop("ko", UNSET)
        ko: PatchedProductPatchRequestTranslationsType0Ko | Unset
        if isinstance(_ko, Unset):
            ko = UNSET
        else:
            ko = PatchedProductPatchRequestTranslationsType0Ko.from_dict(_ko)

        patched_product_patch_request_translations_type_0 = cls(
            en=en,
            ko=ko,
        )

        return patched_product_patch_request_translations_type_0
