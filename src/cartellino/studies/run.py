"""An experiment carried out on a collection: every run trained, measured, and set beside what was printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cartellino.classify.families import family
from cartellino.errors import CartellinoError, LabelError
from cartellino.learnt import Learnt
from cartellino.records import Part
from cartellino.studies import distances

if TYPE_CHECKING:
    from cartellino.curate.labelset import LabelSet
    from cartellino.model import Model
    from cartellino.museum import Museum
    from cartellino.studies.distances import Distances
    from cartellino.studies.study import Run, Study, Table


@dataclass(frozen=True)
class Done:
    """A run that was made, or why it was not.

    Parameters
    ----------
    run : Run
        Which one.
    models : tuple of Model
        One for each seed; none if it could not be made.
    measured : mapping of str to list of dict
        For each measure its value and interval, seed by seed.
    refused : str
        Why it could not be made here; '' if it was.
    changed : mapping
        What the scale changed of its recipe.
    """

    run: Run
    models: tuple[Model, ...] = ()
    measured: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    refused: str = ""
    changed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tabled:
    """A table of a study, carried out.

    Parameters
    ----------
    table : Table
        Which one.
    label_set : LabelSet or None
        What was learnt; None if the collection does not have it.
    rows : tuple of Done
        Its runs.
    refused : str
        Why there is no label set; '' if there is one.
    distances : Distances or None
        Of its classes, in the eyes of its best run, if it asks for them and they can be measured.
    """

    table: Table
    label_set: LabelSet | None
    rows: tuple[Done, ...] = ()
    refused: str = ""
    distances: Distances | None = None


def carry_out(
    museum: Museum,
    study: Study,
    *,
    scale: str = "laptop",
    seeds: Sequence[int] = (0,),
    labels: Mapping[str, str] | None = None,
) -> list[Tabled]:
    """Carry out a study; what was trained before, with the same makings, is not trained again.

    Parameters
    ----------
    museum : Museum
        The collection that it is run on.
    study : Study
        What to do.
    scale : str
        One of the study's scales, or 'full'.
    seeds : sequence of int
        Every run is made once with each.
    labels : mapping of str to str, optional
        For label sets of the study, others of the collection to take in their place.

    Returns
    -------
    list of Tabled
        One for each table; a run that cannot be made here says why and does not stop the others.

    Raises
    ------
    InputError
        If the study has no such scale.
    """
    study.scale(scale)  # a scale that there is not is told before anything is learnt
    return [_tabled(museum, study, table, scale, seeds, labels or {}) for table in study.tables]


def label_set_of(museum: Museum, name: str) -> LabelSet:
    """The collection's label set of that name; frozen from the shipped definition if there is none yet.

    Raises
    ------
    CartellinoError
        If the collection has no works for it.
    """
    from cartellino.curate import shipped

    if name not in shipped.names():
        return museum.labels.get(name)
    try:
        return museum.labels.get(name)
    except LabelError:
        return museum.labels.define_from(name)


def _tabled(
    museum: Museum,
    study: Study,
    table: Table,
    scale: str,
    seeds: Sequence[int],
    labels: Mapping[str, str],
) -> Tabled:
    try:
        label_set = label_set_of(museum, labels.get(table.labels, table.labels))
    except CartellinoError as error:
        return Tabled(table, None, refused=str(error))
    rows = tuple(_done(museum, label_set, table, run, study.scale(scale, run), seeds) for run in table.runs)
    return Tabled(table, label_set, rows, distances=distances.measured(museum, table, label_set, rows))


def _done(
    museum: Museum,
    label_set: LabelSet,
    table: Table,
    run: Run,
    smaller: Mapping[str, Any],
    seeds: Sequence[int],
) -> Done:
    from cartellino.classify import recipe as recipes

    try:
        changed = scaled(recipes.load(run.recipe).changed(run.change).to_dict(), smaller)
        options = {**run.change, **changed}
        models = tuple(Learnt(museum).train(label_set, run.recipe, seed, options) for seed in seeds)
        measured = {
            measure: [_measured(museum, model, measure) for model in models] for measure in table.measures
        }
    except CartellinoError as error:
        return Done(run, refused=str(error))
    return Done(run, models, measured, changed=changed)


def scaled(known: Mapping[str, Any], smaller: Mapping[str, Any]) -> dict[str, Any]:
    """What a scale changes of a recipe: settings that differ, also those of recipes that it is made of.

    Parameters
    ----------
    known : mapping
        All settings of the recipe.
    smaller : mapping
        What the scale changes.
    """
    members = {key: value for key, value in known.items() if isinstance(value, Mapping) and "family" in value}
    within = {key: scaled(value, smaller) for key, value in members.items()}
    return {
        **{key: value for key, value in smaller.items() if known.get(key, value) != value},
        **{key: {**members[key], **found} for key, found in within.items() if found},
    }


def _measured(museum: Museum, model: Model, measure: str) -> dict[str, Any]:
    """A figure of a model, on the test part unless the measure names another.

    Of a validation part that was learnt from in the end there is none to be told.
    """
    part, _, figure = measure.rpartition(".")
    if part == Part.VALIDATION and family(model.trained.recipe.family).learns_validation:
        return {"value": None, "low": None, "high": None}
    data = model.report.data if part in ("", Part.TEST) else Learnt(museum).measured(model, part)
    return dict(data["figures"].get(figure) or {"value": None, "low": None, "high": None})
