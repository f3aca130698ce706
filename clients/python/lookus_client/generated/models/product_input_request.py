from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.blank_enum import BlankEnum, check_blank_enum
from ..models.gender_enum import GenderEnum, check_gender_enum
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.product_input_request_attributes_type_0 import ProductInputRequestAttributesType0
    from ..models.product_input_request_price_type_1 import ProductInputRequestPriceType1
    from ..models.product_input_request_sale_price_type_1 import ProductInputRequestSalePriceType1
    from ..models.product_input_request_tags_type_0 import ProductInputRequestTagsType0
    from ..models.product_input_request_translations_type_0 import (
        ProductInputRequestTranslationsType0,
    )


T = TypeVar("T", bound="ProductInputRequest")


@_attrs_define
class ProductInputRequest:
    """A product as it is written. What is null, or not named in a PUT, is empty.

    `photos` that a PUT does not name stay as they are, for they may have been uploaded.

    """

    title: str
    sku: str | Unset = UNSET
    """ As in the address, if at all. """
    description: None | str | Unset = UNSET
    brand: None | str | Unset = UNSET
    url: None | str | Unset = UNSET
    """ The product's page in the shop. """
    category: None | str | Unset = UNSET
    """ The shop's own, as `Women > Dresses`. """
    gender: BlankEnum | GenderEnum | None | Unset = UNSET
    season: None | str | Unset = UNSET
    price: int | None | ProductInputRequestPriceType1 | Unset = UNSET
    """ In the currency's smallest unit (won, cents), or as replies show it. """
    sale_price: int | None | ProductInputRequestSalePriceType1 | Unset = UNSET
    """ In the currency's smallest unit (won, cents), or as replies show it. """
    currency: None | str | Unset = UNSET
    """ ISO 4217; otherwise the shop's. """
    in_stock: bool | None | Unset = UNSET
    variant_group: None | str | Unset = UNSET
    """ The same for all colours of one design. """
    attributes: None | ProductInputRequestAttributesType0 | Unset = UNSET
    """ Of the shop's own: texts, numbers, true or false, and lists of these. """
    translations: None | ProductInputRequestTranslationsType0 | Unset = UNSET
    """ Title and description in further languages. """
    tags: None | ProductInputRequestTagsType0 | Unset = UNSET
    """ What the shop itself says of the product, by kind: it stands above what the model sees and below what a
    person corrects. Kinds and values: `/taxonomy`. """
    photos: list[str] | None | Unset = UNSET
    """ Addresses, in order; they are fetched later. Null takes all photos away. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.product_input_request_attributes_type_0 import (
            ProductInputRequestAttributesType0,  # noqa: PLC0415
        )
        from ..models.product_input_request_price_type_1 import ProductInputRequestPriceType1  # noqa: PLC0415
        from ..models.product_input_request_sale_price_type_1 import (
            ProductInputRequestSalePriceType1,  # noqa: PLC0415
        )
        from ..models.product_input_request_tags_type_0 import ProductInputRequestTagsType0  # noqa: PLC0415
        from ..models.product_input_request_translations_type_0 import (
            ProductInputRequestTranslationsType0,  # noqa: PLC0415
        )

        title = self.title

        sku = self.sku

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        brand: None | str | Unset
        if isinstance(self.brand, Unset):
            brand = UNSET
        else:
            brand = self.brand

        url: None | str | Unset
        if isinstance(self.url, Unset):
            url = UNSET
        else:
            url = self.url

        category: None | str | Unset
        if isinstance(self.category, Unset):
            category = UNSET
        else:
            category = self.category

        gender: None | str | Unset
        if isinstance(self.gender, Unset):
            gender = UNSET
        elif isinstance(self.gender, str):
            gender = self.gender
        elif isinstance(self.gender, str):
            gender = self.gender
        else:
            gender = self.gender

        season: None | str | Unset
        if isinstance(self.season, Unset):
            season = UNSET
        else:
            season = self.season

        price: dict[str, Any] | int | None | Unset
        if isinstance(self.price, Unset):
            price = UNSET
        elif isinstance(self.price, ProductInputRequestPriceType1):
            price = self.price.to_dict()
        else:
            price = self.price

        sale_price: dict[str, Any] | int | None | Unset
        if isinstance(self.sale_price, Unset):
            sale_price = UNSET
        elif isinstance(self.sale_price, ProductInputRequestSalePriceType1):
            sale_price = self.sale_price.to_dict()
        else:
            sale_price = self.sale_price

        currency: None | str | Unset
        if isinstance(self.currency, Unset):
            currency = UNSET
        else:
            currency = self.currency

        in_stock: bool | None | Unset
        if isinstance(self.in_stock, Unset):
            in_stock = UNSET
        else:
            in_stock = self.in_stock

        variant_group: None | str | Unset
        if isinstance(self.variant_group, Unset):
            variant_group = UNSET
        else:
            variant_group = self.variant_group

        attributes: dict[str, Any] | None | Unset
        if isinstance(self.attributes, Unset):
            attributes = UNSET
        elif isinstance(self.attributes, ProductInputRequestAttributesType0):
            attributes = self.attributes.to_dict()
        else:
            attributes = self.attributes

        translations: dict[str, Any] | None | Unset
        if isinstance(self.translations, Unset):
            translations = UNSET
        elif isinstance(self.translations, ProductInputRequestTranslationsType0):
            translations = self.translations.to_dict()
        else:
            translations = self.translations

        tags: dict[str, Any] | None | Unset
        if isinstance(self.tags, Unset):
            tags = UNSET
        elif isinstance(self.tags, ProductInputRequestTagsType0):
            tags = self.tags.to_dict()
        else:
            tags = self.tags

        photos: list[str] | None | Unset
        if isinstance(self.photos, Unset):
            photos = UNSET
        elif isinstance(self.photos, list):
            photos = self.photos

        else:
            photos = self.photos

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": title,
            }
        )
        if sku is not UNSET:
            field_dict["sku"] = sku
        if description is not UNSET:
            field_dict["description"] = description
        if brand is not UNSET:
            field_dict["brand"] = brand
        if url is not UNSET:
            field_dict["url"] = url
        if category is not UNSET:
            field_dict["category"] = category
        if gender is not UNSET:
            field_dict["gender"] = gender
        if season is not UNSET:
            field_dict["season"] = season
        if price is not UNSET:
            field_dict["price"] = price
        if sale_price is not UNSET:
            field_dict["sale_price"] = sale_price
        if currency is not UNSET:
            field_dict["currency"] = currency
        if in_stock is not UNSET:
            field_dict["in_stock"] = in_stock
        if variant_group is not UNSET:
            field_dict["variant_group"] = variant_group
        if attributes is not UNSET:
            field_dict["attributes"] = attributes
        if translations is not UNSET:
            field_dict["translations"] = translations
        if tags is not UNSET:
            field_dict["tags"] = tags
        if photos is not UNSET:
            field_dict["photos"] = photos

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.product_input_request_attributes_type_0 import (
            ProductInputRequestAttributesType0,  # noqa: PLC0415
        )
        from ..models.product_input_request_price_type_1 import ProductInputRequestPriceType1  # noqa: PLC0415
        from ..models.product_input_request_sale_price_type_1 import (
            ProductInputRequestSalePriceType1,  # noqa: PLC0415
        )
        from ..models.product_input_request_tags_type_0 import ProductInputRequestTagsType0  # noqa: PLC0415
        from ..models.product_input_request_translations_type_0 import (
            ProductInputRequestTranslationsType0,  # noqa: PLC0415
        )

        d = dict(src_dict)
        title = d.pop("title")

        sku = d.pop("sku", UNSET)

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        def _parse_brand(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        brand = _parse_brand(d.pop("brand", UNSET))

        def _parse_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        url = _parse_url(d.pop("url", UNSET))

        def _parse_category(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        category = _parse_category(d.pop("category", UNSET))

        def _parse_gender(data: object) -> BlankEnum | GenderEnum | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                gender_type_0 = check_gender_enum(data)

                return gender_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, str):
                    raise TypeError()
                gender_type_1 = check_blank_enum(data)

                return gender_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(BlankEnum | GenderEnum | None | Unset, data)

        gender = _parse_gender(d.pop("gender", UNSET))

        def _parse_season(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        season = _parse_season(d.pop("season", UNSET))

        def _parse_price(data: object) -> int | None | ProductInputRequestPriceType1 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                price_type_1 = ProductInputRequestPriceType1.from_dict(data)

                return price_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(int | None | ProductInputRequestPriceType1 | Unset, data)

        price = _parse_price(d.pop("price", UNSET))

        def _parse_sale_price(
            data: object,
        ) -> int | None | ProductInputRequestSalePriceType1 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                sale_price_type_1 = ProductInputRequestSalePriceType1.from_dict(data)

                return sale_price_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(int | None | ProductInputRequestSalePriceType1 | Unset, data)

        sale_price = _parse_sale_price(d.pop("sale_price", UNSET))

        def _parse_currency(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        currency = _parse_currency(d.pop("currency", UNSET))

        def _parse_in_stock(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        in_stock = _parse_in_stock(d.pop("in_stock", UNSET))

        def _parse_variant_group(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        variant_group = _parse_variant_group(d.pop("variant_group", UNSET))

        def _parse_attributes(data: object) -> None | ProductInputRequestAttributesType0 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                attributes_type_0 = ProductInputRequestAttributesType0.from_dict(data)

                return attributes_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ProductInputRequestAttributesType0 | Unset, data)

        attributes = _parse_attributes(d.pop("attributes", UNSET))

        def _parse_translations(
            data: object,
        ) -> None | ProductInputRequestTranslationsType0 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                translations_type_0 = ProductInputRequestTranslationsType0.from_dict(data)

                return translations_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ProductInputRequestTranslationsType0 | Unset, data)

        translations = _parse_translations(d.pop("translations", UNSET))

        def _parse_tags(data: object) -> None | ProductInputRequestTagsType0 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                tags_type_0 = ProductInputRequestTagsType0.from_dict(data)

                return tags_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ProductInputRequestTagsType0 | Unset, data)

        tags = _parse_tags(d.pop("tags", UNSET))

        def _parse_photos(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                photos_type_0 = cast(list[str], data)

                return photos_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        photos = _parse_photos(d.pop("photos", UNSET))

        product_input_request = cls(
            title=title,
            sku=sku,
            description=description,
            brand=brand,
            url=url,
            category=category,
            gender=gender,
            season=season,
            price=price,
            sale_price=sale_price,
            currency=currency,
            in_stock=in_stock,
            variant_group=variant_group,
            attributes=attributes,
            translations=translations,
            tags=tags,
            photos=photos,
        )

        product_input_request.additional_properties = d
        return product_input_request

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
