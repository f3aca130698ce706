"""The bytes of an XML file as its parser can read them."""

import codecs
import re
from collections.abc import Iterator
from typing import IO, Any

from catalog.imports.errors import FileRefused

BLOCK_BYTES = 64 * 1024
HEAD_BYTES = 512
# The parser itself reads only these; others are read by us and given to it as UTF-8.
_OWN = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "utf-16", "utf-16le", "utf-16be"}
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
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


def _recoded(pieces: Iterator[bytes], decoder: Any) -> Iterator[bytes]:
    for piece in pieces:
        yield decoder.decode(piece).encode()
    yield decoder.decode(b"", True).encode()


def _stripped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    begun = False
    for piece in pieces:
        rest = piece if begun else piece.lstrip(b" \t\r\n")
        begun = begun or bool(rest)
        if rest:
            yield rest
