"""Pictures with large and small shapes, their copies, and collections of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from cartellino.catalogue import Catalogue
from cartellino.pictures.keeping import keep_wanted
from cartellino.pictures.sketch import Sketch, sketched
from cartellino.pictures.store import PictureStore
from cartellino.progress import Silent
from cartellino.records import Column, Work
from cartellino.settings import PictureSettings


def painting(seed: int, *, detail: int | None = None, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Large shapes by `seed`, small ones by `detail`."""
    large = _cloud(seed, 6, size)
    small = _cloud(1000 + (seed if detail is None else detail), 48, size)
    levels = np.clip(128 + 0.75 * (large - 128) + 0.35 * (small - 128), 0, 255)
    return Image.fromarray(levels.astype(np.uint8)).convert("RGB")


def _cloud(seed: int, across: int, size: tuple[int, int]) -> np.ndarray:
    levels = np.random.default_rng(seed).integers(0, 256, (across, across)).astype(np.uint8)
    return np.asarray(Image.fromarray(levels).resize(size, Image.Resampling.BICUBIC), np.float32)


def cropped(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    width, height = image.size
    return image.crop(
        (round(left * width), round(top * height), round((1 - right) * width), round((1 - bottom) * height))
    )


def framed(image: Image.Image, share: float, colour: str) -> Image.Image:
    across, down = round(share * image.width), round(share * image.height)
    canvas = Image.new("RGB", (image.width + 2 * across, image.height + 2 * down), colour)
    canvas.paste(image, (across, down))
    return canvas


def small(image: Image.Image) -> Image.Image:
    return image.resize((image.width // 4, image.height // 4), Image.Resampling.LANCZOS)


def poor(image: Image.Image, quality: int = 30) -> Image.Image:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return Image.open(stream).convert("RGB")


COPIES = {
    "the same": lambda image: image,
    "cropped": lambda image: cropped(image, 0.05, 0.0, 0.03, 0.05),
    "cropped on every side": lambda image: cropped(image, 0.05, 0.05, 0.05, 0.05),
    "framed": lambda image: framed(image, 0.1, "#a33"),
    "framed in black": lambda image: framed(image, 0.05, "black"),
    "poor": poor,
    "small": small,
    "all of it": lambda image: poor(small(framed(cropped(image, 0.0, 0.04, 0.04, 0.0), 0.06, "#888"))),
}


def measured(image: Image.Image, folder: Path) -> Sketch:
    store = PictureStore(folder, PictureSettings())
    stream = io.BytesIO()
    image.save(stream, "PNG")
    kept = store.add(stream.getvalue())
    return sketched(store.path(kept), kept)


def hung(
    catalogue: Catalogue, folder: Path, pictures: Sequence[tuple[str, Image.Image]], name: str = "works"
) -> tuple[PictureStore, dict[str, int]]:
    """Works with one picture each, kept; their store and keys."""
    columns = (Column("ID", "id", "id"), Column("Kind", "kind", ""))
    source = catalogue.works.source(name, "table", f"{name}.csv", columns, {})
    works = []
    for line, (work, image) in enumerate(pictures, 2):
        image.save(folder / f"{work}.png")
        works.append(Work(work, line, (work, "ab"[line % 2]), pictures=(f"{work}.png",)))
    catalogue.works.write(source, works, progress=Silent())
    store = PictureStore(folder / "pictures", PictureSettings())
    keep_wanted(catalogue, store, folder)
    return store, {work: catalogue.works.key(work) for work, _ in pictures}
