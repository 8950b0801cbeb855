"""The report of an evaluation: one page for people, the same as JSON for machines, its figures as files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cartellino.evaluate.drawings import drawings
from cartellino.evaluate.summary import headline_rows
from cartellino.files import write_text
from cartellino.show import drawing, html
from cartellino.show.drawing import Drawing

PAGE, DATA = "report.html", "report.json"


def write(evaluation: Mapping[str, Any], folder: Path) -> Path:
    """Write the report of an evaluation.

    Parameters
    ----------
    evaluation : Evaluation
        What was measured.
    folder : Path
        Where ``report.html``, ``report.json`` and ``figures/`` go; what is there is replaced.

    Returns
    -------
    Path
        The page, written last: where it is, the report is complete.
    """
    data = dict(evaluation)
    drawn = drawings(data)
    drawing.save(drawn.values(), folder / "figures")
    write_text(folder / DATA, json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    write_text(folder / PAGE, page(data, drawn))
    return folder / PAGE


def page(data: Mapping[str, Any], drawn: Mapping[str, Drawing]) -> str:
    """The page of a report."""
    return html.render(
        "evaluate/report.html",
        data=data,
        rows=headline_rows(data),
        drawings=drawn,
        provenance=provenance_rows(data),
    )


def provenance_rows(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where everything came from, as a table's rows; what is not known is left out."""
    label_set, model, made = data["label_set"], data["model"], data["provenance"]
    libraries = ", ".join(f"{name} {version}" for name, version in sorted(made["libraries"].items()))
    rows = [
        ("model", model["name"]),
        ("recipe", model["recipe"]),
        ("label set", f"{label_set['name']}@{label_set['version']}"),
        ("hash of the label set", label_set["hash"]),
        ("learnt from the field", label_set["field"]),
        ("parts", ", ".join(f"{part} {n:,}" for part, n in label_set["parts"].items() if n)),
        ("backbone", model["backbone"]),
        ("hash of the backbone", model["backbone_hash"]),
        ("temperature", "" if model["temperature"] is None else f"{model['temperature']:.3f}"),
        ("seed of the training", str(made["seed"])),
        ("seed of the intervals", f"{data['seed']} ({data['rounds']:,} rounds, level {data['level']:.0%})"),
        ("trained at", made["created_at"]),
        ("Cartellino", made["version"]),
        ("libraries", libraries),
    ]
    return [(name, told) for name, told in rows if told]
