"""What tests of networks share: pictures that are easily told apart, and one thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from .patterns import Patterns, painted


@pytest.fixture(autouse=True, scope="session")
def _one_thread() -> Iterator[None]:
    """Several test processes share the cores, and threads that wait for one another wait long."""
    try:
        import torch
    except ModuleNotFoundError:
        yield
        return
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> Patterns:
    """Thirty pictures of three kinds."""
    return painted(tmp_path_factory.mktemp("patterns"), 30)


@pytest.fixture(scope="session")
def several(patterns: Patterns) -> NDArray[np.int64]:
    """Labels of which a picture may have several: its kind, and whether its number is even."""
    kinds = patterns.y[:, None] == np.array(["flat", "level", "upright"])
    return np.column_stack([kinds, np.arange(len(kinds)) % 2 == 0]).astype(np.int64)


@pytest.fixture
def broken(tmp_path: Path, patterns: Patterns) -> Path:
    """A picture that opens and cannot be decoded in full."""
    path = tmp_path / "broken.png"
    path.write_bytes(Path(patterns.X[0]).read_bytes()[:300])
    return path
