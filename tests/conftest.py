"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).resolve().parent

settings.register_profile("fixed", derandomize=True, deadline=None)  # CI must not depend on luck
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole jobs first: they take minutes, and whatever is short fills the other core meanwhile."""
    items.sort(key=lambda item: item.path.parent != HERE)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of real pictures and records, or a skip that says so."""
    told = os.environ.get("CARTELLINO_DATA")
    folder = Path(told) if told else Path(__file__).resolve().parents[2] / "shared" / "data"
    if not (folder / "met" / "objects.jsonl.gz").exists():
        pytest.skip(f"no real data at {folder}; set CARTELLINO_DATA to its folder")
    return folder
