"""Google Merchant XML, RSS 2.0 and Atom: items one by one, so that a file may have any size.

Nothing is kept of an item once it is read. Entities and document types are refused: they serve
only to make little text much, or to read files of ours.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from catalog.imports.errors import FileRefused, Problem
from catalog.imports.google import record_of
from catalog.imports.items import Item, SeenSkus, as_item
from catalog.imports.rows import DraftReader
from catalog.imports.safe_xml import DefusedXmlException, DefusedXMLParser, DTDForbidden
from catalog.imports.xml_bytes import is_html, utf8_blocks

MAX_TEXT = 100_000
MAX_FIELDS = 400
MAX_DEPTH = 40
ITEMS = ("item", "entry", "product")
MAPS = ("urlset", "sitemapindex")
GOOGLE = "http://base.google.com/ns/1.0"


@dataclass
class Element:
    """One item of the feed: the texts of its fields, by name without namespace, in their order."""

    line: int
    fields: dict[str, list[str]] = field(default_factory=dict)
    overlong: str = ""
    count: int = 0

    def add(self, name: str, text: str) -> None:
        self.count += 1
        if self.count <= MAX_FIELDS:
            self.fields.setdefault(name, []).append(text)


class XmlSource:
    """Reads what it can: a file that breaks off gives the items before, and says where."""

    def __init__(
        self, file: IO[bytes], *, currency: str, mapping: Mapping[str, str] | None = None
    ) -> None:
        self._file, self._currency = file, currency
        self._reader = DraftReader(currency=currency)
        self.broken = False

    def items(self) -> Iterator[Item]:
        """Raises FileRefused: no XML, HTML, a document type or entities, no items in it."""
        seen, count = SeenSkus(), 0
        target = _Items()
        try:
            for element in _elements(self._file, target):
                count += 1
                yield self._item(element, seen)
        except _Broken as broken:
            if not count:
                raise FileRefused("broken_xml", broken.message) from broken
            self.broken = True
            message = f"{broken.message} Products read before it: {count:,}."
            yield Item(broken.line, None, [Problem("", "broken_xml", message)])
            return
        if not count:
            raise FileRefused(
                "no_items",
                f"The XML has no <item> or <entry>: it begins with <{target.root[:60]}>. A feed of"
                " Google Merchant is RSS 2.0 or Atom.",
            )

    def photo(self, name: str) -> bytes:
        raise FileNotFoundError(name)

    def _item(self, element: Element, seen: SeenSkus) -> Item:
        if element.overlong:
            message = f"{element.overlong} has more than {MAX_TEXT:,} characters."
            return Item(element.line, None, [Problem(element.overlong, "too_long", message)])
        if element.count > MAX_FIELDS:
            message = f"The item has {element.count} fields, at most {MAX_FIELDS}."
            return Item(element.line, None, [Problem("", "row_too_long", message)])
        cells, photos, others = record_of(element.fields)
        draft = self._reader.draft(element.line, cells, photos, others)
        seen.check(draft)
        return as_item(draft)


class _Broken(Exception):
    """The XML ends here."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


class _Items:
    """What the parser calls: collects items and forgets everything else."""

    def __init__(self) -> None:
        self.ready: deque[Element] = deque()
        self.root = ""
        self.parser: Any = None
        self._depth = 0
        self._item: Element | None = None
        self._item_depth = 0
        self._name, self._google = "", False
        self._text: list[str] = []
        self._length = 0

    @property
    def line(self) -> int:
        return int(self.parser.parser.CurrentLineNumber)

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _Broken(self.line, f"Line {self.line}: more than {MAX_DEPTH} tags in each other.")
        name, google = _split(tag)
        if not self.root:
            self.root = name
            _check_root(name)
        if self._item is None:
            if name in ITEMS and self._depth > 1:
                self._item, self._item_depth = Element(self.line), self._depth
        elif self._depth == self._item_depth + 1:
            self._name, self._google = name, google
            self._text, self._length = [], 0
            # Atom: the address stands in the tag.
            if name == "link" and attrs.get("rel", "alternate") == "alternate":
                self._text = [attrs.get("href", "")]

    def data(self, text: str) -> None:
        if self._item is None or self._depth <= self._item_depth:
            return
        self._length += len(text)
        if self._length > MAX_TEXT:
            self._item.overlong = self._name
        else:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._item is not None:
            if self._depth == self._item_depth:
                self.ready.append(self._item)
                self._item = None
            elif self._depth == self._item_depth + 1:
                name = f"g:{self._name}" if self._google else self._name
                self._item.add(name, "".join(self._text).strip())
        self._depth -= 1

    def close(self) -> None:
        pass


def _elements(file: IO[bytes], target: _Items) -> Iterator[Element]:
    recoded, blocks = utf8_blocks(file)
    parser = DefusedXMLParser(target=target, encoding="utf-8" if recoded else None, forbid_dtd=True)
    target.parser = parser
    try:
        for block in blocks:
            parser.feed(block)
            while target.ready:
                yield target.ready.popleft()
        parser.close()
    except _Broken:
        yield from target.ready
        raise
    except ParseError as error:
        yield from target.ready
        raise _Broken(error.position[0], _words(error)) from error
    except (LookupError, UnicodeDecodeError, ValueError) as error:
        if isinstance(error, DefusedXmlException):
            raise _refused(error) from error
        yield from target.ready
        line = target.line
        message = f"Line {line} is not in the encoding that the XML names: save it as UTF-8."
        raise _Broken(line, message) from error


def _refused(error: DefusedXmlException) -> FileRefused:
    if isinstance(error, DTDForbidden) and str(error.name).lower() == "html":
        return is_html()
    return FileRefused(
        "xml_entities",
        "The XML declares a document type or entities, which are not read: leave out <!DOCTYPE …>.",
    )


def _check_root(name: str) -> None:
    if name.lower() == "html":
        raise is_html()
    if name in MAPS:
        raise FileRefused(
            "is_sitemap", "This is a sitemap and no feed: add its address under Feeds."
        )


def _words(error: ParseError) -> str:
    line, column = error.position
    reason = str(error).partition(":")[0]
    if reason in ("no element found", "unclosed token", "unclosed CDATA section"):
        return f"The XML breaks off in line {line}: it was not written or sent to its end."
    return f"Line {line}, sign {column + 1}: the XML cannot be read any further ({reason})."


def _split(tag: str) -> tuple[str, bool]:
    """A tag's name without its namespace, and whether that is Google's."""
    space, _, name = tag.rpartition("}")
    return name.rpartition(":")[2], space.strip("{") == GOOGLE
