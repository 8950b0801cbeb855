"""A small museum by hand: five objects, one of them in copyright, one without a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from . import Faults, Museum

SIZE = (64, 48)
OBJECTS: list[dict[str, Any]] = [
    {
        "objectID": work,
        "isPublicDomain": work != 4,
        "isHighlight": work == 2,
        "primaryImage": "" if work == 5 else "there",
        "additionalImages": ["there", "there"] if work == 2 else [],
        "department": "European Paintings" if work < 4 else "The American Wing",
        "title": title,
        "culture": culture,
        "artistDisplayName": artist,
        "artistDisplayBio": "Dutch, 1853–1890" if artist else "",
        "medium": "Oil on canvas",
        "creditLine": "Purchase, 1993",
        "rightsAndReproduction": "",
        "metadataDate": f"202{work}-01-31T03:00:40.447Z",
        "tags": [{"term": "Trees", "AAT_URL": "", "Wikidata_URL": ""}] if work == 2 else None,
    }
    for work, title, culture, artist in (
        (1, "Irises", "", "Vincent van Gogh"),
        (2, "Wheat Field with Cypresses", "", "Vincent van Gogh"),
        (3, "Sunflowers", "Dutch", "Vincent van Gogh"),
        (4, "A Sunflower Quilt", "American", ""),
        (5, "An Armchair", "American", ""),
    )
]


@pytest.fixture
def images(tmp_path: Path) -> Path:
    for work in range(1, 5):
        noise = Image.effect_noise(SIZE, 40 + work).convert("RGB")
        noise.save(tmp_path / f"{work}.jpg", quality=90)
    return tmp_path


@pytest.fixture
def opened(images: Path) -> Iterator[Callable[..., Museum]]:
    """Opens museums of the objects above, with whatever faults are told."""
    with ExitStack() as stack:

        def made(faults: Faults | None = None, **options: Any) -> Museum:
            records = [dict(each) for each in OBJECTS]
            return stack.enter_context(Museum(records, images, faults, **options))

        yield made


@pytest.fixture
def museum(opened: Callable[..., Museum]) -> Museum:
    return opened()


@pytest.fixture
def web() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=10, trust_env=False) as client:
        yield client
