"""Files written whole, read with care, and kept by one writer at a time."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from typing import IO, Any

from cartellino.errors import CartellinoError, CollectionError, InputError, StorageError

_LFS_HEAD = b"version https://git-lfs.github.com/spec/"
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def whole(path: Path, mode: str = "wb", **options: Any) -> Iterator[IO[Any]]:
    """Open a temporary file that takes the place of `path` only once it is complete and on the disk.

    Parameters
    ----------
    path : Path
        The file to write; its folder is made if need be.
    mode : str
        ``'wb'`` or ``'w'`` (then UTF-8 unless told otherwise).

    Raises
    ------
    StorageError
        If the disk is full or the folder cannot be written.
    """
    if "b" not in mode:
        options.setdefault("encoding", "utf-8")
        options.setdefault("newline", "")
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        with os.fdopen(handle, mode, **options) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o666 & ~_UMASK)
        Path(temporary).replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        _forget(temporary)
        raise explained(error, path) from error
    except BaseException:
        _forget(temporary)
        raise


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8, whole."""
    with whole(path, "w") as stream:
        stream.write(text)


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` to `path`, whole."""
    with whole(path) as stream:
        stream.write(data)


def write_soon(path: Path, data: bytes, begun_in: Path | None = None) -> None:
    """Write `data` to `path` whole, safe from a kill at once, from a power cut only once it is settled.

    Waiting for the disk costs more than decoding a picture; `settle` waits for many files together. What a
    kill leaves half-written lies in `begun_in`, on the same disk.
    """
    folder = begun_in or path.parent
    temporary = folder / f".{path.name}.{secrets.token_hex(6)}.part"
    try:
        _in_folders(lambda: _write_new(temporary, data), folder)
        _in_folders(lambda: temporary.replace(path), path.parent)
    except OSError as error:
        _forget(str(temporary))
        raise explained(error, path) from error
    except BaseException:
        _forget(str(temporary))
        raise


def _write_new(path: Path, data: bytes) -> None:
    with path.open("xb", buffering=0) as stream:
        view = memoryview(data)
        while view:
            view = view[stream.write(view) :]


def _in_folders(work: Callable[[], object], folder: Path) -> None:
    """Do what needs a folder, which is nearly always there already."""
    try:
        work()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        work()


def settle(paths: Sequence[Path]) -> None:
    """Wait until files that were written soon are on the disk, under their names.

    Raises
    ------
    StorageError
        If the disk is full or failing.
    """
    for path in paths:
        try:
            with path.open("r+b", buffering=0) as stream:  # Windows settles only what may be written
                os.fsync(stream.fileno())
        except OSError as error:
            raise explained(error, path) from error
    for folder in {path.parent for path in paths}:
        _sync_folder(folder)


def digest(data: bytes) -> str:
    """SHA-256 of `data`, in hexadecimal (FIPS 180-4)."""
    return hashlib.sha256(data).hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def readable(path: Path, what: str = "file") -> Path:
    """Return `path` if it is a file with data in it, or say in a sentence why it is not.

    Raises
    ------
    InputError
        If there is no such file, it is a folder, it is empty, or it is a pointer of Git LFS.
    """
    if not path.exists():
        raise InputError(
            f"there is no such {what}",
            str(path),
            "Check the name; relative names start at the current folder.",
        )
    if path.is_dir():
        raise InputError(f"this is a folder, not a {what}", str(path), f"Name the {what} inside it.")
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_LFS_HEAD))
    except OSError as error:
        raise explained(error, path) from error
    if not head:
        raise InputError(f"the {what} is empty", str(path), "Export it again.")
    if head == _LFS_HEAD:
        raise InputError(
            "this is a pointer of Git LFS, not the data itself",
            str(path),
            "Fetch the data with 'git lfs pull', then try again.",
        )
    return path


def explained(error: OSError, path: Path | str) -> CartellinoError:
    """The sentence for an operating system's refusal."""
    where = str(path)
    if error.errno in _FULL:
        return StorageError(
            "the disk is full", where, "Free some space and run the same command again; nothing is lost."
        )
    if error.errno in _FORBIDDEN:
        return StorageError(
            "this cannot be written or read with your rights",
            where,
            "Ask for the right, or choose another folder.",
        )
    if error.errno == errno.ENOENT:
        return InputError("there is no such file or folder", where, "Check the name.")
    return StorageError(
        f"the system refused: {error.strerror or error}",
        where,
        "Run the same command again once it is mended.",
    )


@contextmanager
def one_writer(path: Path, doing: str) -> Iterator[None]:
    """Hold the lock file `path` while `doing` something that two processes must not do at once.

    The operating system frees the lock when a process dies, so a kill leaves nothing behind to clean.

    Raises
    ------
    CollectionError
        If another process holds it.
    """
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path, timeout=0):
            yield
    except Timeout as error:
        raise CollectionError(
            f"another command is {doing} in this collection",
            str(path.parent),
            "Wait until it is done, or stop it.",
        ) from error
    except OSError as error:
        raise explained(error, path) from error


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder, and orders the rename itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget(temporary: str) -> None:
    if temporary:
        with suppress(OSError):  # its folder may be none
            Path(temporary).unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


_UMASK = _umask()  # asked once: asking sets it for a moment, and other threads may be writing


def shipped(folder: str) -> dict[str, Any]:
    """The TOML files that come with Cartellino in `folder` ('recipes'), by name without ending.

    They lie in the package once it is installed, and beside its sources in a checkout.
    """
    for root in (resources.files("cartellino"), Path(__file__).parents[2]):
        place = root.joinpath(folder)
        if place.is_dir():
            found = {
                path.name.removesuffix(".toml"): path
                for path in place.iterdir()
                if path.name.endswith(".toml")
            }
            return dict(sorted(found.items()))
    return {}
