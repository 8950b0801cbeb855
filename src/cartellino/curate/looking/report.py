"""The report of a label set: one page for people, the same as JSON for machines, its figures as files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cartellino.catalogue import Catalogue
from cartellino.curate.labelset import LabelSet
from cartellino.curate.looking.drawings import drawings
from cartellino.curate.looking.looked import SHOWN, Looked, look
from cartellino.curate.looking.pixels import picture
from cartellino.curate.looking.thumbs import inline
from cartellino.curate.looking.told import told
from cartellino.features.backbone import Backbone
from cartellino.files import write_text
from cartellino.pictures.store import PictureStore
from cartellino.progress import Progress
from cartellino.show import drawing, html
from cartellino.show.drawing import Drawing

PAGE, DATA = "report.html", "report.json"


def write(
    catalogue: Catalogue,
    label_set: LabelSet,
    store: PictureStore,
    backbone: Backbone,
    folder: Path,
    progress: Progress,
    *,
    date_field: str = "",
    seed: int = 0,
) -> Path:
    """Look at a label set and write what there is to see.

    Parameters
    ----------
    catalogue : Catalogue
        Where its works stand.
    label_set : LabelSet
        What to look at.
    store : PictureStore
        Where pictures are kept.
    backbone : Backbone
        The network whose view of the pictures is shown.
    folder : Path
        Where ``report.html``, ``report.json`` and ``figures/`` go; what is there is replaced.
    progress : Progress
        Who is told.
    date_field : str
        The field that says when works were made; known by its name if not given.
    seed : int
        Of the works that are drawn, and of all else that is drawn.

    Returns
    -------
    Path
        The page, written last: where it is, the report is complete.

    Raises
    ------
    InputError
        If there is no field `date_field`.
    """
    found = look(catalogue, label_set, store, backbone, progress, date_field=date_field, seed=seed)
    data = told(found, catalogue, backbone, seed)
    progress.start("Drawing", 3, "steps")
    drawn = drawings(found, data)
    progress.advance()
    drawing.save(drawn.values(), folder / "figures")
    progress.advance()
    write_text(folder / DATA, json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    write_text(folder / PAGE, page(found, data, drawn))
    progress.advance()
    progress.finish()
    return folder / PAGE


def page(found: Looked, data: Mapping[str, Any], drawn: Mapping[str, Drawing]) -> str:
    """The page of a report."""
    return html.render(
        "curate.looking/report.html",
        data=data,
        drawings=drawn,
        classes=found.label_set.classes,
        shown=found.shown,
        most_shown=SHOWN,
        sheets=found.sheets,
        network=found.network,
        means=_means(found),
        formats=_different(data, "formats"),
        origins=_different(data, "origins"),
        provenance=provenance_rows(data),
    )


def provenance_rows(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where everything came from, as a table's rows."""
    of, made = data["label_set"], data["provenance"]
    libraries = ", ".join(f"{name} {version}" for name, version in sorted(made["libraries"].items()))
    return [
        ("label set", f"{of['name']}@{of['version']}"),
        ("hash of the label set", of["hash"]),
        ("frozen at", of["frozen_at"]),
        ("learnt from", ", ".join(of["fields"])),
        ("backbone", made["backbone"]),
        ("hash of the backbone", made["backbone_hash"]),
        ("seed", str(made["seed"])),
        ("written at", made["created_at"]),
        ("Cartellino", made["version"]),
        ("libraries", libraries),
    ]


def _different(data: Mapping[str, Any], what: str) -> list[str]:
    """The formats or origins that any class has."""
    return sorted({name for each in data["classes"] for name in each[what]})


def _means(found: Looked) -> dict[int, str]:
    """The mean picture of each class with a picture that could be decoded, as a page's address."""
    return {
        place: inline(picture(found.pixels.means[place]))
        for place in found.shown
        if found.pixels.seen[found.sample.drawn[place]].any()
    }
