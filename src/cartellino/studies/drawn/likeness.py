"""Classes as the best run of a table sees them: who lies near whom, and who is most like whom."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from cartellino.metrics.distances import top_quarter
from cartellino.metrics.placing import placed
from cartellino.show import figures, words
from cartellino.show.drawing import Drawing
from cartellino.studies.told import measure_name

if TYPE_CHECKING:
    from cartellino.museum import Museum
    from cartellino.studies.distances import Distances
    from cartellino.studies.run import Done, Tabled


def distances(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """Classes placed by their distances; None for all runs but the best."""
    found = tabled.distances
    if found is None or done is not found.done:
        return None
    apart, k = found.apart.corrected, len(found.classes)
    laid = placed(apart)
    unsure = found.apart.low <= 0
    figure = figures.apart(
        found.classes,
        laid.points,
        found.works,
        found.alike,
        top_quarter(found.alike),
        unsure,
        _bar(found),
    )
    ones, others = np.triu_indices(k, 1)
    order = np.argsort(apart[ones, others], kind="stable")
    (near, nearest), (far, farthest) = ((ones[at], others[at]) for at in (order[0], order[-1]))
    named = found.classes
    see = (
        f"{named[near]} and {named[nearest]} look most alike to it, "
        f"{named[far]} and {named[farthest]} least; "
        f"{_fidelity(laid.stress)}."
    )
    chance = int(unsure[ones, others].sum())
    doubt = (
        f" {words.count(chance, 'pair')} of {len(ones)} (dashed, if drawn) may be apart by chance alone."
        if chance
        else ""
    )
    told = (
        f"Distances of the means of classes, less what chance adds to means of few works; placed by stress "
        f"majorisation. Lines join the most similar quarter of pairs, the wider the more alike.{doubt}"
    )
    return Drawing("distances", figure, see, f"{told} {_data(found)}")


def chord(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """The most similar quarter of pairs, in both directions; None for all runs but the best."""
    found = tabled.distances
    if found is None or done is not found.done:
        return None
    alike = found.alike
    one, other = np.unravel_index(alike.argmax(), alike.shape)
    figure = figures.chord(found.classes, alike, top_quarter(alike), found.apart.low <= 0)
    even = words.percent(1 / (len(alike) - 1), 100)
    see = (
        f"{found.classes[one]} is most like {found.classes[other]}: "
        f"{words.percent(float(alike[one, other]), 100)} of all its likeness, where equal distances would "
        f"leave {even}."
    )
    told = (
        "Similarity is one over the distance, as a share of a class’s sum over all others; drawn is the top "
        "quarter. A ribbon is as wide at a class as the other is like it. Grey ones hold one way only: they "
        "come to a point at a class that others are more like."
    )
    return Drawing("chord", figure, see, f"{told} {_data(found)}")


def _fidelity(stress: float) -> str:
    told = words.percent(stress, 100)
    return f"distances on paper are off by about {told}" if stress >= 0.01 else "distances on paper are true"


def _data(found: Distances) -> str:
    """Whose eyes, and which works: seen ones too, as the study did."""
    works = sum(found.works)
    measure = measure_name(found.measure, "single")
    best = f"; the best of {found.rivals} runs by ‘{measure}’" if found.rivals > 1 else ""
    few = f" Too few works: {words.listing(list(found.left_out))}." if found.left_out else ""
    return (
        f"On {words.count(works, 'work')}, as in the study also those that it has learnt from "
        f"(all but {words.number(found.unseen)}){best}.{few}"
    )


def _bar(found: Distances) -> tuple[float, str]:
    """A round share of what works lie from the mean of their own class, against which distances are small."""
    spread = found.apart.spread or 1.0
    wanted = max(float(found.apart.corrected.max()) / spread / 5, 1e-6)
    power = 10.0 ** math.floor(math.log10(wanted))
    share = power * max(step for step in (1, 2, 5) if step * power <= wanted * (1 + 1e-9))
    return share * spread, f"{share:g} of the distance of a work from the mean of its own class"
