"""The page of a comparison, the same as JSON, and its figures as files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cartellino.evaluate import compare_words
from cartellino.evaluate.compare import spent
from cartellino.files import write_text
from cartellino.show import drawing, figures, html, words
from cartellino.show.drawing import Drawing

PAGE, DATA = "report.html", "report.json"
_AXES = {
    "predicting": "seconds for a picture, from its file to its label, on one core (less is better)",
    "training": "seconds of training, once features are there (less is better)",
}


def write(data: Mapping[str, Any], folder: Path) -> Path:
    """Write the report of a comparison; return its page, written last."""
    drawn = drawings(data)
    drawing.save(drawn.values(), folder / "figures")
    write_text(folder / DATA, json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    write_text(folder / PAGE, page(data, drawn))
    return folder / PAGE


def drawings(data: Mapping[str, Any]) -> dict[str, Drawing]:
    """Figures over costs, for those costs that are known of two models or more."""
    made = [_pareto(data, "predicting"), _pareto(data, "training")]
    return {each.name: each for each in made if each is not None}


def page(data: Mapping[str, Any], drawn: Mapping[str, Drawing]) -> str:
    """The page of a comparison."""
    return html.render(
        "evaluate/compare.html",
        data=data,
        rows=figure_rows(data),
        costs=[[each["name"], *compare_words.cost_cells(each["cost"])] for each in data["models"]],
        pairs=pair_rows(data),
        agreement=_agreement(data),
        drawings=drawn,
        provenance=_provenance(data),
    )


def figure_rows(data: Mapping[str, Any]) -> list[list[Any]]:
    """For each model its name, then value and interval of each figure."""
    return [
        [
            each["name"],
            *(
                compare_words.shown(measure, each["figures"][measure["key"]], data["works"])
                for measure in data["measures"]
            ),
        ]
        for each in data["models"]
    ]


def pair_rows(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """For each pair what a table says of it."""
    return [
        {
            "first": pair["first"],
            "second": pair["second"],
            "only": "–"
            if pair["mcnemar"] is None
            else f"{pair['mcnemar']['first']} : {pair['mcnemar']['second']}",
            "apart": compare_words.difference(data, {**pair, "better": None}, data["main"]),
            "p": f"{pair['p_corrected']:.3f}" if pair["p_corrected"] >= 0.001 else "under 0.001",
            "verdict": "within the interval" if pair["better"] is None else f"‘{pair['better']}’ is better",
        }
        for pair in data["pairs"]
    ]


def _pareto(data: Mapping[str, Any], kind: str) -> Drawing | None:
    main = data["main"]
    known = [each for each in data["models"] if spent(each["cost"], kind)]
    if len(known) < 2:
        return None
    told = [each["figures"][main] for each in known]
    measure = next(each for each in data["measures"] if each["key"] == main)
    figure = figures.pareto(
        [each["name"] for each in known],
        [(each["value"], each["low"], each["high"]) for each in told],
        [spent(each["cost"], kind) or 0.0 for each in known],
        [each["name"] in data["frontier"][kind] for each in known],
        measure=measure["name"],
        cost=_AXES[kind],
    )
    see = "Blue models are beaten by none that costs as little; grey ones are. Lines are 95 % intervals."
    works = words.count(data["works"], "test work" if data["part"] == "test" else "cross-validated work")
    name = measure["name"]
    return Drawing(kind, figure, see, f"{name[:1].upper()}{name[1:]} on {works} over the cost of {kind}.")


def _agreement(data: Mapping[str, Any]) -> list[list[str]]:
    return [
        [each["name"], *(words.percent(share, data["works"]) for share in row)]
        for each, row in zip(data["models"], data["agreement"], strict=True)
    ]


def _provenance(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    label_set = data["label_set"]
    rows = [
        ("label set", f"{label_set['name']}@{label_set['version']}"),
        ("hash of the label set", label_set["hash"]),
        ("learnt from the field", label_set["field"]),
        ("folds", str(data["folds"]) if data["folds"] else ""),
        (
            "seed of works drawn again",
            f"{data['seed']} ({data['rounds']:,} rounds, level {data['level']:.0%})",
        ),
    ]
    for each in data["models"]:
        made = each["provenance"]
        rows.append(
            (
                each["name"],
                f"recipe {each['recipe']}, {each['backbone']}, seed {made['seed']}, "
                f"Cartellino {made['version']}, {made['created_at']}",
            )
        )
    return [(name, told) for name, told in rows if told]
