"""The gallery painted: every work, every photograph of it, the catalogue, and the merges that tidy it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from cartellino import files
from cartellino.acquire.gallery import camera, strays
from cartellino.acquire.gallery import catalogue as registrars
from cartellino.acquire.gallery.brush import Painted as Easel
from cartellino.acquire.gallery.plan import Planned, View, plan
from cartellino.acquire.gallery.schools import SCHOOLS
from cartellino.acquire.gallery.writing import written
from cartellino.progress import Progress, Silent

STYLE = 1  # raise it when the painters change, so that galleries painted before are painted anew
_RECORD = "gallery.json"
_THREADS = 2
_SHAPES = ((400, 400), (360, 450), (450, 350), (330, 470), (470, 330), (400, 440), (440, 400))
_SHOWN = {
    "detail": camera.detail,
    "raking light": camera.raking_light,
    "archive": camera.archive,
    "again": camera.again,
    "reverse": strays.reverse,
}


@dataclass(frozen=True, slots=True)
class Painted:
    """A painted gallery: its table, the folder of its photographs, its merge file, and how much there is."""

    table: Path
    photos: Path
    merges: Path
    works: int
    pictures: int


def paint(folder: Path, seed: int = 7, works: int = 360, progress: Progress | None = None) -> Painted:
    """Paint a gallery into `folder`, or leave it as it is if it is there already.

    Interrupted and started again, it ends with the same files: everything follows from the seed.

    Parameters
    ----------
    folder : Path
        Gets ``works.csv``, ``merges.csv`` and ``photos/``.
    seed : int
        Another seed paints another gallery.
    works : int
        How many.
    progress : Progress, optional
        Who is told.

    Raises
    ------
    StorageError
        If the folder cannot be written.
    """
    progress = progress or Silent()
    planned = plan(seed, works)
    photos = folder / "photos"
    names = sorted(view.file for work in planned for view in work.views if view.written != "missing")
    painted = Painted(folder / "works.csv", photos, folder / "merges.csv", works, len(names))
    record = json.dumps({"style": STYLE, "seed": seed, "works": works, "photos": names}, indent=1)
    if _is_complete(folder, record, painted, names):
        return painted
    _cleared(folder, names)
    progress.start("Painting the gallery", works, "works")
    with threadpool_limits(1), ThreadPoolExecutor(_THREADS) as pool:  # one painter a core, and no helpers
        tags = []
        for shown in pool.map(partial(_painted, photos, seed), planned):
            tags.append(shown)
            progress.advance()
    files.write_text(painted.merges, registrars.merges())
    catalogue = registrars.table(seed, zip(planned, tags, strict=True))
    files.write_bytes(painted.table, catalogue.encode("utf-8-sig"))  # as spreadsheets save it
    files.write_text(folder / _RECORD, record)
    progress.finish()
    return painted


def _is_complete(folder: Path, record: str, painted: Painted, names: list[str]) -> bool:
    told = folder / _RECORD
    if not told.is_file() or told.read_text(encoding="utf-8") != record:
        return False
    wanted = (painted.table, painted.merges, *(painted.photos / name for name in names))
    return all(path.is_file() for path in wanted)


def _cleared(folder: Path, names: list[str]) -> None:
    """Take away what another gallery left in the same folder; nobody else's files are touched."""
    told = folder / _RECORD
    if told.is_file():
        for name in set(json.loads(told.read_text(encoding="utf-8"))["photos"]) - set(names):
            (folder / "photos" / Path(name).name).unlink(missing_ok=True)
        told.unlink()


def _painted(photos: Path, seed: int, work: Planned) -> tuple[str, ...]:
    """Paint one work, write its photographs, and say what it shows."""
    easel = _easel(seed, work)
    for number, view in enumerate(work.views):
        data = _photograph(easel.image, view, np.random.default_rng([seed, 4, work.place, number]))
        if data is not None:
            files.write_bytes(photos / view.file, data)
    return easel.tags


def _easel(seed: int, work: Planned) -> Easel:
    rng = np.random.default_rng([seed, 3, work.seed])
    shape = _SHAPES[int(rng.integers(len(_SHAPES)))]
    size = _rounded(shape[0] * rng.uniform(0.88, 1.0)), _rounded(shape[1] * rng.uniform(0.88, 1.0))
    if not work.subject:
        return strays.paint(rng, size, work.artist.hand)
    easel = SCHOOLS[work.subject].paint(rng, size, work.artist.hand)
    if not work.manner:
        return easel
    return Easel(SCHOOLS[work.manner].manner(easel.image, rng), easel.tags)


def _rounded(side: float) -> int:
    """To whole dozens: sizes that come back let the painters use their tables again."""
    return round(side / 12) * 12


def _photograph(picture: Image.Image, view: View, rng: np.random.Generator) -> bytes | None:
    shown = _SHOWN[view.shows](picture, rng) if view.shows in _SHOWN else picture
    return written(camera.photographed(shown, rng), view.written, rng)
