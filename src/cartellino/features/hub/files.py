"""The files of a network: from a folder, from the hub's cache on this machine, or from the hub.

What is fetched is checked against the digest that the hub has on record, and what lies in the cache against
the digest that it is kept under.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cartellino.errors import CartellinoError, FeatureError, MissingExtraError
from cartellino.features.hub import preprocessor
from cartellino.files import digest_of, readable

# The tower for pictures first: beside it, 'model.onnx' is one that wants a text too.
GRAPHS = ("onnx/vision_model.onnx", "onnx/model.onnx", "vision_model.onnx", "model.onnx")
_PATIENCE = 10.0  # seconds that the hub has to answer


@dataclass(frozen=True)
class Files:
    """A network's files, checked.

    Parameters
    ----------
    graph, preprocessor : Path
        The ONNX file and ``preprocessor_config.json``.
    digests : dict of str to str
        SHA-256 of the graph and of whatever weights lie beside it, by file name.
    """

    graph: Path
    preprocessor: Path
    digests: Mapping[str, str]


def in_folder(folder: Path) -> Files:
    """The files of a network in a folder, as ``hf download … --local-dir`` leaves them.

    Raises
    ------
    FeatureError
        If one is missing.
    """
    for name in GRAPHS:
        if (folder / name).is_file():
            return _checked(folder / name, folder / preprocessor.FILE)
    raise FeatureError("there is no network here", str(folder), f"It would be one of: {', '.join(GRAPHS)}.")


def of_repository(repository: str, revision: str = "main") -> Files:
    """The files of a repository: as they were fetched before, or fetched from the hub now.

    A revision that was fetched stays what it is on this machine, even where the hub's moves on.
    ``HF_ENDPOINT``, ``HF_HOME``, ``HF_HUB_CACHE`` and ``HF_TOKEN`` mean what they mean to huggingface_hub.

    Raises
    ------
    FeatureError
        If the hub cannot be reached or has no such network, or what came is not what it has on record.
    MissingExtraError
        If huggingface_hub is not installed.
    """
    _needed()
    return _cached(repository, revision) or _fetched(repository, revision)


def _cached(repository: str, revision: str) -> Files | None:
    told = _local(repository, revision, preprocessor.FILE)
    for name in GRAPHS:
        graph = _local(repository, revision, name)
        if told and graph:
            return _checked(graph, told)
    return None


def _fetched(repository: str, revision: str) -> Files:
    from huggingface_hub import HfApi

    try:
        info = HfApi(endpoint=_endpoint()).model_info(
            repository, revision=revision, files_metadata=True, timeout=_PATIENCE
        )
        known = {file.rfilename: file for file in info.siblings or ()}
        graph = next((name for name in GRAPHS if name in known), "")
        if not graph or preprocessor.FILE not in known:
            raise _no_network(repository)
        weights = [name for name in known if name.startswith(graph) and name != graph]
        # The graph last: where it lies in the cache, all that it needs lies there too.
        paths = [
            _proven(_download(repository, revision, name), known[name])
            for name in (preprocessor.FILE, *weights, graph)
        ]
    except CartellinoError:
        raise
    except Exception as error:  # huggingface_hub has had two HTTP libraries, each with errors of its own
        raise _unreachable(repository, revision, error) from error
    return _checked(paths[-1], paths[0])


def _checked(graph: Path, told: Path) -> Files:
    try:
        readable(graph, "network")
        readable(told, "description of how the network wants its pictures")
    except CartellinoError as error:
        raise FeatureError(error.what, error.where, error.do) from error
    beside = sorted(path for path in graph.parent.iterdir() if path.name.startswith(graph.name))
    digests = {path.name: digest_of(path) for path in beside}
    for path in beside:
        _kept_whole(path, digests[path.name])
    return Files(graph, told, digests)


def _kept_whole(path: Path, digest: str) -> None:
    """A file of the hub's cache is kept under its SHA-256 (or, if small, under its git digest)."""
    kept = path.resolve()
    if kept.parent.name == "blobs" and len(kept.name) == len(digest) and kept.name != digest:
        raise FeatureError("the file is damaged", str(kept), "Remove it, and it is fetched again.")


def _proven(path: Path, record: Any) -> Path:
    """Refuse and remove a file that is not what the hub has on record."""
    if record.lfs is not None:
        sound = digest_of(path) == record.lfs.sha256
    else:
        data = path.read_bytes()
        # git's name of a file: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
        sound = (
            hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest() == record.blob_id
        )
    if not sound:
        path.resolve().unlink()
        path.unlink(missing_ok=True)
        raise FeatureError(
            f"what came for {record.rfilename} is not what the hub has on record (SHA-256 differs)",
            "",
            "Try again; if it stays so, something between this machine and the hub changes files.",
        )
    return path


def _local(repository: str, revision: str, name: str) -> Path | None:
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(repository, name, cache_dir=_cache(), revision=revision)
    return Path(found) if isinstance(found, str) else None


def _download(repository: str, revision: str, name: str) -> Path:
    from huggingface_hub import hf_hub_download

    return Path(
        hf_hub_download(
            repository,
            name,
            revision=revision,
            endpoint=_endpoint(),
            cache_dir=_cache(),
            etag_timeout=_PATIENCE,
        )
    )


def _endpoint() -> str | None:
    return os.environ.get("HF_ENDPOINT") or None


def _cache() -> str | None:
    home = os.environ.get("HF_HOME")
    return os.environ.get("HF_HUB_CACHE") or (str(Path(home) / "hub") if home else None)


def _needed() -> None:
    try:
        import huggingface_hub  # noqa: F401
    except ModuleNotFoundError as error:
        raise MissingExtraError("A network of the hub", "hub") from error


def _no_network(repository: str) -> FeatureError:
    return FeatureError(
        f"the repository has no ONNX file with a {preprocessor.FILE}",
        repository,
        f"It would have one of: {', '.join(GRAPHS)}. Those of onnx-community do.",
    )


def _unreachable(repository: str, revision: str, error: Exception) -> FeatureError:
    reason = str(error).strip().split("\n")[0] or type(error).__name__
    pinned = "" if revision == "main" else f" --revision {revision}"
    folder = repository.rpartition("/")[2]
    return FeatureError(
        f"the network is not on this machine and cannot be fetched from the hub ({reason})",
        repository,
        f"Where the hub can be reached: hf download {repository} {preprocessor.FILE} {GRAPHS[1]}{pinned} "
        f"--local-dir {folder} ({GRAPHS[0]} where there is one, and an .onnx_data that lies beside it); "
        f"then name that folder: hub:./{folder}",
    )
