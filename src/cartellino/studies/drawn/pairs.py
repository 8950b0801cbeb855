"""Works that a model takes for another class, beside the work of that class that they look most like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.records import Part
from cartellino.show import figures, words
from cartellino.show.charts.captioned import Captioned
from cartellino.show.charts.pairs import Confused
from cartellino.show.drawing import Drawing
from cartellino.studies.drawn import alike
from cartellino.studies.drawn.chosen import seen, titled
from cartellino.studies.drawn.confused import Mistake, Said, confused_most, said_of, surest

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.curate.labelset import LabelSet
    from cartellino.model import Model
    from cartellino.museum import Museum
    from cartellino.studies.run import Done, Tabled

_PAIRS, _SIDE = 4, 384

Pair = tuple[int, int]


def pairs(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """Look-alikes of the classes most confused; None where none is, and for several labels a work."""
    model = done.models[0]
    data, label_set = model.report.data, model.label_set
    if data["confusion"] is None:
        return None
    matrix = np.array(data["confusion"], np.int64)
    dataset = museum.dataset(label_set, model.trained.recipe)
    chosen = confused_most(matrix, _PAIRS)
    said = _tested(model, dataset, chosen)
    found = {pair: surest(label_set, said, pair) for pair in chosen}
    like, by = _alike(museum, model, dataset, said, [each for several in found.values() for each in several])
    beside = said_of(model, dataset, np.unique(np.array(list(like.values()), np.int64)))
    hung = _hung(museum, label_set, {**{work: said[work] for work in like}, **beside}, _calibrated(data))
    drawn = list(_drawn(label_set, matrix, found, like, hung))
    if not drawn:
        return None
    see = (
        "Where one would hang both under one label, the classes are close; where not, the model saw "
        "something else."
    )
    told = (
        f"On the left of each pair a work of the {data['works']:,} test works, the surest mistake of its "
        f"kind; on the right the most like it, by {by}, of the works learnt from as what it was taken for."
    )
    shown = frozenset(label_set.classes[place] for pair in found for place in pair)
    return Drawing("pairs", figures.look_alikes(drawn), see, told + _of_people(shown & label_set.sensitive))


def _tested(model: Model, dataset: Dataset, chosen: Sequence[Pair]) -> Said:
    """What a model says of the test works of some classes."""
    from cartellino.evaluate.evaluate import with_picture

    label_set = dataset.label_set
    works = with_picture(dataset, label_set.of(Part.TEST))
    places = sorted({place for pair in chosen for place in pair})
    return said_of(model, dataset, works[np.isin(label_set.truth[works], places)])


def _alike(
    museum: Museum, model: Model, dataset: Dataset, said: Said, mistakes: Sequence[Mistake]
) -> tuple[dict[int, int], str]:
    """What each mistake looks most like, and by what that was found."""
    found = alike.by_features(museum, dataset.label_set, mistakes)
    if len(found) == len(mistakes):
        return found, f"the collection’s features ({museum.backbone.id})"
    return alike.by_probabilities(model, dataset, said, mistakes), "the run’s own probabilities"


def _hung(museum: Museum, label_set: LabelSet, said: Said, calibrated: bool) -> dict[int, Captioned]:
    """Works with what the catalogue and the model say of them, by their places in the label set."""
    keys = {place: int(label_set.works[place]) for place in said}
    pictures = seen(museum, keys.values(), _SIDE)
    return {
        place: Captioned(
            pictures[keys[place]],
            (
                titled(museum, keys[place]),
                f"catalogued as {label_set.classes[label_set.truth[place]]}",
                f"the model says: {_believed(label_set, chances, calibrated)}",
            ),
        )
        for place, chances in said.items()
        if keys[place] in pictures
    }


def _believed(label_set: LabelSet, chances: NDArray[np.float64], calibrated: bool) -> str:
    likeliest = int(chances.argmax())
    chance = float(chances[likeliest])
    told = f"{words.hedge(chance, calibrated)} {label_set.classes[likeliest]}"
    return f"{told} ({words.percent(chance, of=1)})"


def _calibrated(data: Mapping[str, Any]) -> bool:
    """Whether its probabilities were as right on the test part as chance lets one see."""
    told = data["calibration"]
    return told["error"] is not None and told["error"] <= told["by_chance_high"]


def _drawn(
    label_set: LabelSet,
    matrix: NDArray[np.int64],
    found: Mapping[Pair, Sequence[Mistake]],
    like: Mapping[int, int],
    hung: Mapping[int, Captioned],
) -> Iterator[Confused]:
    for (one, other), mistakes in found.items():
        works = [(each.work, like[each.work]) for each in mistakes if each.work in like]
        couples = [(hung[left], hung[right]) for left, right in works if left in hung and right in hung]
        if couples:
            names = label_set.classes[one], label_set.classes[other]
            ways = [way for way in ((one, other), (other, one)) if matrix[way]]
            note = "; ".join(_note(label_set, matrix, *way) for way in ways)
            yield Confused(words.listing(names), note, couples)


def _note(label_set: LabelSet, matrix: NDArray[np.int64], catalogued: int, labelled: int) -> str:
    works, of = int(matrix[catalogued, labelled]), int(matrix[catalogued].sum())
    told = f"{words.number(works)} of {words.count(of, 'work')} catalogued as"
    return f"{told} {label_set.classes[catalogued]} labelled {label_set.classes[labelled]}"


def _of_people(labels: frozenset[str]) -> str:
    """What to know where labels say something of a person."""
    if not labels:
        return ""
    named = words.listing([f"‘{label}’" for label in sorted(labels)])
    return f" What the model says of {named} is a guess that was measured here; no rule files it."
