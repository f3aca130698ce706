from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.amount_reply import AmountReply
    from ..models.catalog_garment_reply import CatalogGarmentReply
    from ..models.catalog_photo_reply import CatalogPhotoReply
    from ..models.product_reply_attributes import ProductReplyAttributes
    from ..models.product_reply_tags import ProductReplyTags
    from ..models.product_reply_translations import ProductReplyTranslations
    from ..models.statement_reply import StatementReply


T = TypeVar("T", bound="ProductReply")


@_attrs_define
class ProductReply:
    """A product with what was seen in its photos. Names of values: `/taxonomy`."""

    sku: str
    title: str
    description: str
    brand: str
    url: str
    category: str
    """ The shop's own; ours is in `tags`. """
    gender: str
    season: str
    price: AmountReply | None
    sale_price: AmountReply | None
    currency: str
    in_stock: bool
    variant_group: str
    attributes: ProductReplyAttributes
    translations: ProductReplyTranslations
    tags: ProductReplyTags
    """ By kind, the tag that counts. """
    statements: list[StatementReply]
    """ Everything that was said, by whom. """
    photos: list[CatalogPhotoReply]
    garments: list[CatalogGarmentReply]
    """ As the live bundle sees the photos. """
    created_at: datetime.datetime
    updated_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.amount_reply import AmountReply  # noqa: PLC0415

        sku = self.sku

        title = self.title

        description = self.description

        brand = self.brand

        url = self.url

        category = self.category

        gender = self.gender

        season = self.season

        price: dict[str, Any] | None
        if isinstance(self.price, AmountReply):
            price = self.price.to_dict()
        else:
            price = self.price

        sale_price: dict[str, Any] | None
        if isinstance(self.sale_price, AmountReply):
            sale_price = self.sale_price.to_dict()
        else:
            sale_price = self.sale_price

        currency = self.currency

        in_stock = self.in_stock

        variant_group = self.variant_group

        attributes = self.attributes.to_dict()

        translations = self.translations.to_dict()

        tags = self.tags.to_dict()

        statements = []
        for statements_item_data in self.statements:
            statements_item = statements_item_data.to_dict()
            statements.append(statements_item)

        photos = []
        for photos_item_data in self.photos:
            photos_item = photos_item_data.to_dict()
            photos.append(photos_item)

        garments = []
        for garments_item_data in self.garments:
            garments_item = garments_item_data.to_dict()
            garments.append(garments_item)

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "sku": sku,
                "title": title,
                "description": description,
                "brand": brand,
                "url": url,
                "category": category,
                "gender": gender,
                "season": season,
                "price": price,
                "sale_price": sale_price,
                "currency": currency,
                "in_stock": in_stock,
                "variant_group": variant_group,
                "attributes": attributes,
                "translations": translations,
                "tags": tags,
                "statements": statements,
                "photos": photos,
                "garments": garments,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.amount_reply import AmountReply  # noqa: PLC0415
        from ..models.catalog_garment_reply import CatalogGarmentReply  # noqa: PLC0415
        from ..models.catalog_photo_reply import CatalogPhotoReply  # noqa: PLC0415
        from ..models.product_reply_attributes import ProductReplyAttributes  # noqa: PLC0415
        from ..models.product_reply_tags import ProductReplyTags  # noqa: PLC0415
        from ..models.product_reply_translations import ProductReplyTranslations  # noqa: PLC0415
        from ..models.statement_reply import StatementReply  # noqa: PLC0415

        d = dict(src_dict)
        sku = d.pop("sku")

        title = d.pop("title")

        description = d.pop("description")

        brand = d.pop("brand")

        url = d.pop("url")

        category = d.pop("category")

        gender = d.pop("gender")

        season = d.pop("season")

        def _parse_price(data: object) -> AmountReply | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                price_type_0 = AmountReply.from_dict(data)

                return price_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AmountReply | None, data)

        price = _parse_price(d.pop("price"))

        def _parse_sale_price(data: object) -> AmountReply | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                sale_price_type_0 = AmountReply.from_dict(data)

                return sale_price_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AmountReply | None, data)

        sale_price = _parse_sale_price(d.pop("sale_price"))

        currency = d.pop("currency")

        in_stock = d.pop("in_stock")

        variant_group = d.pop("variant_group")

        attributes = ProductReplyAttributes.from_dict(d.pop("attributes"))

        translations = ProductReplyTranslations.from_dict(d.pop("translations"))

        tags = ProductReplyTags.from_dict(d.pop("tags"))

        statements = []
        _statements = d.pop("statements")
        for statements_item_data in _statements:
            statements_item = StatementReply.from_dict(statements_item_data)

            statements.append(statements_item)

        photos = []
        _photos = d.pop("photos")
        for photos_item_data in _photos:
            photos_item = CatalogPhotoReply.from_dict(photos_item_data)

            photos.append(photos_item)

        garments = []
        _garments = d.pop("garments")
        for garments_item_data in _garments:
            garments_item = CatalogGarmentReply.from_dict(garments_item_data)

            garments.append(garments_item)

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        product_reply = cls(
            sku=sku,
            title=title,
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
            statements=statements,
            photos=photos,
            garments=garments,
            created_at=created_at,
            updated_at=updated_at,
        )

        product_reply.additional_properties = d
        return product_reply

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
