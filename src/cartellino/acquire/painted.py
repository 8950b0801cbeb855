"""Works of the gallery that Cartellino paints itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar

from cartellino import __version__
from cartellino.acquire.table import TableSource
from cartellino.files import write_text
from cartellino.progress import Progress, Silent

_PAINTED = "painted.json"  # written last: what has been painted to the end


class GallerySource(TableSource):
    """A painted gallery: made if it is not there yet, then read like any museum's table.

    Parameters
    ----------
    path : Path
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
        self, path: Path, seed: int = 7, works: int = 360, *, progress: Progress | None = None
    ) -> None:
        wanted = json.dumps({"seed": seed, "works": works, "version": __version__})
        done = path / _PAINTED
        if not done.is_file() or done.read_text(encoding="utf-8") != wanted:
            from cartellino.acquire.gallery import paint

            paint(path, seed, works, progress or Silent())
            write_text(done, wanted)
        super().__init__(path / "works.csv", path / "photos", name="gallery")
