"""Figures of where a trained network looks: what speaks for a label, and what its last layer answers to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cartellino.records import Part
from cartellino.show import figures, words
from cartellino.show.charts.heat import Looked
from cartellino.show.drawing import Drawing
from cartellino.studies.drawn.chosen import having, spread

if TYPE_CHECKING:
    import torch

    from cartellino.classify.dataset import Dataset
    from cartellino.classify.networks.maps import Spot
    from cartellino.classify.networks.scorer import NetworkScorer
    from cartellino.classify.trained import TrainedModel
    from cartellino.museum import Museum
    from cartellino.studies.run import Done, Tabled

Rows = NDArray[np.int64]

_LABELS = 3  # where a table names none
_OF_EACH = 3  # pictures of a label of which the model says so, and as many of which it says otherwise
_ASKED = 100  # pictures of a label that the network is asked about, to choose those from
_SUMMED, _CHANNELS = 6, 16
_SIDE = 280  # of a shown picture, in pixels


@dataclass(frozen=True)
class _Seen:
    """A run's network at one of its layers, and test pictures of the labels that are shown."""

    trained: TrainedModel
    scorer: NetworkScorer
    spot: Spot
    dataset: Dataset
    has: NDArray[np.bool_]
    shown: tuple[int, ...]
    rows: tuple[Rows, ...]

    def prepared(self, rows: Rows) -> torch.Tensor:
        """Pictures as the network takes them."""
        from cartellino.classify.networks import maps

        return maps.prepared(self.scorer, self.dataset.X[rows].tolist())

    def catalogued(self, row: int) -> str:
        """'catalogued as Men and Trees'."""
        places = np.flatnonzero(self.has[row])
        return f"catalogued as {words.listing([self.trained.classes[place] for place in places])}"

    def looked(self, rows: Rows, heat: NDArray[np.float32], told: Sequence[str]) -> list[Looked]:
        """Pictures with their maps and their words."""
        each = zip(rows.tolist(), heat, told, strict=True)
        return [Looked(self._picture(row), spots, said) for row, spots, said in each]

    def _picture(self, row: int) -> NDArray[np.uint8]:
        """What the network saw of a picture, in the picture's own shape."""
        from cartellino.features.preprocessing import reduced

        shown, look = self.dataset.X[row], self.scorer.look
        pixels = reduced(shown.file, shown.trim, _SIDE)
        down, across = (round(side * (1 - look.size / look.resize) / 2) for side in pixels.shape[:2])
        return pixels[down : len(pixels) - down, across : pixels.shape[1] - across]


