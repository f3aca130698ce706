"""The bytes of an XML file as its parser can read them."""

import codecs
import re
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any

from catalog.imports.errors import FileRefused

BLOCK_BYTES = 64 * 1024
HEAD_BYTES = 512
# The parser itself reads only these; others are read by us and given to it as UTF-8.
_OWN = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "utf-16", "utf-16le", "utf-16be"}
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_PAGES = (b"<!doctype html", b"<html")
_KOREAN = (
    "euc-kr",
    "ks_c_5601-1987",
    "ks_c_5601",
    "ksc5601",
    "ms949",
    "windows-949",
    "x-windows-949",
)


def utf8_blocks(file: IO[bytes]) -> tuple[bool, Iterator[bytes]]:
    """The file in pieces; true where they were put into UTF-8 for the parser."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if not head.strip():
        raise FileRefused("empty", "The file is empty.")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES):
        # What no XML parser would get through to find it out.
        raise is_html()
    file.seek(0)
    found = _DECLARED.match(head)
    declared = found[1].decode("ascii").lower() if found else "utf-8"
    pieces = iter(lambda: file.read(BLOCK_BYTES), b"")
    # Blank lines before the declaration, which XML does not allow, do no harm.
    if declared in _OWN:
        return False, _stripped(pieces)
    name = "cp949" if declared in _KOREAN else declared
    try:
        decoder = codecs.getincrementaldecoder(name)()
    except LookupError:
        raise FileRefused(
            "wrong_encoding", f"The XML names an encoding that nobody knows: {declared}."
        ) from None
    return True, _stripped(_recoded(pieces, decoder))


def is_html() -> FileRefused:
    """The refusal of a page in the place of a feed."""
    return FileRefused(
        "is_html",
        "This is a web page (HTML) and no feed: perhaps a login page, or one that says that there"
        " is nothing here. Open the address in a private window to see it.",
    )


def _recoded(pieces: Iterator[bytes], decoder: Any) -> Iterator[bytes]:
    for piece in chain(pieces, (b"",)):
        try:
            text = decoder.decode(piece, not piece)
        except UnicodeDecodeError as error:
            # What stands before the fault is good, and its lines are counted.
            yield error.object[: error.start].decode(error.encoding).encode()
            raise
        yield text.encode()


def _stripped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    begun = False
    for piece in pieces:
        rest = piece if begun else piece.lstrip(b" \t\r\n")
        begun = begun or bool(rest)
        if rest:
            yield rest
