"""From settings and pictures to a trained network."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from cartellino.classify.networks import chance, history, losses, rare
from cartellino.classify.networks.architectures import Network, Wanted, built
from cartellino.classify.networks.augmentation import transforms
from cartellino.classify.networks.augmenting import named
from cartellino.classify.networks.batches import Looks
from cartellino.classify.networks.history import Row
from cartellino.classify.networks.lesson import Lesson
from cartellino.classify.networks.pictures import Pixels, decoded
from cartellino.classify.networks.plan import planned
from cartellino.classify.networks.scorer import Look, NetworkScorer
from cartellino.classify.networks.settings import NetworkSettings
from cartellino.classify.networks.training import Training
from cartellino.classify.networks.weights import loaded
from cartellino.errors import InputError
from cartellino.features.preprocessing import Shown
from cartellino.progress import Progress

Rows = NDArray[np.int64]

# What moves no weight, and so may differ between a run and the one that goes on with it.
_BESIDE = (
    "folder",
    "checkpoint_every",
    "tensorboard",
    "show_every",
    "workers",
    "views",
    "beta",
    "random_state",
)
_AT_ONCE = 64


@dataclass(frozen=True)
class Task:
    """What is to be learnt.

    Parameters
    ----------
    pictures : tuple of Shown
        All that count.
    target, weights : ndarray (n, k), ndarray (n,)
        Labels of each, and its weight.
    emphasis : ndarray (k,)
        What each class weighs (see `weighing`).
    learn, ask : ndarray of int64
        Rows to learn from, and rows that choose the epoch.
    classes : ndarray (k,)
        Labels.
    readout : str
        'single', 'sigmoid' or 'softmax'.
    seed : int
        Where randomness comes from.
    """

    pictures: tuple[Shown, ...]
    target: NDArray[np.float32]
    weights: NDArray[np.float32]
    emphasis: NDArray[np.float32]
    learn: Rows
    ask: Rows
    classes: NDArray[Any]
    readout: str
    seed: int


@dataclass(frozen=True)
class Fitted:
    """What was learnt: the network, how it went, what was chosen, and scores of the rows that chose."""

    scorer: NetworkScorer
    history: list[Row]
    choice: dict[str, Any]
    logits: NDArray[np.float32]


def fitted(told: NetworkSettings, task: Task, progress: Progress) -> Fitted:
    """Train a network as the settings say, or go on with a run that was broken off.

    Raises
    ------
    InputError
        If the settings do not fit one another or the task.
    PictureError
        If a picture cannot be decoded.
    ModelError
        If weights cannot be had, or the loss is no longer a number.
    """
    _refuse_unfit(told, task)
    asked = wanted(told, len(task.classes))
    with chance.drawn(task.seed, chance.BUILD):
        network = built(asked, loaded(told.weights, told.network))
    _refuse_too_small(network, asked)
    resize = told.resize or network.size
    if resize < network.size:
        raise InputError(f"'resize' should be at least {network.size}", told.network, "Make it larger.")
    folder = None if told.folder is None else Path(told.folder)
    squares = decoded(task.pictures, resize, asked.channels, folder, progress)
    if told.normalise == "training":
        network = _normalised(network, squares, task.learn)
    run = _run(told, task, network, squares, folder)
    run.run(progress)
    look = Look(network.size, resize, network.mean, network.deviation, told.views, task.readout)
    scorer = NetworkScorer(network, asked, look)
    return Fitted(scorer, run.at.history, _choice(told, run, network), _asked(scorer, squares, task))


def _run(
    told: NetworkSettings, task: Task, network: Network, squares: Pixels, folder: Path | None
) -> Training:
    several = task.readout != "single"
    lesson = Lesson(squares, task.target, task.weights, task.learn, task.ask, task.readout, told.threshold)
    chosen = rare.chosen(told.augment_only, task.target, task.classes)
    looks = Looks(squares, network.size, transforms(named(told.augment)), chosen, task.seed)
    loss = losses.Loss(
        _loss(told.loss, several),
        several,
        torch.from_numpy(task.emphasis),
        told.label_smoothing,
        told.focus,
        told.asymmetry,
    )
    balanced = told.sampling == "balanced"
    shares = rare.shares(task.target[task.learn], task.weights[task.learn]) if balanced else None
    place = None if folder is None else folder / _fingerprint(told, task)
    return Training(network, lesson, looks, loss, planned(told, shares), place, task.classes)


def wanted(told: NetworkSettings, classes: int) -> Wanted:
    """The network that settings ask for."""
    return Wanted(
        name=told.network,
        classes=classes,
        size=told.size,
        channels=1 if told.colour == "grey" else 3,
        head=tuple(told.head),
        dropout=told.dropout,
        batch_norm=told.batch_norm,
    )


def _loss(kind: str, several: bool) -> str:
    if kind == "auto":
        return "bce" if several else "cross-entropy"
    return kind


def _refuse_unfit(told: NetworkSettings, task: Task) -> None:
    several = task.readout != "single"
    known = losses.SEVERAL if several else losses.SINGLE
    if _loss(told.loss, several) not in known:
        raise InputError(
            f"a loss for {'several labels' if several else 'one label'} is not '{told.loss}'",
            "loss",
            f"There are: {', '.join(known)}.",
        )
    unknown = ("top-3", "top-5") if several else ("f2",)
    if told.stop_on in unknown:
        raise InputError(f"'{told.stop_on}' cannot choose the epoch here", "stop_on", "Take 'loss', say.")


def _refuse_too_small(network: Network, wanted: Wanted) -> None:
    """Try one empty picture: deep networks halve it so often that of a small one nothing is left."""
    try:
        with torch.inference_mode():
            network.module.eval()(torch.zeros(1, wanted.channels, network.size, network.size))
    except RuntimeError as error:
        raise InputError(
            f"'{wanted.name}' cannot look at pictures of {network.size} pixels", "size", "Make it larger."
        ) from error


def _normalised(network: Network, squares: Pixels, rows: Rows) -> Network:
    """The network with the mean and deviation of the pictures it learns from, channel by channel."""
    channels = squares.shape[3]
    counts = np.zeros((channels, 256))
    for begun in range(0, len(rows), _AT_ONCE):
        some = squares[rows[begun : begun + _AT_ONCE]]
        counts += [np.bincount(some[..., each].ravel(), minlength=256) for each in range(channels)]
    shares = counts / counts.sum(axis=1, keepdims=True)
    values = np.arange(256) / 255
    mean = shares @ values
    deviation = np.sqrt(np.maximum(shares @ values**2 - mean**2, 1e-6))
    return replace(network, mean=tuple(mean.tolist()), deviation=tuple(deviation.tolist()))


def _asked(scorer: NetworkScorer, squares: Pixels, task: Task) -> NDArray[np.float32]:
    told = [np.zeros((0, len(task.classes)), np.float32)]
    for begun in range(0, len(task.ask), _AT_ONCE):
        told.append(scorer.of_squares(squares[task.ask[begun : begun + _AT_ONCE]]))
    return np.concatenate(told)


def _choice(told: NetworkSettings, run: Training, network: Network) -> dict[str, Any]:
    return {
        "epoch": history.best(run.at.history, told.stop_on),
        "epochs": run.at.epoch,
        "losses": history.watched(run.at.history, "loss"),
        "history": history.told(run.at.history),
        "rate": run.at.found,
        "network": told.network,
        "parameters": sum(each.numel() for each in network.module.parameters()),
        "seconds": round(sum(row["seconds"] for row in run.at.history), 1),
    }


def _fingerprint(told: NetworkSettings, task: Task) -> str:
    """A name for a run: whatever moves its weights is in it."""
    settings = {each.name: getattr(told, each.name) for each in fields(NetworkSettings)}
    kept = sorted((name, repr(value)) for name, value in settings.items() if name not in _BESIDE)
    digest = hashlib.sha256(repr((kept, task.seed, task.classes.tolist(), task.readout)).encode())
    digest.update(repr([(str(each.file), each.trim) for each in task.pictures]).encode())
    for array in (task.target, task.weights, task.emphasis, task.learn, task.ask):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]