def heat(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """Grad-CAM over test pictures of some labels, right ones and wrong ones.

    None for other classifiers, and for networks without a layer that knows what lies where.
    """
    seen = _seen(museum, tabled, done, _LABELS)
    if seen is None:
        return None
    answers = _answered(seen)
    rows = [(name, _explained(seen, each, answers)) for name, each in _right_and_wrong(seen, answers)]
    if not rows:
        return None
    figure = figures.heat_maps(rows, "does not speak for what the model says", "speaks for it most")
    see = "A map that lies beside the motif says that the model goes by something else."
    return Drawing("heat", figure, see, f"Grad-CAM of {_layer(seen.spot)}, test pictures.")


def feature_maps(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """What the last layer of a network answers to, summed over its channels, and its strongest channels.

    None for other classifiers, and for networks without a layer that knows what lies where.
    """
    seen = _seen(museum, tabled, done, _SUMMED)
    if seen is None:
        return None
    from cartellino.classify.networks import maps

    firsts = np.array(list(dict.fromkeys(int(rows[0]) for rows in seen.rows)), np.int64)
    given = maps.activations(seen.scorer.module, seen.prepared(firsts), seen.spot)
    looked = seen.looked(firsts, maps.summed(given), [seen.catalogued(row) for row in firsts.tolist()])
    channels, single = maps.strongest(given[0], _CHANNELS)
    figure = figures.feature_maps(
        looked, channels.tolist(), single, given.shape[1], "least active", "most active"
    )
    see = "What is bright is what the network’s answer is made of, whatever it answers."
    told = f"What {_layer(seen.spot)} gives for test pictures, each map from its least to its most."
    return Drawing("feature-maps", figure, see, told)


def _seen(museum: Museum, tabled: Tabled, done: Done, labels: int) -> _Seen | None:
    """The first model of a run, if it is a network with such a layer and there are pictures to show."""
    model = done.models[0]
    if model.trained.recipe.family != "network":
        return None
    from cartellino.classify.networks import maps
    from cartellino.classify.networks.scorer import NetworkScorer

    scorer = model.trained.scorer
    assert isinstance(scorer, NetworkScorer)
    dataset = museum.dataset(model.label_set, model.trained.recipe)
    has = having(dataset)
    rows = _of_labels(dataset, has, tabled.table.show, labels)
    if not rows:
        return None
    first = maps.prepared(scorer, dataset.X[next(iter(rows.values()))[:1]].tolist())
    spot = maps.spot(scorer.module, first, middle=tabled.table.layer == "middle")
    if spot is None:
        return None
    return _Seen(model.trained, scorer, spot, dataset, has, tuple(rows), tuple(rows.values()))


def _of_labels(
    dataset: Dataset, has: NDArray[np.bool_], named: Sequence[str], labels: int
) -> dict[int, Rows]:
    """Test pictures of the labels that a table names, or of the commonest: some of each."""
    tested, classes = dataset.rows(Part.TEST), dataset.label_set.classes
    common = np.argsort(-has[tested].sum(axis=0), kind="stable")[:labels].tolist()
    places = [classes.index(label) for label in named if label in classes] or common
    held = {place: tested[has[tested, place]] for place in places}
    return {place: spread(rows, _ASKED) for place, rows in held.items() if len(rows)}


@dataclass(frozen=True)
class Answers:
    """What a model says of each picture.

    Parameters
    ----------
    says : ndarray (pictures,) of int64
        The likeliest label; -1 where it was not asked.
    sure : ndarray (pictures,) of float64
        Its probability.
    """

    says: Rows
    sure: NDArray[np.float64]


def _answered(seen: _Seen) -> Answers:
    from cartellino.classify.predict import predict_pictures

    asked = np.unique(np.concatenate(seen.rows))
    believed = predict_pictures(seen.trained, seen.dataset.X[asked])
    says, sure = np.full(len(seen.dataset.X), -1, np.int64), np.zeros(len(seen.dataset.X))
    says[asked], sure[asked] = believed.argmax(axis=1), believed.max(axis=1)
    return Answers(says, sure)


def _right_and_wrong(seen: _Seen, answers: Answers) -> Iterator[tuple[str, Rows]]:
    """For each label pictures of which the model says so too, and others, under what stands above them."""
    for place, rows in zip(seen.shown, seen.rows, strict=True):
        named = f"catalogued as {seen.trained.classes[place]}"
        right, wrong = right_and_wrong(rows, place, seen.shown, seen.has, answers)
        if len(right):
            yield f"{named}, and the model says so", right
        if len(wrong):
            yield f"{named}, and the model says otherwise", wrong


def right_and_wrong(
    rows: Rows, place: int, shown: Sequence[int], has: NDArray[np.bool_], answers: Answers
) -> tuple[Rows, Rows]:
    """Some pictures of a label of which the model says so too, and some of which it says what they are not.

    Parameters
    ----------
    rows : ndarray (m,) of int64
        Pictures that are catalogued as the label.
    place : int
        The label.
    shown : sequence of int
        All labels that are shown.
    has : ndarray (pictures, k) of bool
        As what each picture is catalogued.
    answers : Answers
        What the model says.

    Returns
    -------
    right : ndarray (at most 3,) of int64
        Evenly from the surest to the least sure.
    wrong : ndarray (at most 3,) of int64
        Those first that are taken for another label that is shown, the surest first.
    """
    surest = rows[np.argsort(-answers.sure[rows], kind="stable")]
    right = spread(surest[answers.says[surest] == place], _OF_EACH)
    missed = surest[~has[surest, answers.says[surest]]]
    near = np.isin(answers.says[missed], shown)
    return right, np.concatenate([missed[near], missed[~near]])[:_OF_EACH]


def _explained(seen: _Seen, rows: Rows, answers: Answers) -> list[Looked]:
    """Pictures under the maps of what speaks for what the model says of them."""
    from cartellino.classify.networks import maps

    says = answers.says[rows].tolist()
    found = maps.grad_cam(seen.scorer.module, seen.prepared(rows), says, seen.spot)
    told = [
        f"{seen.catalogued(row)},\nthe model says {seen.trained.classes[place]} ({answers.sure[row]:.2f})"
        for row, place in zip(rows.tolist(), says, strict=True)
    ]
    return seen.looked(rows, found, told)


def _layer(spot: Spot) -> str:
    channels, height, width = spot.shape
    return f"layer ‘{spot.name}’ ({words.number(channels)} channels of {height} × {width})"
