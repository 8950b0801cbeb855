from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.classify.heads.linear import parallel


@given(st.integers(1, 20_000))
def test_shards_and_blocks_cover_every_row_once(n: int) -> None:
    rows = np.zeros(n, int)
    for shard in parallel.shards(n):
        for block in parallel.blocks(shard):
            rows[block] += 1
    assert (rows == 1).all()


def test_answers_come_in_order_from_several_threads() -> None:
    seen, meet = set(), threading.Barrier(2, timeout=20)

    def work(rows: slice) -> int:
        seen.add(threading.get_ident())
        if rows.start < 2:
            meet.wait()
        return rows.start

    with parallel.cores():
        pool = parallel._pool.get()
        if pool is None or pool._max_workers < 2:
            pytest.skip("one core only")
        assert list(parallel.in_parallel(work, [slice(at, at + 1) for at in range(6)])) == list(range(6))
    assert len(seen) > 1


def test_outside_of_it_work_goes_on_in_this_thread() -> None:
    seen = list(parallel.in_parallel(lambda _: threading.get_ident(), [slice(0, 1), slice(1, 2)]))
    assert set(seen) == {threading.get_ident()}


def test_one_thread_of_linear_algebra_inside_and_as_before_outside() -> None:
    from threadpoolctl import threadpool_info

    def threads() -> list[int]:
        return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]

    before = threads()
    with parallel.cores():
        assert set(threads()) <= {1}
    assert threads() == before
