"""What a network and its training can be told, with what each setting may be; nothing here imports torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from cartellino.classify.networks import allowed
from cartellino.errors import InputError


@dataclass(kw_only=True, eq=False, repr=False)
class NetworkSettings:
    """The settings of `NetworkClassifier` and `NetworkTagger`.

    Parameters
    ----------
    network : str
        An architecture by name (see `architectures.KNOWN`), ``timm:NAME`` or ``torchvision:NAME``.
    weights : str
        'none'; 'hub', those that timm publishes for it; 'hub:OWNER/NAME' with '@REVISION' if need be; or a
        file that ends in .safetensors.
    size, resize : int or None
        Side that the network looks at, and side to which pictures are squashed; a larger `resize` lets
        training look at random parts of that size, and testing at the middle. None: the network's own.
    colour : str
        'rgb' or 'grey'.
    normalise : str
        'network', as its weights were learnt; 'training', by mean and deviation of the pictures learnt from.
    head : tuple of int
        Widths of dense layers with ReLU before the last one.
    dropout : float or None
        None: the network's own.
    batch_norm : bool
        Small networks: after each convolution.
    trained : str or float
        'all', 'head', or the share of layers that learn, counted from the last.
    stages : tuple of mapping
        Training in stages, each with its own 'epochs', 'trained', 'learning_rate', 'head_rate'.
    epochs, batch, accumulate : int
        Passes; pictures a batch; batches whose gradients make one step.
    optimiser : str
        'sgd', 'adam' or 'adamw'.
    learning_rate : float, tuple of (float, float) or 'find'
        One; from the first layer to the last; or what the finder suggests.
    head_rate : float or None
        The head's own.
    momentum, weight_decay : float
        SGD's momentum; the decay of weights.
    schedule, schedule_every, schedule_factor, warmup
        See `schedule.Schedule`.
    clip : float or None
        Longest gradient of a step.
    loss, label_smoothing, focus, asymmetry
        See `losses.Loss`; 'auto': cross-entropy, or BCE for several labels.
    class_weight : 'balanced', mapping or None
        What a row of each class weighs.
    sampling : str
        'natural', or 'balanced': every class drawn as often.
    augment : str or mapping
        See `augmenting.named`.
    augment_only : str or tuple
        'all', 'rare', or the labels that it is for.
    mixup, cutmix : float
        See `mixing.mixed`.
    stop_on : str
        What chooses the epoch: 'loss', 'accuracy', 'top-3', 'top-5', 'macro-f1'; for several labels 'f2' too.
    patience : int or None
        Epochs without a better one that end the last stage; None: never.
    holdout : int
        One row in so many chooses the epoch where no validation rows are given.
    precision : str
        'auto', 'float32', 'bfloat16' or 'float16'.
    views : tuple of str
        What is looked at in testing: 'whole', 'mirror', 'crops'; the mean of their probabilities counts.
    threshold : float or None
        Several labels: where one is given; None: tuned.
    beta : float
        Several labels: thresholds are tuned for F-beta.
    folder : str or None
        Where decoded pictures, checkpoints and logs lie, so that a run that was killed goes on.
    checkpoint_every : int
        Steps between two checkpoints; one is written after each epoch besides.
    tensorboard : bool
        Whether logs are written for TensorBoard too.
    show_every : int
        Steps after which test pictures and what is predicted of them go to TensorBoard; 0: never.
    workers : int
        Processes that prepare pictures; 0: this one.
    random_state : int, RandomState or None
        Where all randomness comes from.
    """

    network: str = "resnet50"
    weights: str = "none"
    size: int | None = None
    resize: int | None = None
    colour: str = "rgb"
    normalise: str = "network"
    head: tuple[int, ...] = ()
    dropout: float | None = None
    batch_norm: bool = False
    trained: str | float = "all"
    stages: tuple[Mapping[str, Any], ...] = ()
    epochs: int = 20
    batch: int = 32
    accumulate: int = 1
    optimiser: str = "adam"
    learning_rate: float | tuple[float, float] | str = 1e-4
    head_rate: float | None = None
    momentum: float = 0.9
    weight_decay: float = 0.0
    schedule: str = "constant"
    schedule_every: int = 7
    schedule_factor: float = 0.1
    warmup: float = 0.3
    clip: float | None = None
    loss: str = "auto"
    label_smoothing: float = 0.0
    focus: float = 2.0
    asymmetry: tuple[float, float, float] = (0.0, 4.0, 0.05)
    class_weight: str | Mapping[Any, float] | None = None
    sampling: str = "natural"
    augment: str | Mapping[str, Any] = "none"
    augment_only: str | tuple[Any, ...] = "all"
    mixup: float = 0.0
    cutmix: float = 0.0
    stop_on: str = "loss"
    patience: int | None = None
    holdout: int = 7
    precision: str = "auto"
    views: tuple[str, ...] = ("whole",)
    threshold: float | None = None
    beta: float = 2.0
    folder: str | None = None
    checkpoint_every: int = 100
    tensorboard: bool = False
    show_every: int = 0
    workers: int = 0
    random_state: Any = 0


class Setting(NamedTuple):
    """One setting: its value if nothing is said, what it should be, a check, and the form it is kept in."""

    default: Any
    wanted: str
    fits: Callable[[Any], bool]
    settled: Callable[[Any], Any]


def settled(name: str, value: Any, where: str = "") -> Any:
    """A setting's value, checked.

    Raises
    ------
    InputError
        If there is no such setting, or it cannot have this value.
    """
    setting = SETTINGS.get(name)
    if setting is None:
        raise InputError(f"there is no setting '{name}'", where, f"There are: {', '.join(sorted(SETTINGS))}.")
    if not setting.fits(value):
        raise InputError(f"'{name}' should be {setting.wanted}, not {value!r}", where, "Correct it.")
    return setting.settled(value)


# Settings that are for the caller, not for a recipe: where things lie, and the seed.
_CALLERS = ("folder", "random_state")

_WANTED: dict[str, allowed.Allowed] = {
    "network": ("the name of a network", allowed.text, str),
    "weights": ("'none', 'hub', 'hub:OWNER/NAME' or a file that ends in .safetensors", allowed.text, str),
    "size": allowed.either(None, allowed.SIDE),
    "resize": allowed.either(None, allowed.SIDE),
    "colour": allowed.choice("rgb", "grey"),
    "normalise": allowed.choice("network", "training"),
    "head": allowed.listed("a list of whole numbers above 0", lambda each: type(each) is int and each > 0),
    "dropout": allowed.either(None, allowed.reaching(0, 0.95)),
    "batch_norm": allowed.BOOL,
    "trained": ("'all', 'head' or a share of the layers above 0 and up to 1", allowed.trained, allowed.same),
    "stages": allowed.listed("a list of tables with 'epochs', 'trained', 'learning_rate', 'head_rate'", allowed.stage),
    "epochs": allowed.whole(1),
    "batch": allowed.whole(1),
    "accumulate": allowed.whole(1),
    "optimiser": allowed.choice("sgd", "adam", "adamw"),
    "learning_rate": ("a number above 0, a list of two (first layer, last layer), or 'find'", allowed.rate, allowed.frozen),
    "head_rate": allowed.either(None, allowed.above_nothing()),
    "momentum": allowed.reaching(0, 0.9999),
    "weight_decay": allowed.reaching(0),
    "schedule": allowed.choice("constant", "step", "plateau", "cosine", "one-cycle"),
    "schedule_every": allowed.whole(1),
    "schedule_factor": allowed.reaching(0, 1),
    "warmup": allowed.reaching(0, 1),
    "clip": allowed.either(None, allowed.above_nothing()),
    "loss": allowed.choice("auto", "cross-entropy", "bce", "focal", "asymmetric", "softmax"),
    "label_smoothing": allowed.reaching(0, 0.9),
    "focus": allowed.reaching(0),
    "asymmetry": allowed.listed("a list of three numbers from 0 up", lambda each: allowed.number(each) and each >= 0, 3),
    "class_weight": ("'none', 'balanced' or a table of numbers above 0", allowed.weights, allowed.same),
    "sampling": allowed.choice("natural", "balanced"),
    "augment": ("the name of an augmentation, or a table of its numbers", allowed.augment, allowed.same),
    "augment_only": ("'all', 'rare' or a list of labels", allowed.labels, allowed.frozen),
    "mixup": allowed.reaching(0),
    "cutmix": allowed.reaching(0),
    "stop_on": allowed.choice("loss", "accuracy", "top-3", "top-5", "macro-f1", "f2"),
    "patience": allowed.either(None, allowed.whole(1)),
    "holdout": allowed.whole(2),
    "precision": allowed.choice("auto", "float32", "bfloat16", "float16"),
    "views": allowed.listed("a list of 'whole', 'mirror', 'crops'", lambda each: each in allowed.VIEWS),
    "threshold": allowed.either(None, allowed.reaching(0, 1)),
    "beta": allowed.above_nothing(),
    "checkpoint_every": allowed.whole(1),
    "tensorboard": allowed.BOOL,
    "show_every": allowed.whole(0),
    "workers": allowed.whole(0),
}

SETTINGS: dict[str, Setting] = {
    each.name: Setting(each.default, *_WANTED[each.name])
    for each in fields(NetworkSettings)
    if each.name not in _CALLERS
}
