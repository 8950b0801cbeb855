"""The model card: what a person should know before relying on a model.

After Mitchell et al., Model Cards for Model Reporting (FAT* 2019).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_USE = """\
## What it is for
To suggest labels for pictures of catalogued works, each with a probability, for a person to sign or for
a rule to file under a stated error limit. It knows only the classes below: of a work of any other kind
it says something all the same. It should not be asked about people: their gender, origin or age.

How good it is stands in its report, measured on works that it has not learnt from. Museums' own indexers
agree on about 30 to 50 % of subject terms; a figure should be read beside that.
"""


def card(about: Mapping[str, Any]) -> str:
    """Write the card of a model, in Markdown.

    Parameters
    ----------
    about : mapping
        What ``model.json`` says.
    """
    return "\n".join(
        [f"# {about['name']}\n", _summary(about), _USE, _learnt(about), _classes(about), _origin(about)]
    )


def _summary(about: Mapping[str, Any]) -> str:
    labels = "one label a work" if about["kind"] == "single" else "several labels a work"
    recipe = about["recipe"]
    told = f" {recipe['summary']}" if recipe["summary"] else ""
    return f"Recipe '{recipe['name']}' on label set {about['provenance']['label_set']}: {labels}.{told}\n"


def _learnt(about: Mapping[str, Any]) -> str:
    works = about["works"]
    lines = [
        "## What it learnt from\n",
        "| part | works with a picture | used for |",
        "| --- | ---: | --- |",
        f"| train | {works.get('train', 0):,} | learning |",
        f"| validation | {works.get('validation', 0):,} | choosing the strength, then learning |",
        f"| calibration | {works.get('calibration', 0):,} | not looked at: promises are made on it |",
        f"| test | {works.get('test', 0):,} | not looked at: the report is made on it |",
        "",
        *_chosen(about["choice"]),
        f"Temperature: {about['temperature']:.3f}, fitted out of sample on train and validation works.\n",
    ]
    return "\n".join(lines)


def _chosen(choice: Mapping[str, Any]) -> list[str]:
    """What was chosen out of sample, as far as it is a number or a word."""
    told = {key: value for key, value in choice.items() if isinstance(value, (int, float, str))}
    lines = (f"- {key.replace('_', ' ')}: {_plain(value)}" for key, value in told.items())
    return ["Chosen out of sample:\n", *lines, ""] if told else []


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _classes(about: Mapping[str, Any]) -> str:
    limits = about["thresholds"] or [None] * len(about["classes"])
    head = ["## Classes\n"]
    rows = [
        f"- {label}" + ("" if limit is None else f" (given from a probability of {limit:.3f})")
        for label, limit in zip(about["classes"], limits, strict=True)
    ]
    return "\n".join([*head, *rows, ""])


def _origin(about: Mapping[str, Any]) -> str:
    told, backbone = about["provenance"], about["backbone"]
    libraries = ", ".join(f"{name} {version}" for name, version in sorted(told["libraries"].items()))
    rows = {
        "made": told["created_at"],
        "by": f"Cartellino {told['version']} ({libraries})",
        "seed": told["seed"],
        "label set": f"{told['label_set']}, SHA-256 {told['label_set_hash']}",
        "backbone": f"{backbone['id']}, SHA-256 {backbone['hash']}, {backbone['width']:,} numbers a picture",
        "weights": f"SHA-256 {about['weights']}",
    }
    return "\n".join(["## Where it came from\n", *(f"- {name}: {value}" for name, value in rows.items()), ""])
