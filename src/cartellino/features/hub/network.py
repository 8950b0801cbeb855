"""A vision network as an ONNX file, run by ONNX Runtime: DINOv2, DINOv3, SigLIP 2, CLIP and the like."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from cartellino.errors import FeatureError
from cartellino.features import preprocessing
from cartellino.features.backbone import Backbone, Pixels, Session, Vectors, hashed
from cartellino.features.hub import files, preprocessor
from cartellino.features.hub.fetch import Repository
from cartellino.features.onnx_session import one_thread

LAYOUTS = ("pooled", "cls", "mean")
_POOLED = ("pooler_output", "image_embeds")
_TOKENS = "last_hidden_state"
_FLOATS = {"tensor(float)": np.float32, "tensor(float16)": np.float16}


class Network(Backbone):
    """A network of the hub or of a folder, on pictures squashed to its square.

    Parameters
    ----------
    told : str
        ``owner/repository``, ``owner/repository#revision`` or a folder (beginning with ``/``, ``.`` or
        ``~``), and after a colon the layout: ``pooled``, the default, is the network's own pooled output, or
        its first token where it has none; ``cls`` the first token; ``mean`` the mean of the others.
        Several lie side by side: ``cls+mean``, as in Oquab et al., *DINOv2* (2023).
    name : str, optional
        Its name in the registry, if it has one of its own.

    Raises
    ------
    FeatureError
        If it cannot be had, opened, or has no such output.
    MissingExtraError
        If it has to be fetched and the extra that fetches is not installed.
    """

    def __init__(self, told: str, name: str = "") -> None:
        super().__init__()
        source, layout = _parted(told)
        self.name = name or "hub"
        self.id = f"{name or f'hub:{source}'}:{layout}"
        self._files, revision = _found(source)
        self._given = preprocessor.read(self._files.preprocessor)
        self.size, self.resample = self._given.size, self._given.resample
        self._layouts = tuple(layout.split("+"))
        # Tried on a black square, because the widths that a graph declares are often left open.
        tried = self._opened()(np.zeros((1, self.size, self.size, 3), np.uint8))
        self.blocks = tuple(part.shape[1] for part in tried)
        self.width = sum(self.blocks)
        self.hash = hashed(
            network=dict(self._files.digests),
            revision=revision,
            preprocessor=self._given.told(),
            layout=layout,
            preprocessing=preprocessing.VERSION,
        )

    def _session(self) -> Session:
        run = self._opened()

        def embed(batch: Pixels) -> Vectors:
            return np.concatenate(run(batch), axis=1)

        return embed

    def _opened(self) -> Callable[[Pixels], list[Vectors]]:
        session = self._loaded()
        (given,) = session.get_inputs()
        outputs = {each.name: len(each.shape) for each in session.get_outputs()}
        wanted = [self._output(layout, outputs) for layout in self._layouts]

        def run(batch: Pixels) -> list[Vectors]:
            pixels = self._given(batch).astype(_FLOATS[given.type])
            names = list(dict.fromkeys(wanted))
            found = dict(zip(names, session.run(names, {given.name: pixels}), strict=True))
            pairs = zip(self._layouts, wanted, strict=True)
            return [_summed(layout, found[name]).astype(np.float32) for layout, name in pairs]

        return run

    def _loaded(self) -> Any:
        try:
            session = one_thread(self._files.graph)
        except Exception as error:  # ONNX Runtime's errors share no other ancestor
            raise self._refusal(f"the network cannot be opened ({error})") from error
        inputs = session.get_inputs()
        if len(inputs) != 1 or inputs[0].type not in _FLOATS:
            names = ", ".join(each.name for each in inputs)
            raise self._refusal(f"the network takes {names}, and not pictures alone")
        return session

    def _output(self, layout: str, outputs: dict[str, int]) -> str:
        if layout not in LAYOUTS:
            known = ", ".join(LAYOUTS)
            raise FeatureError(f"{self.name} has no layout '{layout}'", "", f"There are: {known}.")
        pooled = [name for name in _POOLED if name in outputs]
        flat = [name for name, rank in outputs.items() if rank == 2]
        if layout == "pooled" and (pooled or len(flat) == 1):
            return (pooled or flat)[0]
        if outputs.get(_TOKENS) == 3:
            return _TOKENS
        raise self._refusal(f"the network gives {', '.join(outputs)}, and no '{layout}' can be made of it")

    def _refusal(self, what: str) -> FeatureError:
        return FeatureError(what, str(self._files.graph), "Name a network that turns pictures into features.")


def _summed(layout: str, found: Any) -> Any:
    if found.ndim == 2:
        return found
    return found[:, 1:].mean(axis=1, dtype=np.float32) if layout == "mean" else found[:, 0]


def _found(source: str) -> tuple[files.Files, str]:
    """The files, and the revision if one was named."""
    if not source:
        raise FeatureError("no network was named", "hub", "Name a repository or a folder: hub:owner/name.")
    if Path(source).is_absolute() or source.startswith((".", "~")):
        return files.in_folder(Path(source).expanduser()), ""
    repository, _, revision = source.partition("#")
    return files.of_repository(Repository(repository, revision or "main")), revision


def _parted(told: str) -> tuple[str, str]:
    """Where it is, and its layout; a drive's colon is followed by more than a layout can hold."""
    source, _, layout = told.rpartition(":")
    return (source, layout or LAYOUTS[0]) if source and not set("/\\") & set(layout) else (told, LAYOUTS[0])
