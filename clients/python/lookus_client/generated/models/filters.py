from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.category_enum import CategoryEnum, check_category_enum
from ..models.closure_enum import ClosureEnum, check_closure_enum
from ..models.color_enum import ColorEnum, check_color_enum
from ..models.filters_gender_enum import FiltersGenderEnum, check_filters_gender_enum
from ..models.fit_enum import FitEnum, check_fit_enum
from ..models.group_enum import GroupEnum, check_group_enum
from ..models.kfashion_style_enum import KfashionStyleEnum, check_kfashion_style_enum
from ..models.length_enum import LengthEnum, check_length_enum
from ..models.material_enum import MaterialEnum, check_material_enum
from ..models.neckline_enum import NecklineEnum, check_neckline_enum
from ..models.pattern_enum import PatternEnum, check_pattern_enum
from ..models.sleeve_enum import SleeveEnum, check_sleeve_enum
from ..models.style_enum import StyleEnum, check_style_enum
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.filters_price import FiltersPrice


T = TypeVar("T", bound="Filters")


@_attrs_define
class Filters:
    """A product must satisfy every filter given, by any of its values. `attr:` and a name filters by an attribute of the
    shop's own.

    """

    group: list[GroupEnum] | Unset = UNSET
    category: list[CategoryEnum] | Unset = UNSET
    pattern: list[PatternEnum] | Unset = UNSET
    color: list[ColorEnum] | Unset = UNSET
    style: list[StyleEnum] | Unset = UNSET
    sleeve: list[SleeveEnum] | Unset = UNSET
    neckline: list[NecklineEnum] | Unset = UNSET
    length: list[LengthEnum] | Unset = UNSET
    fit: list[FitEnum] | Unset = UNSET
    closure: list[ClosureEnum] | Unset = UNSET
    material: list[MaterialEnum] | Unset = UNSET
    gender: list[FiltersGenderEnum] | Unset = UNSET
    kfashion_style: list[KfashionStyleEnum] | Unset = UNSET
    brand: list[str] | Unset = UNSET
    season: list[str] | Unset = UNSET
    own: list[str] | Unset = UNSET
    price: FiltersPrice | Unset = UNSET
    """ In the currency's smallest unit, both ends included; the sale price where there is one. """
    in_stock: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        group: list[str] | Unset = UNSET
        if not isinstance(self.group, Unset):
            group = []
            for group_item_data in self.group:
                group_item: str = group_item_data
                group.append(group_item)

        category: list[str] | Unset = UNSET
        if not isinstance(self.category, Unset):
            category = []
            for category_item_data in self.category:
                category_item: str = category_item_data
                category.append(category_item)

        pattern: list[str] | Unset = UNSET
        if not isinstance(self.pattern, Unset):
            pattern = []
            for pattern_item_data in self.pattern:
                pattern_item: str = pattern_item_data
                pattern.append(pattern_item)

        color: list[str] | Unset = UNSET
        if not isinstance(self.color, Unset):
            color = []
            for color_item_data in self.color:
                color_item: str = color_item_data
                color.append(color_item)

        style: list[str] | Unset = UNSET
        if not isinstance(self.style, Unset):
            style = []
            for style_item_data in self.style:
                style_item: str = style_item_data
                style.append(style_item)

        sleeve: list[str] | Unset = UNSET
        if not isinstance(self.sleeve, Unset):
            sleeve = []
            for sleeve_item_data in self.sleeve:
                sleeve_item: str = sleeve_item_data
                sleeve.append(sleeve_item)

        neckline: list[str] | Unset = UNSET
        if not isinstance(self.neckline, Unset):
            neckline = []
            for neckline_item_data in self.neckline:
                neckline_item: str = neckline_item_data
                neckline.append(neckline_item)

        length: list[str] | Unset = UNSET
        if not isinstance(self.length, Unset):
            length = []
            for length_item_data in self.length:
                length_item: str = length_item_data
                length.append(length_item)

        fit: list[str] | Unset = UNSET
        if not isinstance(self.fit, Unset):
            fit = []
            for fit_item_data in self.fit:
                fit_item: str = fit_item_data
                fit.append(fit_item)

        closure: list[str] | Unset = UNSET
        if not isinstance(self.closure, Unset):
            closure = []
            for closure_item_data in self.closure:
                closure_item: str = closure_item_data
                closure.append(closure_item)

        material: list[str] | Unset = UNSET
        if not isinstance(self.material, Unset):
            material = []
            for material_item_data in self.material:
                material_item: str = material_item_data
                material.append(material_item)

        gender: list[str] | Unset = UNSET
        if not isinstance(self.gender, Unset):
            gender = []
            for gender_item_data in self.gender:
                gender_item: str = gender_item_data
                gender.append(gender_item)

        kfashion_style: list[str] | Unset = UNSET
        if not isinstance(self.kfashion_style, Unset):
            kfashion_style = []
            for kfashion_style_item_data in self.kfashion_style:
                kfashion_style_item: str = kfashion_style_item_data
                kfashion_style.append(kfashion_style_item)

        brand: list[str] | Unset = UNSET
        if not isinstance(self.brand, Unset):
            brand = self.brand

        season: list[str] | Unset = UNSET
        if not isinstance(self.season, Unset):
            season = self.season

        own: list[str] | Unset = UNSET
        if not isinstance(self.own, Unset):
            own = self.own

        price: dict[str, Any] | Unset = UNSET
        if not isinstance(self.price, Unset):
            price = self.price.to_dict()

        in_stock = self.in_stock

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if group is not UNSET:
            field_dict["group"] = group
        if category is not UNSET:
            field_dict["category"] = category
        if pattern is not UNSET:
            field_dict["pattern"] = pattern
        if color is not UNSET:
            field_dict["color"] = color
        if style is not UNSET:
            field_dict["style"] = style
        if sleeve is not UNSET:
            field_dict["sleeve"] = sleeve
        if neckline is not UNSET:
            field_dict["neckline"] = neckline
        if length is not UNSET:
            field_dict["length"] = length
        if fit is not UNSET:
            field_dict["fit"] = fit
        if closure is not UNSET:
            field_dict["closure"] = closure
        if material is not UNSET:
            field_dict["material"] = material
        if gender is not UNSET:
            field_dict["gender"] = gender
        if kfashion_style is not UNSET:
            field_dict["kfashion-style"] = kfashion_style
        if brand is not UNSET:
            field_dict["brand"] = brand
        if season is not UNSET:
            field_dict["season"] = season
        if own is not UNSET:
            field_dict["own"] = own
        if price is not UNSET:
            field_dict["price"] = price
        if in_stock is not UNSET:
            field_dict["in_stock"] = in_stock

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.filters_price import FiltersPrice  # noqa: PLC0415

        d = dict(src_dict)
        _group = d.pop("group", UNSET)
        group: list[GroupEnum] | Unset = UNSET
        if _group is not UNSET:
            group = []
            for group_item_data in _group:
                group_item = check_group_enum(group_item_data)

                group.append(group_item)

        _category = d.pop("category", UNSET)
        category: list[CategoryEnum] | Unset = UNSET
        if _category is not UNSET:
            category = []
            for category_item_data in _category:
                category_item = check_category_enum(category_item_data)

                category.append(category_item)

        _pattern = d.pop("pattern", UNSET)
        pattern: list[PatternEnum] | Unset = UNSET
        if _pattern is not UNSET:
            pattern = []
            for pattern_item_data in _pattern:
                pattern_item = check_pattern_enum(pattern_item_data)

                pattern.append(pattern_item)

        _color = d.pop("color", UNSET)
        color: list[ColorEnum] | Unset = UNSET
        if _color is not UNSET:
            color = []
            for color_item_data in _color:
                color_item = check_color_enum(color_item_data)

                color.append(color_item)

        _style = d.pop("style", UNSET)
        style: list[StyleEnum] | Unset = UNSET
        if _style is not UNSET:
            style = []
            for style_item_data in _style:
                style_item = check_style_enum(style_item_data)

                style.append(style_item)

        _sleeve = d.pop("sleeve", UNSET)
        sleeve: list[SleeveEnum] | Unset = UNSET
        if _sleeve is not UNSET:
            sleeve = []
            for sleeve_item_data in _sleeve:
                sleeve_item = check_sleeve_enum(sleeve_item_data)

                sleeve.append(sleeve_item)

        _neckline = d.pop("neckline", UNSET)
        neckline: list[NecklineEnum] | Unset = UNSET
        if _neckline is not UNSET:
            neckline = []
            for neckline_item_data in _neckline:
                neckline_item = check_neckline_enum(neckline_item_data)

                neckline.append(neckline_item)

        _length = d.pop("length", UNSET)
        length: list[LengthEnum] | Unset = UNSET
        if _length is not UNSET:
            length = []
            for length_item_data in _length:
                length_item = check_length_enum(length_item_data)

                length.append(length_item)

        _fit = d.pop("fit", UNSET)
        fit: list[FitEnum] | Unset = UNSET
        if _fit is not UNSET:
            fit = []
            for fit_item_data in _fit:
                fit_item = check_fit_enum(fit_item_data)

                fit.append(fit_item)

        _closure = d.pop("closure", UNSET)
        closure: list[ClosureEnum] | Unset = UNSET
        if _closure is not UNSET:
            closure = []
            for closure_item_data in _closure:
                closure_item = check_closure_enum(closure_item_data)

                closure.append(closure_item)

        _material = d.pop("material", UNSET)
        material: list[MaterialEnum] | Unset = UNSET
        if _material is not UNSET:
            material = []
            for material_item_data in _material:
                material_item = check_material_enum(material_item_data)

                material.append(material_item)

        _gender = d.pop("gender", UNSET)
        gender: list[FiltersGenderEnum] | Unset = UNSET
        if _gender is not UNSET:
            gender = []
            for gender_item_data in _gender:
                gender_item = check_filters_gender_enum(gender_item_data)

                gender.append(gender_item)

        _kfashion_style = d.pop("kfashion-style", UNSET)
        kfashion_style: list[KfashionStyleEnum] | Unset = UNSET
        if _kfashion_style is not UNSET:
            kfashion_style = []
            for kfashion_style_item_data in _kfashion_style:
                kfashion_style_item = check_kfashion_style_enum(kfashion_style_item_data)

                kfashion_style.append(kfashion_style_item)

        brand = cast(list[str], d.pop("brand", UNSET))

        season = cast(list[str], d.pop("season", UNSET))

        own = cast(list[str], d.pop("own", UNSET))

        _price = d.pop("price", UNSET)
        price: FiltersPrice | Unset
        if isinstance(_price, Unset):
            price = UNSET
        else:
            price = FiltersPrice.from_dict(_price)

        in_stock = d.pop("in_stock", UNSET)

        filters = cls(
            group=group,
            category=category,
            pattern=pattern,
            color=color,
            style=style,
            sleeve=sleeve,
            neckline=neckline,
            length=length,
            fit=fit,
            closure=closure,
            material=material,
            gender=gender,
            kfashion_style=kfashion_style,
            brand=brand,
            season=season,
            own=own,
            price=price,
            in_stock=in_stock,
        )

        return filters
