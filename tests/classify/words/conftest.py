"""A gallery painted once for all tests of visual words, and what was found in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from classify.words.gallery import painted

pytest.importorskip("cv2", reason="the [classical] extra is not installed: no OpenCV")


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """Files and schools of 48 pictures."""
    return painted(tmp_path_factory.mktemp("words") / "photos", 48)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where descriptors are kept from test to test."""
    return tmp_path_factory.mktemp("words") / "found"
