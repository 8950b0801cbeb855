"""Copies a collection into one file and back, while others may be working on it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from cartellino import files
from cartellino.catalogue import archive, troubles
from cartellino.catalogue.catalogue import Catalogue
from cartellino.catalogue.clock import now
from cartellino.catalogue.probe import connect
from cartellino.errors import InputError
from cartellino.progress import Progress
from cartellino.settings import FILE as SETTINGS
from cartellino.version import VERSION

CATALOGUE = "catalogue.sqlite"
_FOLDERS = ("pictures", "models", "labels", "reports", "searches")
_FEATURES = "features"  # large, and made again from the pictures by one command


def backup(folder: Path, to: Path, progress: Progress, *, features: bool = False) -> Path:
    """Copy the collection in `folder` into the file `to`, written whole.

    The catalogue is copied first, as it was at one moment; pictures and models are never changed once the
    catalogue names them, so the copies that follow hold all that it names.

    Parameters
    ----------
    folder : Path
        The collection's folder.
    to : Path
        The .zip to write.
    progress : Progress
        Told of each file.
    features : bool
        Whether to copy the features too, which can be made again.

    Returns
    -------
    Path
        `to`.

    Raises
    ------
    CollectionError
        If there is no collection in `folder`.
    StorageError
        If the disk is full or cannot be written.
    """
    folder, to = Path(folder), Path(to)
    Catalogue.open(folder / CATALOGUE).close()  # says in words what is wrong with it
    with (
        files.whole(to) as stream,
        tempfile.TemporaryDirectory(prefix=".cartellino-", dir=to.parent) as scratch,
    ):
        snapshot = Path(scratch) / CATALOGUE
        _snapshot(folder / CATALOGUE, snapshot)
        copied = list(_copied(folder, (*_FOLDERS, _FEATURES) if features else _FOLDERS, to))
        progress.start("Backing up", len(copied) + 1, "files")
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as target:
            entries = [archive.store(target, snapshot, CATALOGUE)]
            for file in copied:
                with suppress(FileNotFoundError):  # another command may have done away with it by now
                    entries.append(archive.store(target, file, file.relative_to(folder).as_posix()))
                progress.advance()
            archive.store_manifest(target, entries, cartellino=VERSION, made_at=now())
        progress.finish()
    return to


def restore(from_: Path, to: Path, progress: Progress) -> Path:
    """Bring the collection in the backup `from_` back into folder `to`: all of it, or nothing.

    Parameters
    ----------
    from_ : Path
        A file that :func:`backup` made.
    to : Path
        A folder that is new or empty.
    progress : Progress
        Told of each file.

    Returns
    -------
    Path
        `to`.

    Raises
    ------
    InputError
        If the backup is damaged (the file in it is named) or no backup, or the folder holds something.
    StorageError
        If the disk is full or cannot be written.
    """
    from_, to = files.readable(Path(from_), "backup"), Path(to)
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise InputError(
            "there is something here already", str(to), "Restore into a folder that is new or empty."
        )
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{to.name}.", suffix=".part", dir=to.parent))
        try:
            _extract(from_, scratch / "collection", progress)
            if to.exists():
                to.rmdir()
            (scratch / "collection").rename(to)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise files.explained(error, to) from error
    return to


def _extract(from_: Path, folder: Path, progress: Progress) -> None:
    where = str(from_)
    try:
        with zipfile.ZipFile(from_) as source:
            entries = archive.manifest(source, where)
            progress.start("Restoring", len(entries), "files")
            folder.mkdir()
            archive.extract(source, entries, folder, where, progress)
            progress.finish()
    except zipfile.BadZipFile as error:
        raise InputError(
            "this file is not a .zip, or its end is missing",
            where,
            "Use another copy of it; nothing was restored.",
        ) from error


def _snapshot(catalogue: Path, to: Path) -> None:
    """Copy the catalogue as it is at one moment (SQLite Online Backup API), into one file."""
    with (
        troubles.in_words(str(catalogue)),
        closing(connect(catalogue)) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = delete")


def _copied(folder: Path, names: tuple[str, ...], to: Path) -> Iterator[Path]:
    if (folder / SETTINGS).exists():
        yield folder / SETTINGS
    for name in names:
        for file in sorted((folder / name).rglob("*")):
            if (
                file.is_file()
                and not file.name.endswith((".part", ".lock"))
                and file.resolve() != to.resolve()
            ):
                yield file
