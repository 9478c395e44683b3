"""A cache that may be away: pages keep working, and limits on wrong passwords go on counting."""

import logging
import time
from typing import Any, ClassVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis or, while it cannot be reached, this process's own memory: each process then counts by itself."""

    RETRY_AFTER_SECONDS = 5.0  # else each request would wait for a time-out again
    away_until: ClassVar[float] = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._spare = LocMemCache("while-redis-is-away", params)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """The value, or the default when absent."""
        return self._ask("get", key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> None:
        """Keep the value."""
        self._ask("set", key, value, timeout, version)

    def add(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> bool:
        """Keep the value unless one is there; whether it was kept."""
        return bool(self._ask("add", key, value, timeout, version))

    def delete(self, key: Any, version: Any = None) -> bool:
        """Forget the value; whether there was one."""
        return bool(self._ask("delete", key, version))

    def _ask(self, method: str, *args: Any) -> Any:
        if time.monotonic() >= ForgivingRedisCache.away_until:
            try:
                return getattr(super(), method)(*args)
            except RedisError:
                ForgivingRedisCache.away_until = time.monotonic() + self.RETRY_AFTER_SECONDS
                logger.warning("cache out of reach")
        return getattr(self._spare, method)(*args)
