"""The graph: its plan, its padding, and what it does with weights of something else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.errors import FeatureError
from cartellino.features.efficientnet import graph
from cartellino.features.efficientnet.writer import same_padding


def test_lite2_is_b0_scaled() -> None:
    plan = graph.scaled(width=1.1, depth=1.2, size=260)
    assert [stage.channels for stage in plan.stages] == [16, 24, 48, 88, 120, 208, 352]
    assert [stage.repeats for stage in plan.stages] == [1, 3, 3, 4, 4, 5, 1]
    assert sum(graph.channels(plan).values()) == 2136


@given(st.integers(1, 600), st.sampled_from([1, 3, 5]), st.sampled_from([1, 2]))
def test_same_padding_gives_the_size_over_the_stride_rounded_up(size: int, kernel: int, stride: int) -> None:
    top, left, bottom, right = same_padding(size, kernel, stride)
    assert (top, bottom) == (left, right)
    assert bottom - top in (0, 1)
    if size + top + bottom >= kernel:
        assert (size + top + bottom - kernel) // stride + 1 == -(-size // stride)


def test_weights_of_another_network_are_refused() -> None:
    plan = graph.scaled(width=1.0, depth=1.0, size=64)
    with pytest.raises(FeatureError, match="another network"):
        graph.build({"weight": np.zeros(3, np.float32)}, plan, ["head"])
