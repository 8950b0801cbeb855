"""The files of a network that is published as ONNX: the graph, its weights, and how it wants its pictures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from cartellino.errors import CartellinoError, FeatureError
from cartellino.features.hub import preprocessor
from cartellino.features.hub.fetch import Repository, sound_digest
from cartellino.files import readable

# The tower for pictures first: beside it, 'model.onnx' is one that wants a text too.
GRAPHS = ("onnx/vision_model.onnx", "onnx/model.onnx", "vision_model.onnx", "model.onnx")


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


def of_repository(repository: Repository) -> Files:
    """The files of a repository: as they were fetched before, or fetched from the hub now.

    Raises
    ------
    FeatureError
        If the hub cannot be reached or has no such network, or what came is not what it has on record.
    """
    return _cached(repository) or _fetched(repository)


def _cached(repository: Repository) -> Files | None:
    told = repository.cached(preprocessor.FILE)
    for name in GRAPHS:
        graph = repository.cached(name)
        if told and graph:
            return _checked(graph, told)
    return None


def _fetched(repository: Repository) -> Files:
    def choose(known: Collection[str]) -> list[str]:
        graph = next((name for name in GRAPHS if name in known), "")
        if not graph or preprocessor.FILE not in known:
            raise _no_network(repository)
        weights = [name for name in known if name.startswith(graph) and name != graph]
        # The graph last: where it lies in the cache, all that it needs lies there too.
        return [preprocessor.FILE, *weights, graph]

    paths = repository.fetched(choose, _otherwise(repository))
    return _checked(paths[-1], paths[0])


def _checked(graph: Path, told: Path) -> Files:
    try:
        readable(graph, "network")
        readable(told, "description of how the network wants its pictures")
    except CartellinoError as error:
        raise FeatureError(error.what, error.where, error.do) from error
    beside = sorted(path for path in graph.parent.iterdir() if path.name.startswith(graph.name))
    return Files(graph, told, {path.name: sound_digest(path) for path in beside})


def _no_network(repository: Repository) -> FeatureError:
    return FeatureError(
        f"the repository has no ONNX file with a {preprocessor.FILE}",
        repository.name,
        f"It would have one of: {', '.join(GRAPHS)}. Those of onnx-community do.",
    )


def _otherwise(repository: Repository) -> str:
    return (
        f"Where the hub can be reached: {repository.command(preprocessor.FILE, GRAPHS[1])} "
        f"({GRAPHS[0]} where there is one, and an .onnx_data that lies beside it); "
        f"then name that folder: hub:./{repository.folder}"
    )
