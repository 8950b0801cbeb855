"""Small real collections for the desk's tests: works, pictures, features, label sets and a queue."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from cartellino import collection
from cartellino.catalogue import Catalogue
from cartellino.progress import Silent
from cartellino.records import Column, Picture, Suggestion, Trim, Work

HOSTILE = "<script>alert('signed')</script><img src=x onerror=alert(1)> & \"quotes\""
LONG = "A view of the harbour with many ships " * 8
FIELDS = (
    "id",
    "Title",
    "Artist",
    "Artist Dates",
    "Date",
    "Medium",
    "Culture",
    "Credit Line",
    "Notes",
    "Subjects",
)


@dataclass(frozen=True)
class Piece:
    """One work to hang: its id, its culture ('' puts it in the backlog), and its pictures' sizes."""

    id: str
    title: str = "Vase"
    culture: str = ""
    sizes: tuple[tuple[int, int], ...] = ((300, 200),)
    artist: str = "Unknown maker"
    subjects: str = ""


CATALOGUED = tuple(
    Piece(f"c{number}", f"Catalogued {number}", culture, subjects=subject)
    for number, (culture, subject) in enumerate(
        [
            ("Chinese", "Trees"),
            ("Japanese", "Men"),
            ("Korean", "Trees"),
            ("Dutch", "Men"),
            ("Íslensk", "Boats"),
        ]
        * 3
    )
)
BACKLOG = (
    Piece("b/1", "Bowl with lotus"),
    Piece("b2", HOSTILE),
    Piece("b3", "Handscroll", sizes=((1600, 80),)),
    Piece("b4", "Views of a jar", sizes=((300, 200), (200, 300), (240, 240))),
    Piece("b5", "", artist=""),
    Piece("b6", LONG),
    Piece("b7", "Miniature", sizes=((60, 50),)),
    Piece("b8", "Hanging scroll", sizes=((80, 1600),)),
)
SUGGESTED = (("Chinese", 0.62), ("Japanese", 0.24), ("Korean", 0.09), ("Dutch", 0.05))


def paint(seed: str, size: tuple[int, int]) -> bytes:
    """A picture that no other seed gives."""
    colour = hashlib.sha256(seed.encode()).digest()
    image = Image.new("RGB", size, tuple(colour[:3]))
    draw = ImageDraw.Draw(image)
    for step in range(0, max(size), 40):
        draw.line((step, 0, size[0] - step, size[1]), fill=tuple(colour[3:6]), width=6)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=80)
    return written.getvalue()


def keep(folder: Path, catalogue: Catalogue, work: int, pictures: Sequence[bytes]) -> None:
    """Keep `pictures` as those of a work."""
    catalogue.pictures.want(work, [f"{work}-{place}.jpg" for place in range(len(pictures))])
    wanted = [each for each in catalogue.pictures.wanted(1_000_000) if each.work == work]
    for each, data in zip(wanted, pictures, strict=True):
        digest = hashlib.sha256(data).hexdigest()
        file = f"{digest[:2]}/{digest[2:]}.jpg"
        path = folder / "pictures" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        with Image.open(path) as image:
            width, height = image.size
        looks = int.from_bytes(bytes.fromhex(digest)[:8], signed=True)  # no two alike
        kept = Picture(digest, file, width, height, Trim(0, 0, width, height), looks, "JPEG")
        catalogue.pictures.keep(each.id, kept, "stamp")


def hang(folder: Path, pieces: Iterable[Piece] = (*CATALOGUED, *BACKLOG)) -> Path:
    """Make a collection in `folder` that holds `pieces` and nothing that was learnt from them."""
    pieces = list(pieces)
    with collection.create(folder, "Museum of Tests") as museum:
        catalogue = museum.catalogue
        roles = {"id": "id", "Title": "title"}
        columns = [Column(field, field.lower().replace(" ", "_"), roles.get(field, "")) for field in FIELDS]
        source = catalogue.works.source("works", "table", "works.csv", columns, {"separator": "|"})
        works = [_work(line, piece) for line, piece in enumerate(pieces, 2)]
        catalogue.works.write(source, works, progress=Silent())
        for piece in pieces:
            painted = [paint(f"{piece.id}{place}", size) for place, size in enumerate(piece.sizes)]
            keep(folder, catalogue, catalogue.works.key(piece.id), painted)
    return folder


def learn(
    folder: Path,
    name: str = "culture",
    *,
    kind: str = "single",
    suggested: Sequence[tuple[str, float]] = SUGGESTED,
    sensitive: Sequence[str] = (),
    blind: bool = False,
    triaged: bool = True,
) -> None:
    """Freeze a label set, and, if `triaged`, predict and queue the backlog in the order of BACKLOG."""
    with collection.open(folder) as museum:
        catalogue = museum.catalogue
        label_set = _freeze(catalogue, name, kind, sensitive)
        if not triaged:
            return
        backlog = [catalogue.works.key(piece.id) for piece in BACKLOG]
        if blind:
            catalogue.journal.set_queue(label_set, [(work, None, True) for work in backlog])
            return
        model = catalogue.models.save(f"{name}-1", label_set, "linear", "lite2:all", {})
        run = catalogue.journal.run(model)
        said = [Suggestion(*pair) for pair in suggested]
        catalogue.journal.predict(run, [(work, said) for work in backlog])
        catalogue.journal.promise(run, {"sentence": "Of the works filed, at most 5 % are wrong."})
        catalogue.journal.set_queue(label_set, [(work, run, False) for work in backlog])


def _freeze(catalogue: Catalogue, name: str, kind: str, sensitive: Sequence[str]) -> int:
    column = FIELDS.index("Culture" if name == "culture" else "Subjects")
    field = FIELDS[column].lower()
    given = {piece.id: (piece.culture if field == "culture" else piece.subjects) for piece in CATALOGUED}
    classes = sorted(set(given.values()))
    members = [
        (catalogue.works.key(work), "train", place, (classes.index(label),))
        for place, (work, label) in enumerate(given.items())
    ]
    definition = f'name = "{name}"\nfield = "{field}"\nkind = "{kind}"\n'
    labels = [(label, label in sensitive) for label in classes]
    return catalogue.labels.save(name, kind, definition, f"hash of {name}", labels, members).id


def _work(line: int, piece: Piece) -> Work:
    cells = (
        piece.id, piece.title, piece.artist, "active 1600–1650", "ca. 1640", "Porcelain", piece.culture,
        "Gift of a friend, 1950", "A note | and another", piece.subjects,
    )  # fmt: skip
    return Work(piece.id, line, cells, title=piece.title)


def feature(folder: Path) -> None:
    """Give every picture a vector: those of one culture lie together, the whole backlog near 'Chinese'."""
    cultures = sorted({piece.culture for piece in CATALOGUED})
    with collection.open(folder) as opened, opened.feature_store() as store:
        shuffled = np.random.default_rng(7)
        for piece in (*CATALOGUED, *BACKLOG):
            work = opened.catalogue.works.key(piece.id)
            for picture in opened.catalogue.pictures.of(work):
                vector = shuffled.normal(0, 0.01, (1, store.width)).astype(np.float32)
                vector[0, cultures.index(piece.culture or "Chinese")] += 10
                store.append([picture.digest], vector)
