"""Visual words of a run: on pictures, by what stands for them, and how often each class says them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cartellino.show import figures, words
from cartellino.show.charts.captioned import Captioned
from cartellino.show.charts.spoken import Word
from cartellino.show.drawing import Drawing
from cartellino.studies.drawn.chosen import class_of, having, one_of_each, spread

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.words.scorer import WordsScorer
    from cartellino.classify.words.showing import Spoken
    from cartellino.museum import Museum
    from cartellino.studies.run import Done, Tabled

_CLASSES, _PICTURES = 12, 40
_SHOWN, _SEARCHED, _PATCHES = 6, 200, 8
_SIDE, _PATCH = 544, 152  # pixels: twice what they take on the sheet


def word_histograms(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """How often the pictures of each class say each visual word, for a bag of words."""
    bag = _bag(museum, done)
    if bag is None:
        return None
    from cartellino.classify.words.showing import shares

    scorer, dataset = bag
    has = having(dataset)
    common = np.argsort(-has.sum(axis=0), kind="stable")[:_CLASSES]
    chosen = [spread(np.flatnonzero(has[:, place]), _PICTURES) for place in common]
    kept = [(place, rows) for place, rows in zip(common.tolist(), chosen, strict=True) if len(rows)]
    said = shares(scorer, dataset.X[np.concatenate([rows for _, rows in kept])].tolist())
    ends = np.cumsum([len(rows) for _, rows in kept])[:-1]
    figure = figures.word_histograms(
        [dataset.label_set.classes[place] for place, _ in kept],
        np.array([each.mean(axis=0) for each in np.split(said, ends)]),
        [len(rows) for _, rows in kept],
    )
    see = "Rows that look alike are classes that the words cannot tell apart."
    which = f"the {len(kept)} commonest classes" if len(kept) < has.shape[1] else "each class"
    return Drawing("words", figure, see, f"Share of the keypoints that says each visual word, in {which}.")


def keypoints(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """Pictures with their commonest words on them, and what stands for each, for a bag of words."""
    bag = _bag(museum, done)
    if bag is None:
        return None
    from cartellino.classify.words.showing import COLOURS, frequent, spoken

    scorer, dataset = bag
    learnt = dataset.rows("train")
    rows = one_of_each(dataset, learnt, _SHOWN).tolist()
    told = [spoken(scorer, dataset.X[row]) for row in rows]
    times = frequent(told, len(COLOURS))
    colours = dict(zip(times, COLOURS, strict=False))
    searched = dataset.X[spread(learnt, _SEARCHED)].tolist()
    figure = figures.spoken(_pictures(dataset, rows, told, colours), _words(scorer, searched, times, colours))
    see = (
        "A word means something where the patches of its row show one thing; where they do not, the machine "
        "counts what no eye would name."
    )
    all_of_them = sum(len(each.words) for each in told)
    which = f"Above, {words.count(len(rows), 'picture')} learnt from, one a class, with a circle for each of"
    return Drawing(
        "keypoints",
        figure,
        see,
        f"{which} {words.count(all_of_them, 'keypoint')}, as large as the keypoint; in colour those that say "
        f"the {len(colours)} commonest of {words.count(len(scorer.lexicon.words), 'word')}. Below, what is "
        f"nearest to each of these in {words.count(len(searched), 'picture')} learnt from, nearest first.",
    )


def _pictures(
    dataset: Dataset, rows: Sequence[int], told: Sequence[Spoken], colours: Mapping[int, str]
) -> list[Captioned]:
    from cartellino.classify.words.showing import drawn

    return [
        Captioned(
            drawn(each, colours, _SIDE),
            (class_of(dataset, row), words.count(len(each.words), "keypoint")),
        )
        for row, each in zip(rows, told, strict=True)
    ]


def _words(
    scorer: WordsScorer, searched: Sequence[object], times: Mapping[int, int], colours: Mapping[int, str]
) -> list[Word]:
    from cartellino.classify.words.showing import exemplars, patch

    found = exemplars(scorer, searched, list(times), _PATCHES)
    return [
        Word(
            f"word {words.number(word)}",
            f"{words.count(often, 'time')} above",
            colours[word],
            [patch(scorer, each, _PATCH) for each in found[word]],
        )
        for word, often in times.items()
    ]


def _bag(museum: Museum, done: Done) -> tuple[WordsScorer, Dataset] | None:
    """What a bag of words knows, where its keypoints are kept, and its pictures; None for other families."""
    model = done.models[0]
    if model.trained.recipe.family != "words":
        return None
    from cartellino.classify.words.scorer import WordsScorer

    assert isinstance(model.trained.scorer, WordsScorer)
    dataset = museum.dataset(model.label_set, model.trained.recipe)
    return replace(model.trained.scorer, folder=dataset.cache), dataset
