"""A small collection with pictures kept, as the intake leaves it."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from cartellino.catalogue import Catalogue
from cartellino.pictures.store import PictureStore
from cartellino.progress import Silent
from cartellino.records import Column, Picture, Work
from cartellino.settings import PictureSettings


def opened(folder: Path) -> tuple[Catalogue, PictureStore]:
    """The catalogue and the pictures of a collection."""
    catalogue = Catalogue.open(folder / "catalogue.sqlite", create=True)
    return catalogue, PictureStore(folder / "pictures", PictureSettings())


def hang(catalogue: Catalogue, store: PictureStore, count: int) -> list[Picture]:
    """Add `count` works with a picture each, of colours of their own, and give the pictures."""
    source = catalogue.works.source("hung", "folder", "hung", [Column("id", "id", "id")], {})
    works = [Work(str(n), n, (str(n),), pictures=(f"{n}.png",)) for n in range(1, count + 1)]
    catalogue.works.write(source, works, progress=Silent())
    kept = []
    for wanted in catalogue.pictures.wanted(limit=count):
        kept.append(store.add(painted(wanted.work)))
        catalogue.pictures.keep(wanted.id, kept[-1], "")
    return kept


def painted(seed: int) -> bytes:
    """A PNG of 12 × 9 pixels of noise."""
    pixels = np.random.default_rng(seed).integers(0, 256, (9, 12, 3), dtype=np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()
