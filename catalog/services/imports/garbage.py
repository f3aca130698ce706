"""Long work that makes many objects, in a process that holds half a million others."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_apart() -> Iterator[None]:
    """Garbage is sought only among what the block makes, not among all that was there before.

    Python goes through every object of the process again and again while a file's rows become
    objects: a third of an import's time, and nothing of Django's code was ever garbage.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
