"""Texts that came as HTML, as people read them."""

import re
from html.parser import HTMLParser

_TAG = re.compile(r"<[a-zA-Z!/][^>]*>|&[a-zA-Z#]\w+;")
_BLOCKS = {
    *("p", "div", "br", "li", "ul", "ol", "tr", "td", "table", "section", "article", "hr", "dd"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dt", "dl", "center"),
}
_UNSEEN = {"script", "style", "template", "noscript", "iframe"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data)


def plain_text(text: str) -> str:
    """The words of a text that may be HTML, one paragraph a line; plain text stays as it is."""
    if not _TAG.search(text):
        return text
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)
