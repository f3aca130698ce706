"""What a file is, by its first bytes, and who reads it."""

import codecs
from collections.abc import Callable, Mapping
from typing import IO

from catalog.imports.cafe24 import Cafe24Source, is_cafe24
from catalog.imports.items import CsvSource, Source
from catalog.imports.pages import PagesSource
from catalog.imports.shopify import ShopifySource, is_shopify
from catalog.imports.text import BOMS, first_cells
from catalog.imports.xml import XmlSource
from catalog.imports.zips import zip_source

# So much of a file says what it is.
HEAD_BYTES = 64 * 1024
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
# Kinds whose columns have names that an owner may give a meaning to.
TABLES = ("csv", "cafe24")

_SOURCES: dict[str, Callable[..., Source]] = {
    "csv": CsvSource,
    "zip": zip_source,
    "xml": XmlSource,
    "shopify": ShopifySource,
    "cafe24": Cafe24Source,
    "sitemap": PagesSource,
}


def kind_of(head: bytes, filename: str = "") -> str:
    """zip, xml, shopify, cafe24 or csv, from the file's first 64 KiB (fewer will do).

    The content says it and not the name: owners rename files. What is none of the others is a
    CSV, whose reader says what is wrong with it; HTML is taken for XML, for the same reason.
    """
    if head.startswith(ZIP_MAGICS):
        return "zip"
    start = decoded(head[:HEAD_BYTES]).lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return "xml"
    if "," not in start and filename.lower().endswith(".xml"):
        return "xml"
    names = first_cells(start)
    if is_shopify(names):
        return "shopify"
    return "cafe24" if is_cafe24(names) else "csv"


def source_of(
    kind: str, file: IO[bytes], *, currency: str, mapping: Mapping[str, str] | None = None
) -> Source:
    """The reader of a file of this kind. `currency` counts where the file names none.

    `mapping` gives columns of the file a meaning (`columns.read_header`). Raises FileRefused for
    a ZIP that is none; the others when their first item is asked for.
    """
    return _SOURCES[kind](file, currency=currency, mapping=mapping or {})


def decoded(head: bytes) -> str:
    """A file's beginning as text, in whichever encoding it may be in; never fails."""
    for bom, name in BOMS:
        if head.startswith(bom):
            return codecs.getincrementaldecoder(name)("replace").decode(head)
    before, behind = head[0::2].count(0), head[1::2].count(0)
    if before != behind:
        name = "utf-16-le" if behind > before else "utf-16-be"
        return head.decode(name, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return head.decode("cp949", "replace")
