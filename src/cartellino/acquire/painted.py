"""Works of the gallery that Cartellino paints itself."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from cartellino.acquire.tables.table import TableSource
from cartellino.progress import Progress


class GallerySource(TableSource):
    """A painted gallery: made if it is not there yet, then read like any museum's table.

    Parameters
    ----------
    path : Path or str
        Folder of the gallery.
    seed : int
        Another seed paints another gallery.
    works : int
        How many works to paint.
    progress : Progress, optional
        Who is told while it is painted.
    """

    kind: ClassVar[str] = "gallery"

    def __init__(
        self, path: Path | str, seed: int = 7, works: int = 360, *, progress: Progress | None = None
    ) -> None:
        from cartellino.acquire.gallery import paint

        painted = paint(Path(path), seed, works, progress)
        super().__init__(painted.table, painted.photos, name="gallery")
