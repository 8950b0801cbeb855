"""A museum of two rooms whose pictures give the room away: blades before white, paintings that are dark."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from PIL import Image

from cartellino import collection
from cartellino.acquire.tables.table import TableSource

HOSTILE = "<img src=x onerror=alert(1)> of a title that goes on and on and on"
COLUMNS = ("id", "title", "artist", "date", "room", "tags", "file")


def build(folder: Path, of_each: int = 24) -> Path:
    """Make the collection in `folder`; every blade is tall, every painting wide."""
    pictures = folder / "in"
    pictures.mkdir(parents=True)
    random = np.random.default_rng(5)
    with (folder / "works.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(COLUMNS)
        for number in range(2 * of_each):
            blade = number % 2 == 0
            _paint(random, blade).save(pictures / f"{number}.png")
            date = "" if number == 0 else "late 17th century" if blade else f"18{number % 90 + 10}"
            tags = "Steel|Light" if blade else "Oil|Dark|Men" if number % 3 else "Oil"
            title = HOSTILE if number == 1 else f"Work {number}"
            room = "Arms" if blade else "Paintings"
            table.writerow([f"w{number}", title, f"Maker {number % 5}", date, room, tags, f"{number}.png"])
    with collection.create(folder / "museum") as museum:
        museum.add(TableSource(folder / "works.csv", pictures))
        museum.labels.define("room", field="room", duplicates=False)
        museum.labels.define("tags", field="tags", kind="multi", duplicates=False)
    return folder / "museum"


def _paint(random: np.random.Generator, blade: bool) -> Image.Image:
    wide, high = (48, 90) if blade else (90, 60)
    if blade:
        pixels = random.integers(236, 250, (high, wide, 3), dtype=np.uint8)
        left, top = random.integers(12, 20), random.integers(8, 16)
        pixels[top : top + 60, left : left + 10] = random.integers(60, 160, (60, 10, 3))
    else:
        pixels = random.integers(5, 70, (high, wide, 3), dtype=np.uint8)
        pixels[20:40, 30:60] = random.integers(80, 200, (20, 30, 3))
    return Image.fromarray(pixels.astype(np.uint8))
