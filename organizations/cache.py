"""A cache that may be away: pages keep working, rate limits fall back to the database."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis, answering "not found" instead of failing when it cannot be reached."""

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """The value, or the default when absent or out of reach."""
        try:
            return super().get(key, default, version)
        except RedisError:
            return self._away(default)

    def set(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> None:
        """Keep the value if Redis can be reached."""
        try:
            super().set(key, value, timeout, version)
        except RedisError:
            self._away(None)

    def add(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> bool:
        """Keep the value unless one is there; True also when Redis cannot be reached."""
        try:
            return bool(super().add(key, value, timeout, version))
        except RedisError:
            return bool(self._away(True))

    def delete(self, key: Any, version: Any = None) -> bool:
        """Forget the value if Redis can be reached."""
        try:
            return bool(super().delete(key, version))
        except RedisError:
            return bool(self._away(False))

    def _away(self, answer: Any) -> Any:
        logger.warning("cache out of reach")
        return answer
