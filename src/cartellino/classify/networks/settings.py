"""What a network and its training can be told, with what each setting may be; nothing here imports torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cartellino.classify import setting
from cartellino.classify.networks import allowed
from cartellino.classify.setting import Setting


@dataclass(kw_only=True, eq=False, repr=False)
class NetworkSettings:
    """The settings of `NetworkClassifier` and `NetworkTagger`.

    Parameters
    ----------
    network : str
        An architecture by name (see `architectures.KNOWN`), ``timm:NAME`` or ``torchvision:NAME``.
    weights : str
        'none'; 'installed', ImageNet's that came with a package (lite0, lite1, lite2); 'hub', those that timm
        publishes for it; 'hub:OWNER/NAME' with '@REVISION' if need be; or a file that ends in .safetensors.
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
    schedule : str
        How the learning rate falls: 'constant', 'step', 'plateau', 'cosine' or 'one-cycle'.
    schedule_every : int
        Epochs from step to step, or without a better loss before a plateau's.
    schedule_factor : float
        What it is multiplied by then.
    warmup : float
        'one-cycle': the share of steps in which it rises first.
    clip : float or None
        Longest gradient of a step.
    loss : str
        'auto' (cross-entropy, or BCE for several labels), 'cross-entropy', 'bce', 'focal', 'asymmetric' or
        'softmax'.
    label_smoothing : float
        The share of the target that all classes divide.
    focus : float
        How much 'focal' turns from what is easy.
    asymmetry : tuple of float
        The focus on labels that apply and on those that do not, and the clip of 'asymmetric'.
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


_D = NetworkSettings()

# What recipes may be told. Class weights and beta are among what all recipes may be told; where things lie,
# and the seed, are the caller's.
SETTINGS: dict[str, Setting] = {
    "network": setting.text(_D.network),
    "weights": setting.text(_D.weights),
    "size": allowed.side(_D.size),
    "resize": allowed.side(_D.resize),
    "colour": setting.one_of("rgb", "grey"),
    "normalise": setting.one_of("network", "training"),
    "head": allowed.widths(_D.head),
    "dropout": allowed.perhaps(setting.number(_D.dropout, 0, 0.95)),
    "batch_norm": setting.yes_or_no(_D.batch_norm),
    "trained": allowed.trained(_D.trained),
    "stages": allowed.stages(_D.stages),
    "epochs": setting.whole(_D.epochs, 1),
    "batch": setting.whole(_D.batch, 1),
    "accumulate": setting.whole(_D.accumulate, 1),
    "optimiser": setting.one_of("adam", "sgd", "adamw"),
    "learning_rate": allowed.rate(_D.learning_rate),
    "head_rate": allowed.perhaps(setting.number(_D.head_rate, 0, above=True)),
    "momentum": setting.number(_D.momentum, 0, 0.9999),
    "weight_decay": setting.number(_D.weight_decay, 0),
    "schedule": setting.one_of("constant", "step", "plateau", "cosine", "one-cycle"),
    "schedule_every": setting.whole(_D.schedule_every, 1),
    "schedule_factor": setting.number(_D.schedule_factor, 0, 1),
    "warmup": setting.number(_D.warmup, 0, 1),
    "clip": allowed.perhaps(setting.number(_D.clip, 0, above=True)),
    "loss": setting.one_of("auto", "cross-entropy", "bce", "focal", "asymmetric", "softmax"),
    "label_smoothing": setting.number(_D.label_smoothing, 0, 0.9),
    "focus": setting.number(_D.focus, 0),
    "asymmetry": allowed.asymmetry(_D.asymmetry),
    "sampling": setting.one_of("natural", "balanced"),
    "augment": allowed.augment(_D.augment),
    "augment_only": allowed.labels(_D.augment_only),
    "mixup": setting.number(_D.mixup, 0),
    "cutmix": setting.number(_D.cutmix, 0),
    "stop_on": setting.one_of("loss", "accuracy", "top-3", "top-5", "macro-f1", "f2"),
    "patience": allowed.perhaps(setting.whole(1, 1), _D.patience),
    "holdout": setting.whole(_D.holdout, 2),
    "precision": setting.one_of("auto", "float32", "bfloat16", "float16"),
    "views": allowed.views(_D.views),
    "checkpoint_every": setting.whole(_D.checkpoint_every, 1),
    "tensorboard": setting.yes_or_no(_D.tensorboard),
    "show_every": setting.whole(_D.show_every, 0),
    "workers": setting.whole(_D.workers, 0),
}
