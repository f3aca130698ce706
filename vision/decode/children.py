"""The processes that open photos, kept warm: one is started when all are busy, up to a few."""

import atexit
import os
import threading

from vision.decode.child import Child
from vision.decode.limits import Cost, Decoded, Limits
from vision.errors import DecoderStopped, ImageRejected

MOST = max(2, min(4, os.cpu_count() or 1))
"""Of one process. Two at least, so that a photo that takes its whole time stops no other."""


class Children:
    """Threads may share one; a forked process begins with none of its parent's."""

    def __init__(self, most: int = MOST, cost: Cost | None = None) -> None:
        self.cost = cost or Cost()
        self._most = most
        self._begin()
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.end)

    def decode(self, data: bytes, limits: Limits, max_side: int | None, alpha: bool) -> Decoded:
        """Raises ImageRejected, DecoderMissing."""
        with self._room:
            child = self._taken()
            try:
                decoded = child.decode(data, limits, self.cost, max_side, alpha)
            except DecoderStopped:
                self._all.discard(child)
                raise
            except ImageRejected:
                self._give_back(child)
                raise
            except BaseException:
                # What it was asked is still under way.
                self._end(child)
                raise
            self._give_back(child)
            return decoded

    def pids(self) -> list[int]:
        """Of those that run now."""
        return [child.pid for child in list(self._all)]

    def end(self) -> None:
        """End all of them; the next photo starts another."""
        for child in list(self._all):
            self._end(child)

    def _taken(self) -> Child:
        while self._free:
            child = self._free.pop()
            if child.fit:
                return child
            self._end(child)
        child = Child()
        self._all.add(child)
        return child

    def _give_back(self, child: Child) -> None:
        if child.fit:
            self._free.append(child)
        else:
            self._end(child)

    def _end(self, child: Child) -> None:
        self._all.discard(child)
        if child in self._free:
            self._free.remove(child)
        child.end()

    def _begin(self) -> None:
        self._room = threading.BoundedSemaphore(self._most)
        self._free: list[Child] = []
        self._all: set[Child] = set()

    def _forget(self) -> None:
        for child in self._all:
            child.let_go()
        self._begin()


POOL = Children()
