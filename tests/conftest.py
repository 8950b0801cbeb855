"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None)  # CI must not depend on luck
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of real pictures and records, or a skip that says so."""
    told = os.environ.get("CARTELLINO_DATA")
    folder = Path(told) if told else Path(__file__).resolve().parents[2] / "shared" / "data"
    if not (folder / "met" / "objects.jsonl.gz").exists():
        pytest.skip(f"no real data at {folder}; set CARTELLINO_DATA to its folder")
    return folder
