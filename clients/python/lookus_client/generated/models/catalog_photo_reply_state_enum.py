from typing import Literal

CatalogPhotoReplyStateEnum = Literal["done", "failed", "pending", "working"]

CATALOG_PHOTO_REPLY_STATE_ENUM_VALUES: set[CatalogPhotoReplyStateEnum] = {
    "done",
    "failed",
    "pending",
    "working",
}


def check_catalog_photo_reply_state_enum(value: str) -> CatalogPhotoReplyStateEnum:
    if value in CATALOG_PHOTO_REPLY_STATE_ENUM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {CATALOG_PHOTO_REPLY_STATE_ENUM_VALUES!r}"
    )
