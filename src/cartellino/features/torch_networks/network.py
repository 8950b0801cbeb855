"""Any network of timm or torchvision as a backbone, one thread each, by PyTorch."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Self

import numpy as np

from cartellino.errors import MissingExtraError
from cartellino.features import preprocessing
from cartellino.features.backbone import Backbone, Pixels, Session, Vectors, hashed

LAYOUTS = ("last", "stages")
_LIBRARIES = {"timm": "from_timm", "torchvision": "from_torchvision"}


class TorchNetwork(Backbone):
    """A network of PyTorch's on pictures squashed to its square.

    Parameters
    ----------
    library : str
        ``'timm'`` or ``'torchvision'``.
    told : str
        The network as the library calls it, after ``#`` a safetensors file of weights if not the published
        ones, and after a colon the layout: ``last``, the default, is the pooled features; ``stages`` the
        spatial mean of every stage and then those (``resnet18.a1_in1k#weights.safetensors:stages``).

    Raises
    ------
    MissingExtraError
        If PyTorch or the library is not installed.
    FeatureError
        If there is no such network, or its weights cannot be had.
    """

    def __init__(self, library: str, told: str) -> None:
        super().__init__()
        source, layout = _parted(told)
        network, _, weights = source.partition("#")
        self.name, self.id = library, f"{library}:{source}:{layout}"
        try:
            loader = import_module(f"cartellino.features.torch_networks.{_LIBRARIES[library]}")
            self._network = loader.load(network, layout, Path(weights).expanduser() if weights else None)
        except ModuleNotFoundError as error:
            raise MissingExtraError(f"The backbone '{library}'", "train") from error
        self._called, self.resample = f"{library}:{network}", self._network.resample
        self._layout = layout
        self._fit(self._network.size)

    def _fit(self, size: int) -> None:
        self.size = size
        # Tried on a black square: no library tells all of its networks' widths.
        tried = self._parts(np.zeros((1, size, size, 3), np.uint8))
        self.blocks = tuple(part.shape[1] for part in tried)
        self.width = sum(self.blocks)
        self.hash = hashed(
            network=self._called,
            weights=self._network.weights,
            layout=self._layout,
            normalisation=[self._network.mean, self._network.std],
            resample=self.resample,
            preprocessing=preprocessing.VERSION,
            size=size,
        )

    def _sized(self, size: int) -> Self:
        other = copy(self)
        try:
            other._fit(size)
        except (RuntimeError, AssertionError):  # what transformers with places learnt say to another size
            return super()._sized(size)
        return other

    def _session(self) -> Session:
        return lambda batch: np.concatenate(self._parts(batch), axis=1)

    def _parts(self, batch: Pixels) -> list[Vectors]:
        import torch

        mean, std = (torch.tensor(each).view(1, 3, 1, 1) for each in (self._network.mean, self._network.std))
        with _one_thread(), torch.inference_mode():
            # Channels last, as the bytes are, which eager likes best.
            pictures = torch.from_numpy(batch.astype(np.float32)).permute(0, 3, 1, 2)
            return [part.float().numpy() for part in self._network.run((pictures / 255 - mean) / std)]


TIMM = partial(TorchNetwork, "timm")
TORCHVISION = partial(TorchNetwork, "torchvision")

_LOCK = threading.Lock()
_RUNNING: list[int] = []  # what the number of threads was, once for each that runs


@contextmanager
def _one_thread() -> Iterator[None]:
    """Run PyTorch on this thread alone; the last to leave gives it back the threads it had.

    The number is both the process's and each thread's own, so every thread sets it for itself.
    """
    import torch

    with _LOCK:
        _RUNNING.append(_RUNNING[0] if _RUNNING else torch.get_num_threads())
        torch.set_num_threads(1)
    try:
        yield
    finally:
        with _LOCK:
            before = _RUNNING.pop()
            if not _RUNNING:
                torch.set_num_threads(before)


def _parted(told: str) -> tuple[str, str]:
    source, _, layout = told.rpartition(":")
    return (source, layout) if layout in LAYOUTS else (told, LAYOUTS[0])
