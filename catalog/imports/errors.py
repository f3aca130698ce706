"""What can be wrong with a file: all of it, or one row."""

from dataclasses import dataclass


class FileRefused(Exception):
    """The whole file cannot be used; `message` says why and what to do."""

    def __init__(self, code: str, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.field = code, message, field


class EntryRefused(Exception):
    """One file among others cannot be used."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class Problem:
    """One reason why a row, or a photo of it, was left out."""

    field: str
    code: str
    message: str
    value: str = ""
