"""A label set in words and in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cartellino.curate.labelset import LabelSet


def described(label_set: LabelSet) -> dict[str, Any]:
    """A label set in JSON's terms: its works by class and part, and what was left out."""
    return {
        "name": label_set.name,
        "version": label_set.version,
        "kind": label_set.kind,
        "hash": label_set.hash,
        "works": len(label_set.works),
        "classes": [
            {
                "label": label,
                "sensitive": label in label_set.sensitive,
                "policy": label_set.policies.get(label, ""),
                **label_set.counts(place),
            }
            for place, label in enumerate(label_set.classes)
        ],
        "funnel": [{"step": step, "works": works} for step, works in label_set.funnel],
        "held": len(label_set.held),
        "left_out": dict(label_set.left_out),
        "remarks": list(label_set.remarks),
    }


def tell(label_set: LabelSet) -> None:
    """Print a label set as a table."""
    from cartellino.curate.labelset import PARTS
    from cartellino.show import terminal, words

    data = described(label_set)
    click.echo(
        f"{label_set.name}@{label_set.version}: {words.count(data['works'], 'work')} in "
        f"{words.count(len(data['classes']), 'class', 'classes')} (hash {label_set.hash[:12]})"
    )
    rows = [
        [
            each["label"] + _mark(each),
            *(each[part] for part in PARTS),
        ]
        for each in data["classes"]
    ]
    terminal.table([label_set.definition.field, *PARTS], rows)
    if data["held"]:
        click.echo(
            f"{words.count(data['held'], 'work')} held aside, to test that they are not taken for a class"
        )
    if data["funnel"]:
        click.echo()
        terminal.table(["step by step", "works"], [[each["step"], each["works"]] for each in data["funnel"]])
    for reason, works in data["left_out"].items():
        click.echo(f"{words.count(works, 'work')} left out: {reason}")
    for remark in data["remarks"]:
        click.echo(remark)


def _mark(told: dict[str, Any]) -> str:
    if told["policy"] == "audit only":
        return " (for audits only)"
    return " (never filed by rule)" if told["sensitive"] else ""
