"""Limits how often something may happen, by the token bucket method.

A bucket holds a number of tokens. Each call takes one token out of the bucket, and tokens
come back at a constant rate, but never more than the bucket can hold. This allows short
bursts, while the average rate over a longer period of time stays below the limit.

Example:

    limiter = TokenBucket(rate=5.0, capacity=10)
    if not limiter.try_acquire():
        raise TooManyRequests(retry_after=limiter.seconds_until(1))
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class TokenBucket:
    """A bucket of tokens that fills up at a constant rate.

    The bucket is safe to use from several threads at the same time. It does not start a
    thread of its own: the number of tokens is computed from the time that has passed since
    it was last asked.

    Args:
        rate: The number of tokens that come back per second. Must be greater than 0.
        capacity: The largest number of tokens that the bucket can hold.
        clock: A function that returns the current time in seconds. It must never go
            backwards, which is why the default is `time.monotonic` and not `time.time`.

    Raises:
        ValueError: If the rate or the capacity is not greater than 0.
    """

    def __init__(
        self,
        rate: float,
        capacity: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if rate <= 0 or capacity <= 0:
            raise ValueError(f"rate and capacity must be positive, not {rate} and {capacity}")
        self._rate = rate
        self._capacity = float(capacity)
        self._clock = clock
        self._lock = threading.Lock()
        # A new bucket is full, so that the first burst does not have to wait.
        self._tokens = self._capacity
        self._updated = clock()

    def try_acquire(self, tokens: int = 1) -> bool:
        """Takes tokens out of the bucket, if there are enough of them.

        Args:
            tokens: The number of tokens to take.

        Returns:
            True if the tokens were taken, and False if there were not enough. In the second
            case nothing is taken, so that a large request does not starve the small ones.
        """
        with self._lock:
            # First of all, bring the number of tokens up to date.
            self._refill()
            if self._tokens < tokens:
                return False
            self._tokens -= tokens
            return True

    def seconds_until(self, tokens: int) -> float:
        """Returns the number of seconds until so many tokens are there.

        Returns:
            0.0 if they are there already, and infinity if the bucket can never hold so many.
        """
        with self._lock:
            self._refill()
            if tokens > self._capacity:
                return float("inf")
            return max(0.0, (tokens - self._tokens) / self._rate)

    def _refill(self) -> None:
        # This method must only be called while the lock is held.
        now = self._clock()
        elapsed = now - self._updated
        # Add what has come back since the last call, but never more than fits in.
        self._tokens = min(self._capacity, self._tokens + elapsed * self._rate)
        self._updated = now
