"""An experiment as a file: label sets, runs, the figures that were printed, and the doubts about them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cartellino.classify import setting
from cartellino.classify.setting import Setting, is_number
from cartellino.errors import InputError
from cartellino.evaluate.summary import PARTS, figure_name
from cartellino.files import readable, shipped

_FOLDER = "recipes/studies"
# What a table may have drawn: of every run, of its best one ('distances', 'chord'), or of its labels
# ('data', 'funnel', 'samples', 'intensities').
FIGURES = (
    *("data", "confusion", "classes", "reliability", "thresholds", "curves"),
    *("architecture", "augmentation", "words", "keypoints"),
    *("funnel", "samples", "intensities", "pairs"),
    *("distances", "chord"),
    *("heat", "feature-maps"),
)


@dataclass(frozen=True)
class Run:
    """A row of a table: a recipe, and what the study printed of it.

    Parameters
    ----------
    called : str
        How the table calls it.
    recipe : str
        A recipe's name.
    change : mapping
        Settings of the recipe that differ from its file.
    scales : mapping of str to mapping
        By the name of a scale, what it changes of this run, in the place of what it changes of others.
    theirs : mapping of str to float
        Measure to the value that the study printed, as a share; empty for a run of ours.
    theirs_by_class : mapping of str to float
        The same by class.
    remark : str
        What to know when reading it.
    """

    called: str
    recipe: str
    change: Mapping[str, Any] = field(default_factory=dict)
    scales: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    theirs: Mapping[str, float] = field(default_factory=dict)
    theirs_by_class: Mapping[str, float] = field(default_factory=dict)
    remark: str = ""


@dataclass(frozen=True)
class Table:
    """Runs on one label set, side by side.

    Parameters
    ----------
    title : str
        What it compares.
    labels : str
        A label set: its name in the collection, or a shipped definition.
    measures : tuple of str
        Figures of an evaluation (``top_1``, ``f1_macro``), of the test part or of another one
        (``train.top_1``).
    by_class : str
        A figure of each class (``recall``, ``f1``) that is shown besides; '' none.
    figures : tuple of str
        What is drawn of every run: 'confusion', 'classes', 'curves', 'architecture', …
    show : tuple of str
        Labels whose pictures 'heat' and 'feature-maps' show; none: the commonest.
    layer : str
        The layer of networks that 'heat' and 'feature-maps' are of: the 'last' that knows what lies where, or
        one in the 'middle', whose maps are finer.
    runs : tuple of Run
        The rows.
    """

    title: str
    labels: str
    measures: tuple[str, ...]
    runs: tuple[Run, ...]
    by_class: str = ""
    figures: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    layer: str = "last"


@dataclass(frozen=True)
class Study:
    """An experiment.

    Parameters
    ----------
    name, title, citation, link : str
        What it is called, and where it was published.
    asks : str
        Its question, in a sentence.
    data : str
        What it was done on, in a sentence.
    doubts : tuple of str
        What is doubtful about its printed figures, or differs whatever one does.
    tables : tuple of Table
        Its experiments.
    scales : mapping of str to mapping
        By name, settings of recipes that make it smaller; 'full' changes nothing.
    """

    name: str
    title: str
    tables: tuple[Table, ...]
    citation: str = ""
    link: str = ""
    asks: str = ""
    data: str = ""
    doubts: tuple[str, ...] = ()
    scales: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def scale(self, name: str, run: Run | None = None) -> Mapping[str, Any]:
        """The settings that a scale changes, of a run or where nothing else is said.

        Raises
        ------
        InputError
            If the study has no such scale.
        """
        if name == "full":
            return {}
        if name not in self.scales:
            raise InputError(
                f"{self.name} has no scale '{name}'",
                "--scale",
                f"There are: {', '.join([*self.scales, 'full'])}.",
            )
        return self.scales[name] if run is None else run.scales.get(name, self.scales[name])


def names() -> list[str]:
    """The studies that come with Cartellino."""
    return list(shipped(_FOLDER))


def load(told: str) -> Study:
    """Load a study by name, or one's own from its file.

    Raises
    ------
    InputError
        If there is none, it is not TOML, or a part of it is missing or wrong.
    """
    known = shipped(_FOLDER)
    path = known.get(told)
    if path is None:
        if not told.endswith(".toml"):
            raise InputError(
                f"no study is called '{told}'", "", f"There are: {', '.join(known)}; or name a .toml file."
            )
        path = readable(Path(told), "study")
    try:
        return read(tomllib.loads(path.read_text(encoding="utf-8")), str(path))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"the study cannot be read: {error}", str(path), "Mend that line.") from error


def read(told: Mapping[str, Any], where: str) -> Study:
    """Build a study from the keys of its file.

    Raises
    ------
    InputError
        If a key is unknown, missing or has a value that it cannot have.
    """
    found = _complete(_STUDY, told, where, "name", "title", "tables")
    tables = tuple(_table(each, f"{where}, table {n}") for n, each in enumerate(found["tables"], 1))
    return Study(**{**found, "tables": tables})


def _table(told: Mapping[str, Any], where: str) -> Table:
    found = _complete(_TABLE, told, where, "title", "labels", "measures", "runs")
    for figure in found.get("figures", ()):
        setting.one_of(*FIGURES).checked("figures", figure, where)
    _refuse_unknown(found["measures"], where)
    runs = (_complete(_RUN, each, f"{where}, run {n}", "recipe") for n, each in enumerate(found["runs"], 1))
    named = (Run(**{"called": each["recipe"], **each}) for each in runs)
    return Table(**{**found, "runs": tuple(named)})


def _refuse_unknown(measures: tuple[str, ...], where: str) -> None:
    for measure in measures:
        part, _, figure = measure.rpartition(".")
        try:
            figure_name(figure, "single")
        except KeyError as error:
            raise InputError(
                f"there is no figure '{figure}'", where, "Such as top_1, top_3, f1_macro, f2_micro."
            ) from error
        if part and part not in PARTS:
            raise InputError(f"there is no part '{part}'", where, f"There are: {', '.join(PARTS)}.")


def _complete(
    table: Mapping[str, Setting], told: Mapping[str, Any], where: str, *needed: str
) -> dict[str, Any]:
    found = setting.checked(table, told, where)
    for key in needed:
        if not found.get(key):
            raise InputError(f"it has no '{key}'", where, "Tell it.")
    return found


def _shares(value: Any) -> bool:
    return isinstance(value, dict) and all(is_number(each) and 0 <= each <= 1 for each in value.values())


_SHARES = Setting({}, "a table of shares from 0 to 1", _shares)
_KEYS = Setting({}, "a table", lambda value: isinstance(value, dict))
_KEYS_BY_NAME = Setting(
    {},
    "a table of tables",
    lambda value: isinstance(value, dict) and all(isinstance(each, dict) for each in value.values()),
)
_TABLES = Setting(
    (),
    "a list of tables",
    lambda value: isinstance(value, (list, tuple)) and all(isinstance(each, dict) for each in value),
    tuple,
)
_STUDY: dict[str, Setting] = {
    **{key: setting.text() for key in ("name", "title", "citation", "link", "asks", "data")},
    "doubts": setting.texts(),
    "tables": _TABLES,
    "scales": _KEYS_BY_NAME,
}
_TABLE: dict[str, Setting] = {
    **{key: setting.text() for key in ("title", "labels", "by_class")},
    "measures": setting.texts(),
    "figures": setting.texts(),
    "show": setting.texts(),
    "layer": setting.one_of("last", "middle"),
    "runs": _TABLES,
}
_RUN: dict[str, Setting] = {
    **{key: setting.text() for key in ("called", "recipe", "remark")},
    "change": _KEYS,
    "scales": _KEYS_BY_NAME,
    "theirs": _SHARES,
    "theirs_by_class": _SHARES,
}
