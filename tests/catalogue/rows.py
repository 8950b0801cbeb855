"""Small tables of works for these tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cartellino.catalogue import Catalogue
from cartellino.catalogue.writing import Written
from cartellino.progress import Silent
from cartellino.records import Column, Decision, DecisionKind, Picture, Rejected, Trim, Work

ROLES = {"id": "id", "number": "accession", "title": "title", "file": "picture"}


def work(line: int, cells: Mapping[str, str | None], separator: str = "|") -> Work:
    """A row as a table source would yield it; '|' cuts its cells and 'file' names its pictures."""
    several = tuple(
        (place, tuple(part.strip() for part in cell.split(separator)))
        for place, (name, cell) in enumerate(cells.items())
        if cell and name not in ("id", "number", "title") and separator in cell
    )
    pictures = tuple(filter(None, (cells.get("file") or "").split(separator)))
    return Work(
        cells.get("id") or "",
        line,
        tuple(cells.values()),
        cells.get("number") or "",
        cells.get("title") or "",
        several,
        pictures,
    )


def begin(catalogue: Catalogue, names: Sequence[str], name: str = "works", **format_: object) -> int:
    columns = [Column(each, each, ROLES.get(each, "")) for each in names]
    return catalogue.works.source(name, "table", f"{name}.csv", columns, {"separator": "|", **format_})


def add(
    catalogue: Catalogue,
    rows: Sequence[Mapping[str, str | None] | Rejected],
    name: str = "works",
    names: Sequence[str] = (),
    **format_: object,
) -> Written:
    """Read `rows` (dicts of cells in the order of columns) as source `name`, from line 2 on."""
    first = next((row for row in rows if not isinstance(row, Rejected)), {})
    key = begin(catalogue, names or list(first), name, **format_)
    works = [row if isinstance(row, Rejected) else work(line, row) for line, row in enumerate(rows, 2)]
    return catalogue.works.write(key, works, progress=Silent())


def picture(name: str, fingerprint: int = 0) -> Picture:
    return Picture(
        name, f"{name[:2]}/{name[2:]}.jpg", 40, 30, Trim(1, 2, 39, 28), fingerprint, "JPEG", ("turned",)
    )


def keep_all(catalogue: Catalogue) -> None:
    """Keep every picture that is wanted, each as a picture of its own."""
    for wanted in catalogue.pictures.wanted(1_000):
        catalogue.pictures.keep(wanted.id, picture(f"digest-{wanted.address}"), "stamp")


def label_set(catalogue: Catalogue, name: str = "culture", works: Sequence[int] = (), salt: str = "") -> int:
    """A label set of two labels over `works`, a new version for each `salt`."""
    members = [(key, "train", key, (place % 2,)) for place, key in enumerate(works)]
    classes = [("French", False), ("Men", True)]
    return catalogue.labels.save(name, "single", f"name = '{name}'", f"hash{salt}", classes, members).id


def model(catalogue: Catalogue, labels: int, name: str = "first") -> int:
    return catalogue.models.save(name, labels, "linear", "lite2:all", {"seed": 7})


def decision(
    work: int, labels: int, kind: str, *names: str, by: str = "rule", model: int | None = None
) -> Decision:
    return Decision(work, labels, DecisionKind(kind), names, "because", 0.9, model, by)
