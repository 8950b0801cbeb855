"""What is well with a collection and this computer, and what to mend."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from cartellino.errors import CartellinoError
from cartellino.files import digest_of

if TYPE_CHECKING:
    from cartellino.collection import Collection

_ROOM_WANTED = 1 << 30  # bytes; below a gigabyte a long extraction may end in the middle


class Finding(NamedTuple):
    """One thing that was looked at."""

    well: bool
    sentence: str


def examine(museum: Collection) -> list[Finding]:
    """Look at the catalogue, the pictures, the features, the models and the disk."""
    return [*_catalogue(museum), *_pictures(museum), *_features(museum), *_models(museum), _disk(museum)]


def _catalogue(museum: Collection) -> Iterator[Finding]:
    connection = museum.catalogue.connection
    damage = [row[0] for row in connection.execute("PRAGMA quick_check(5)") if row[0] != "ok"]
    yield Finding(
        not damage,
        "The catalogue is sound." if not damage else f"The catalogue is damaged: {damage[0]}. Restore it.",
    )
    orphans = connection.execute("PRAGMA foreign_key_check").fetchone()
    yield Finding(
        orphans is None,
        "Every reference in the catalogue holds."
        if orphans is None
        else f"A reference is broken: {orphans}.",
    )
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    note = "" if mode == "wal" else " (a rollback journal: the folder may be on a network share)"
    yield Finding(True, f"The catalogue's journal is '{mode}'{note}.")


def _pictures(museum: Collection) -> Iterator[Finding]:
    missing = damaged = kept = 0
    for picture in museum.catalogue.pictures.all():
        kept += 1
        path = museum.pictures.path(picture)
        if not path.is_file():
            missing += 1
        elif not picture.changes and digest_of(path) != picture.digest:
            damaged += 1  # a picture kept as it came must still have the digest it came with
    sentence = f"{kept:,} pictures are kept"
    if missing or damaged:
        sentence += f", {missing:,} of them missing and {damaged:,} changed since; add their source again"
    yield Finding(not (missing or damaged), f"{sentence}.")


def _features(museum: Collection) -> Iterator[Finding]:
    try:
        with museum.feature_store() as store:
            yield Finding(True, f"{store.count():,} pictures have features of {museum.backbone.id}.")
    except CartellinoError as error:
        yield Finding(False, str(error))


def _models(museum: Collection) -> Iterator[Finding]:
    for model in museum.models():
        try:
            yield Finding(True, f"The model {model.name} can be used ({len(model.trained.classes)} classes).")
        except CartellinoError as error:
            yield Finding(False, str(error))


def _disk(museum: Collection) -> Finding:
    free = shutil.disk_usage(museum.folder).free
    return Finding(free >= _ROOM_WANTED, f"{free / 1e9:.1f} GB of the disk are free.")
