"""Whether this web server is about to end: known to all its processes at once."""

import mmap

# Made before the server forks: its processes share the page.
_page = mmap.mmap(-1, 1)


def begin() -> None:
    _page[0] = 1


def is_stopping() -> bool:
    return bool(_page[0])
