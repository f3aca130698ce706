from typing import Literal

ObjectsEnum = Literal["all"]

OBJECTS_ENUM_VALUES: set[ObjectsEnum] = {
    "all",
}


def check_objects_enum(value: str) -> ObjectsEnum:
    if value in OBJECTS_ENUM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {OBJECTS_ENUM_VALUES!r}")
