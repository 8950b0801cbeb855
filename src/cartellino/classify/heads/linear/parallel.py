"""Rows shared out among the processor's cores, always cut in the same places."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import pairwise
from typing import TypeVar

Answer = TypeVar("Answer")

# The cuts do not depend on the number of cores, so that sums add up in the same order everywhere.
_SHARDS = 8
# A block stays in the processor's cache between the two products that need it.
_BLOCK = 512

_pool: ContextVar[ThreadPoolExecutor | None] = ContextVar("pool", default=None)


@contextmanager
def cores() -> Iterator[None]:
    """Let `in_parallel` use every core, one thread of linear algebra on each.

    A library that splits each small product among threads of its own waits for the slowest of them
    thousands of times a second; threads that meet once a pass do not mind neighbours.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1), ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        token = _pool.set(pool)
        try:
            yield
        finally:
            _pool.reset(token)


def in_parallel(work: Callable[[slice], Answer], rows: Sequence[slice]) -> Iterator[Answer]:
    """Answers of `work` for each slice, in order."""
    pool = _pool.get()
    return map(work, rows) if pool is None or len(rows) < 2 else pool.map(work, rows)


def shards(n: int) -> list[slice]:
    """Cut n rows into a few equal slices; a handful of rows stays together."""
    many = _SHARDS if n >= _SHARDS * _BLOCK // 2 else 1
    cuts = [n * place // many for place in range(many + 1)]
    return [slice(*pair) for pair in pairwise(cuts)]


def blocks(rows: slice) -> list[slice]:
    """Cut a slice into blocks small enough for the cache."""
    return [slice(at, min(at + _BLOCK, rows.stop)) for at in range(rows.start, rows.stop, _BLOCK)]
