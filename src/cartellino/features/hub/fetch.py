"""Files of the Hugging Face hub: from its cache on this machine, or fetched, and checked either way.

What is fetched is checked against the digest that the hub has on record, and what lies in the cache against
the digest that it is kept under. A revision that was fetched stays what it is on this machine, even where the
hub's moves on. ``HF_ENDPOINT``, ``HF_HOME``, ``HF_HUB_CACHE`` and ``HF_TOKEN`` mean what they mean to
huggingface_hub.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cartellino.errors import CartellinoError, FeatureError, MissingExtraError
from cartellino.files import digest_of

_PATIENCE = 10.0  # seconds that the hub has to answer


@dataclass(frozen=True)
class Repository:
    """A repository of the hub at one revision.

    Parameters
    ----------
    name : str
        ``owner/repository``.
    revision : str
        A branch, tag or commit.

    Raises
    ------
    MissingExtraError
        If huggingface_hub is not installed.
    """

    name: str
    revision: str = "main"

    def __post_init__(self) -> None:
        try:
            import huggingface_hub  # noqa: F401
        except ModuleNotFoundError as error:
            raise MissingExtraError("A network of the hub", "hub") from error

    def cached(self, file: str) -> Path | None:
        """A file that was fetched before, or None."""
        from huggingface_hub import try_to_load_from_cache

        found = try_to_load_from_cache(self.name, file, cache_dir=_cache(), revision=self.revision)
        return Path(found) if isinstance(found, str) else None

    def fetched(self, choose: Callable[[Collection[str]], Sequence[str]], otherwise: str) -> list[Path]:
        """Fetch files and check them.

        Parameters
        ----------
        choose : callable
            Takes the names of all files and gives those that are wanted, in the order in which to fetch them.
        otherwise : str
            What to do where the hub cannot be reached.

        Raises
        ------
        FeatureError
            If the hub cannot be reached or has no such files, or what came is not what it has on record.
        """
        from huggingface_hub import HfApi

        try:
            info = HfApi(endpoint=_endpoint()).model_info(
                self.name, revision=self.revision, files_metadata=True, timeout=_PATIENCE
            )
            known = {file.rfilename: file for file in info.siblings or ()}
            return [_proven(self._download(name), known[name]) for name in choose(known)]
        except CartellinoError:
            raise
        except Exception as error:  # huggingface_hub has had two HTTP libraries, each with errors of its own
            raise self._unreachable(error, otherwise) from error

    def _download(self, name: str) -> Path:
        from huggingface_hub import hf_hub_download

        return Path(
            hf_hub_download(
                self.name,
                name,
                revision=self.revision,
                endpoint=_endpoint(),
                cache_dir=_cache(),
                etag_timeout=_PATIENCE,
            )
        )

    def _unreachable(self, error: Exception, otherwise: str) -> FeatureError:
        reason = str(error).strip().split("\n")[0] or type(error).__name__
        what = f"the network is not on this machine and cannot be fetched from the hub ({reason})"
        return FeatureError(what, self.name, otherwise)

    def command(self, *names: str) -> str:
        """The command that fetches files into a folder named after the repository."""
        pinned = "" if self.revision == "main" else f" --revision {self.revision}"
        return f"hf download {self.name} {' '.join(names)}{pinned} --local-dir {self.folder}"

    @property
    def folder(self) -> str:
        """The folder that `command` fetches into."""
        return self.name.rpartition("/")[2]


def sound_digest(path: Path) -> str:
    """SHA-256 of a file; one of the hub's cache is kept under it (or, if small, under git's name of it).

    Raises
    ------
    FeatureError
        If it is kept under another.
    """
    digest, kept = digest_of(path), path.resolve()
    if kept.parent.name == "blobs" and len(kept.name) == len(digest) and kept.name != digest:
        raise FeatureError("the file is damaged", str(kept), "Remove it, and it is fetched again.")
    return digest


def _proven(path: Path, record: Any) -> Path:
    """Refuse and remove a file that is not what the hub has on record."""
    if record.lfs is not None:
        sound = digest_of(path) == record.lfs.sha256
    else:
        sound = _git_name(path.read_bytes()) == record.blob_id
    if not sound:
        path.resolve().unlink()
        path.unlink(missing_ok=True)
        raise FeatureError(
            f"what came for {record.rfilename} is not what the hub has on record (its digest differs)",
            "",
            "Try again; if it stays so, something between this machine and the hub changes files.",
        )
    return path


def _git_name(data: bytes) -> str:
    """SHA-1 as git takes it of a file (Chacon and Straub, *Pro Git*, 10.2)."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _endpoint() -> str | None:
    return os.environ.get("HF_ENDPOINT") or None


def _cache() -> str | None:
    home = os.environ.get("HF_HOME")
    return os.environ.get("HF_HUB_CACHE") or (str(Path(home) / "hub") if home else None)
