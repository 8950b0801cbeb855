"""What each member sees of a row that holds several views side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from cartellino.classify.family import Lesson, class_weights
from cartellino.classify.recipe import Recipe
from cartellino.errors import InputError


def seen_by(members: Sequence[Recipe], where: str) -> tuple[str, ...]:
    """The views that members see, each once, in the order in which they are first named.

    Raises
    ------
    InputError
        If some say what they see, and others leave it to the collection.
    """
    shown = [member.views for member in members]
    if any(shown) and not all(shown):
        silent = next(member.name for member, views in zip(members, shown, strict=True) if not views)
        raise InputError(
            f"some members say what they see, and '{silent}' does not",
            where,
            'Give it "sees" too, or give "sees" to the whole recipe, for members that say nothing.',
        )
    return tuple(dict.fromkeys(view for views in shown for view in views))


def taken_by(members: Sequence[Recipe], where: str) -> str:
    """What members take for rows: 'features' or 'pictures'.

    Raises
    ------
    InputError
        If some take the one and some the other.
    """
    looking = [member.name for member in members if member.looks_at_pictures]
    reading = [member.name for member in members if not member.looks_at_pictures]
    if looking and reading:
        raise InputError(
            f"'{looking[0]}' looks at pictures and '{reading[0]}' at features, and rows are one or the other",
            where,
            "Compose members that look at the same.",
        )
    return "pictures" if looking else "features"


def columns_of(views: Sequence[str], seen: Sequence[str], lesson: Lesson, where: str) -> Any:
    """The columns of some views among those that a row holds: None (all), a slice, or places.

    Parameters
    ----------
    views : sequence of str
        Those that are wanted, in this order.
    seen : sequence of str
        Those that a row holds, in the order of ``lesson.views``.
    lesson : Lesson
        Knows how wide they are.
    where : str
        For the message.

    Raises
    ------
    InputError
        If rows do not hold the views.
    """
    if tuple(views) == tuple(seen):
        return None
    if len(lesson.views) != len(seen):
        raise InputError(
            f"rows hold {len(lesson.views)} views, and it sees {len(seen)}", where, "Train it again."
        )
    edges = np.cumsum([0, *(width for _, width in lesson.views)]).tolist()
    spans = [(edges[place], edges[place + 1]) for place in map(list(seen).index, views)]
    if all(before[1] == after[0] for before, after in pairwise(spans)):
        return slice(spans[0][0], spans[-1][1])
    return np.concatenate([np.arange(start, stop) for start, stop in spans])


def lesson_of(member: Recipe, lesson: Lesson, seen: Sequence[str], columns: Any, folder: str = "") -> Lesson:
    """What there is to be learnt for a member that sees these columns; in a folder of its own, or none."""
    width = sum(lesson.blocks)
    places = np.arange(width)[columns] if columns is not None else np.arange(width)
    block = np.repeat(np.arange(len(lesson.blocks)), lesson.blocks)[places]
    order = list(dict.fromkeys(block.tolist()))
    widths = dict(zip(seen, lesson.views, strict=False))
    told = member.class_weight != "none"
    return replace(
        lesson,
        blocks=tuple(lesson.blocks[each] for each in order),
        views=tuple(widths[view] for view in member.views if view in widths) or lesson.views,
        class_weight=class_weights(member.class_weight, lesson.classes) if told else lesson.class_weight,
        folder=lesson.folder / folder if lesson.folder and folder else None,
    )
