"""The archive a backup is: one .zip, its files stored as they are, and a manifest of their digests."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from cartellino.errors import InputError
from cartellino.progress import Progress

MANIFEST = "manifest.json"
FORM = "cartellino-backup-1"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a backup: its name below the collection's folder, bytes and SHA-256."""

    name: str
    size: int
    sha256: str


def store(archive: zipfile.ZipFile, file: Path, name: str) -> Entry:
    """Store `file` in the archive under `name`, and return its entry as stored."""
    info = zipfile.ZipInfo.from_file(file, name, strict_timestamps=False)
    hasher, size = hashlib.sha256(), 0
    with file.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            target.write(chunk)
            hasher.update(chunk)
            size += len(chunk)
    return Entry(name, size, hasher.hexdigest())


def store_manifest(archive: zipfile.ZipFile, entries: list[Entry], **about: str) -> None:
    """Store the manifest, which comes last and so tells that the archive is complete."""
    manifest = {"form": FORM, **about, "files": [asdict(entry) for entry in entries]}
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))


def manifest(archive: zipfile.ZipFile, where: str) -> list[Entry]:
    """The entries of an archive, checked against what it holds.

    Raises
    ------
    InputError
        If it is no backup, lists other files than it holds, or has a file that would land outside its folder.
    """
    told = _read_manifest(archive, where)
    try:
        entries = [Entry(str(file["name"]), int(file["size"]), str(file["sha256"])) for file in told["files"]]
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(MANIFEST, where) from error
    for entry in entries:
        if not is_safe(entry.name):
            raise InputError(
                f"a file of the backup would land outside the folder ('{entry.name}')",
                where,
                "This archive was tampered with: do not use it.",
            )
    listed, held = sorted(entry.name for entry in entries), sorted(archive.namelist())
    if odd := set(held) ^ {*listed, MANIFEST}:
        raise damaged(min(odd), where)
    if len(held) != len(listed) + 1:
        raise damaged("a file that it holds twice", where)
    return entries


def extract(
    archive: zipfile.ZipFile, entries: list[Entry], folder: Path, where: str, progress: Progress
) -> None:
    """Extract all entries below `folder`, each checked against its digest.

    Raises
    ------
    InputError
        Naming the first file that is not what was stored.
    """
    for entry in entries:
        target = folder.joinpath(*PurePosixPath(entry.name).parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        hasher = hashlib.sha256()
        try:
            with archive.open(entry.name) as source, target.open("wb") as sink:
                for chunk in _chunks(source):
                    sink.write(chunk)
                    hasher.update(chunk)
        except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
            raise damaged(entry.name, where) from error
        if hasher.hexdigest() != entry.sha256:
            raise damaged(entry.name, where)
        progress.advance()


def is_safe(name: str) -> bool:
    """Whether a name stays below the folder it is extracted to, on every system."""
    pieces = name.split("/")
    plain = all(piece not in ("", ".", "..") and not piece.endswith((" ", ".")) for piece in pieces)
    return plain and not set(name) & set('\\:*?"<>|\0') and name != MANIFEST


def damaged(name: str, where: str) -> InputError:
    """The error for a backup that does not hold what it should."""
    return InputError(
        f"the backup is damaged: {name} is not as it was stored",
        where,
        "Use another copy of it; nothing was restored.",
    )


def _read_manifest(archive: zipfile.ZipFile, where: str) -> dict[str, Any]:
    try:
        told = json.loads(archive.read(MANIFEST))
    except KeyError as error:
        raise InputError(
            "this archive is not a backup of a collection",
            where,
            "Name a file that 'cartellino backup' made.",
        ) from error
    except (zipfile.BadZipFile, ValueError) as error:
        raise damaged(MANIFEST, where) from error
    if not isinstance(told, dict) or told.get("form") != FORM:
        raise InputError(
            "this backup is of a form that this Cartellino does not know",
            where,
            "Update Cartellino: pip install --upgrade cartellino",
        )
    return told


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk
