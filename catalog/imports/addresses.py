"""Web addresses in the cells of a table."""

import re
from urllib.parse import urlsplit

from catalog.imports.repeated import is_plain_address

BETWEEN_URLS = re.compile(r"\s*[|\n]\s*|\s*[,;]\s*(?=https?://)|\s+(?=https?://)")


def is_one_address(cell: str) -> bool:
    """Whether a look at a cell says that one address stands in it, as in most."""
    one = cell.startswith(("https://", "http://")) and cell.count("://") == 1
    return one and "|" not in cell and "\n" not in cell


def addresses(text: str) -> list[str]:
    """Several addresses of one cell."""
    return [url for url in BETWEEN_URLS.split(text) if url]


def is_web_address(url: str) -> bool:
    if is_plain_address(url):
        return True
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url
