"""Where a network looks: maps of its spatial layers, laid over the pictures that it saw.

Nothing here changes the network: it comes back in the mode it was in, without gradients or hooks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from cartellino.classify.networks import looking
from cartellino.classify.networks.pictures import squares
from cartellino.classify.networks.scorer import NetworkScorer
from cartellino.features.preprocessing import Shown

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Spot:
    """A layer that still knows what lies where.

    Parameters
    ----------
    name : str
        Of the module inside the network.
    call : int
        Which of its calls in one pass, from 0: blocks may use one activation several times.
    shape : tuple of int
        Channels, height and width of what it gives for a picture.
    """

    name: str
    call: int
    shape: tuple[int, int, int]


def prepared(scorer: NetworkScorer, pictures: Sequence[Shown]) -> torch.Tensor:
    """Pictures as a trained network sees them whole, (n, channels, size, size).

    Raises
    ------
    PictureError
        If one cannot be decoded.
    """
    look = scorer.look
    (whole,) = looking.views(squares(pictures, look.resize, scorer.wanted.channels), look.size, ("whole",))
    device = next(scorer.module.parameters()).device
    return looking.normalised(whole, look.mean, look.deviation, device)


def spot(module: nn.Module, pictures: torch.Tensor, *, middle: bool = False) -> Spot | None:
    """The last layer of a network whose maps have a height and a width; None for one without such a layer.

    Pooling is passed over, for what lies before it is finer. A transformer has none: once a picture is cut
    into tokens, no layer gives channels of a height and a width any more.

    Parameters
    ----------
    module : Module
        From (n, channels, size, size) to scores (n, k).
    pictures : Tensor (n, channels, size, size)
        Prepared; the first is looked at.
    middle : bool
        What the network ends in before it makes maps as coarse as the last ones, if there is such a layer.
    """
    seen = _passed(module, pictures[:1])
    last = next((each for each in reversed(seen) if _spatial(each.shape)), None)
    if last is None or any(_tokens(each.shape) for each in seen[seen.index(last) :]):
        return None
    chosen = _before(last, seen) if middle else last
    channels, height, width = chosen.shape
    return Spot(chosen.name, chosen.call, (channels, height, width))


def activations(module: nn.Module, pictures: torch.Tensor, place: Spot) -> Floats:
    """What a layer gives for pictures, (n, channels, h, w)."""
    with _at_rest(module), torch.no_grad():
        given, _ = _asked(module, pictures, place)
    return _array(given)


def grad_cam(module: nn.Module, pictures: torch.Tensor, columns: Sequence[int], place: Spot) -> Floats:
    """Grad-CAM: which places of a layer speak for a class.

    The map is ReLU(Σₖ αₖ Aᵏ), where αₖ is the mean over all places of the gradient of the class's score,
    before any softmax, by channel k of the layer (Selvaraju et al., ICCV 2017, equations 1 and 2).

    Parameters
    ----------
    module : Module
        From (n, channels, size, size) to scores (n, k).
    pictures : Tensor (n, channels, size, size)
        Prepared.
    columns : sequence of int
        For each picture the class that is asked about.
    place : Spot
        A layer of `module`.

    Returns
    -------
    ndarray (n, h, w) of float32
        From 0 to 1, the largest of each picture; all 0 where nothing speaks for the class.
    """
    with _at_rest(module), torch.enable_grad():
        given, scores = _asked(module, pictures, place)
        asked = scores.gather(1, torch.as_tensor(columns, device=scores.device)[:, None]).sum()
        (slopes,) = torch.autograd.grad(asked, given)
    shares = slopes.mean(dim=(2, 3), keepdim=True)
    return _to_one(_array(torch.relu((shares * given).sum(dim=1))))


def summed(given: Floats) -> Floats:
    """Activations (n, channels, h, w) summed over channels, each map from its least, 0, to its most, 1."""
    total = given.sum(axis=1, dtype=np.float32)
    return _to_one(total - total.min(axis=(1, 2), keepdims=True))


def strongest(given: Floats, many: int) -> tuple[NDArray[np.int64], Floats]:
    """The channels of a picture (channels, h, w) that are largest in the mean, largest first.

    Returns
    -------
    channels : ndarray (many,) of int64
        Fewer where there are fewer.
    maps : ndarray (many, h, w) of float32
        Each from its least, 0, to its most, 1.
    """
    channels = np.argsort(-given.mean(axis=(1, 2)), kind="stable")[:many].astype(np.int64)
    maps = given[channels]
    return channels, _to_one(maps - maps.min(axis=(1, 2), keepdims=True))


@dataclass(frozen=True)
class _Pass:
    name: str
    call: int
    shape: tuple[int, ...]


def _before(last: _Pass, seen: Sequence[_Pass]) -> _Pass:
    """Of the layers with the next finer maps the outermost, for it gives all that those inside it found."""
    finer = [each for each in seen if _spatial(each.shape) and each.shape[2] > last.shape[2]]
    if not finer:
        return last
    side = min(each.shape[2] for each in finer)
    next_finer = [each for each in reversed(finer) if each.shape[2] == side]
    return min(next_finer, key=lambda each: each.name.count("."))


def _passed(module: nn.Module, pictures: torch.Tensor) -> list[_Pass]:
    """What each layer gave in one pass, in the order in which they gave it; without pooling."""
    seen: list[_Pass] = []
    calls: dict[str, int] = {}
    pooled: list[torch.Tensor] = []

    def note(name: str, given: torch.Tensor) -> None:
        calls[name] = calls.get(name, -1) + 1
        if "Pool" in type(layers[name]).__name__:
            pooled.append(given)
        if not any(given is each for each in pooled):  # a block that ends in pooling gives the same tensor
            seen.append(_Pass(name, calls[name], tuple(given.shape[1:])))

    layers = {name: each for name, each in module.named_modules() if name}
    with _at_rest(module), torch.no_grad(), _told(layers, note):
        module(pictures)
    return seen


def _asked(module: nn.Module, pictures: torch.Tensor, place: Spot) -> tuple[torch.Tensor, torch.Tensor]:
    """What a layer gave, as a leaf that gradients are taken by, and the scores that came of it."""
    held: list[torch.Tensor] = []

    def caught(name: str, given: torch.Tensor) -> torch.Tensor:
        held.append(given.detach().clone().requires_grad_(torch.is_grad_enabled()))
        # A clone goes on: what follows may change it in place, which a leaf does not bear.
        return held[-1].clone() if len(held) == place.call + 1 else given

    with _told({place.name: module.get_submodule(place.name)}, caught):
        scores: torch.Tensor = module(pictures)
    return held[place.call], scores


@contextmanager
def _told(layers: dict[str, nn.Module], who: Callable[[str, torch.Tensor], Any]) -> Iterator[None]:
    """Tell `who` of each tensor that layers give; what it returns is given in its place."""

    def hook(name: str) -> Callable[[nn.Module, Any, Any], Any]:
        return lambda _, __, given: who(name, given) if isinstance(given, torch.Tensor) else None

    hooks = [layer.register_forward_hook(hook(name)) for name, layer in layers.items()]
    try:
        yield
    finally:
        for each in hooks:
            each.remove()


@contextmanager
def _at_rest(module: nn.Module) -> Iterator[None]:
    """The network in evaluation mode, its weights taking no gradients; afterwards as it was."""
    modes = [(each, each.training) for each in module.modules()]
    learning = [(each, each.requires_grad) for each in module.parameters()]
    module.eval().requires_grad_(False)
    try:
        yield
    finally:
        for each, mode in modes:
            each.training = mode
        for weight, learns in learning:
            weight.requires_grad_(learns)


def _spatial(shape: tuple[int, ...]) -> bool:
    """Whether it is (channels, h, w): networks look at squares, and so their maps are squares."""
    return len(shape) == 3 and shape[1] == shape[2] > 1


def _tokens(shape: tuple[int, ...]) -> bool:
    """Whether it is (tokens, width), or (h, w, channels) as some transformers lay them out."""
    return len(shape) == 2 or (len(shape) == 3 and shape[1] != shape[2])


def _array(tensor: torch.Tensor) -> Floats:
    held: Floats = tensor.detach().float().cpu().numpy()
    return held


def _to_one(maps: Floats) -> Floats:
    """Maps (n, h, w), none below 0, divided by the largest of each."""
    most = maps.max(axis=(1, 2), keepdims=True)
    scaled: Floats = np.divide(maps, most, out=np.zeros_like(maps), where=most > 0)
    return scaled
