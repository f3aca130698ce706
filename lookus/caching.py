"""Redis as a cache that may be away: what it kept is then unknown, and nobody waits for it."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

SECONDS = 1.0
"""So long an answer may take, and so long nothing is asked after none came."""


class PatientRedis(RedisCache):
    """Counts and copies only: without them rates are not held, and everything else goes on.

    The first of each second that fails is logged.
    """

    _away_until = 0.0  # of this process, for all its threads

    def get(self, *args: Any, **kwargs: Any) -> Any:
        default = args[1] if len(args) > 1 else kwargs.get("default")
        return self._asked(super().get, args, kwargs, default)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._asked(super().get_many, args, kwargs, {})

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._asked(super().has_key, args, kwargs, False))

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._asked(super().add, args, kwargs, True))

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._asked(super().set, args, kwargs, None)

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._asked(super().set_many, args, kwargs, [])

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._asked(super().touch, args, kwargs, False))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._asked(super().delete, args, kwargs, False))

    def incr(self, *args: Any, **kwargs: Any) -> int:
        """Raises ValueError, as for a name that is not there."""
        value = self._asked(super().incr, args, kwargs, None)
        if value is None:
            raise ValueError("the cache is away")
        return int(value)

    def _asked(
        self, ask: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], without: Any
    ) -> Any:
        if time.monotonic() < PatientRedis._away_until:
            return without
        try:
            return ask(*args, **kwargs)
        except RedisError as error:
            PatientRedis._away_until = time.monotonic() + SECONDS
            log.warning("the cache is away: %s", error)
            return without

    def ping(self) -> None:
        """Raises redis.exceptions.RedisError where it does not answer now."""
        self._cache.get_client(None).ping()  # type: ignore[attr-defined]
