"""The page of a study: its tables with ours beside theirs, its figures, what differs and what is doubtful."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartellino.files import write_text
from cartellino.show import drawing, html
from cartellino.show.drawing import Drawing
from cartellino.studies import distances
from cartellino.studies.drawn.drawings import drawings
from cartellino.studies.run import Tabled

if TYPE_CHECKING:
    from cartellino.museum import Museum

PAGE, DATA, TABLE, DISTANCES = "report.html", "report.json", "tables.csv", "distances.csv"
_COLUMNS = ("table", "run", "recipe", "measure", "class", "theirs", "ours", "low", "high", "refused")


def write(museum: Museum, data: Mapping[str, Any], tabled: Sequence[Tabled], folder: Path) -> Path:
    """Write what came of a study.

    Parameters
    ----------
    museum : Museum
        The collection that it was carried out on.
    data : mapping
        What `told.told` says.
    tabled : sequence of Tabled
        What was carried out.
    folder : Path
        Where ``report.html``, ``report.json``, ``tables.csv`` and ``figures/`` go, and ``distances.csv`` if
        there are some; what is there is replaced.

    Returns
    -------
    Path
        The page, written last.
    """
    drawn = drawings(museum, tabled)
    drawing.save((each for table in drawn.values() for each in table), folder / "figures")
    write_text(folder / DATA, json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    write_text(folder / TABLE, rows_as_csv(data))
    if apart := distances.rows_as_csv(data):
        write_text(folder / DISTANCES, apart)
    write_text(folder / PAGE, page(data, drawn))
    return folder / PAGE


def page(data: Mapping[str, Any], drawn: Mapping[str, Sequence[Drawing]]) -> str:
    """The page itself."""
    return html.render("studies/report.html", data=data, drawings=drawn)


def rows_as_csv(data: Mapping[str, Any]) -> str:
    """Every figure in one long table: table, run, measure, theirs, ours and its interval."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for table in data["tables"]:
        for row in table["rows"]:
            head = [table["title"], row["called"], row["recipe"]]
            for key, found in row["figures"].items():
                writer.writerow([*head, key, "", *_cells(found), row["refused"]])
            for found in row["classes"]:
                writer.writerow([*head, table["by_class"], found["label"], *_cells(found), row["refused"]])
    return stream.getvalue()


def _cells(found: Mapping[str, Any]) -> list[str]:
    return ["" if found[key] is None else f"{found[key]:.4f}" for key in ("theirs", "value", "low", "high")]
