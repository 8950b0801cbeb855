"""fields, labels: what can be learnt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartellino.cli.program import answer, bar, common, opened
from cartellino.cli.vocabulary import suggest_merges, vocabulary

if TYPE_CHECKING:
    from cartellino.curate.labelset import LabelSet

_PARTS = ("train", "validation", "calibration", "test")


@click.command()
@click.argument("field", required=False)
@click.option("--limit", default=30, show_default=True, help="How many values to list.")
@common
def fields(field: str | None, limit: int, folder: Path, as_json: bool) -> None:
    """List the fields, or the values of one FIELD with their counts.

    Example: cartellino fields culture
    """
    from cartellino.show import terminal

    with opened(folder) as museum:
        if field:
            counts = museum.catalogue.fields.counts(field, limit)
            answer(
                as_json,
                [{"value": value, "works": works} for value, works in counts],
                lambda: terminal.table([field, "works"], counts),
            )
            return
        found = museum.catalogue.fields.summary()
    rows = [[each.name, each.works, each.values, "several" if each.several else ""] for each in found]
    data = [
        {"field": each.name, "works": each.works, "values": each.values, "several": each.several}
        for each in found
    ]
    answer(as_json, data, lambda: terminal.table(["field", "works", "values", "a work"], rows))


@click.group()
def labels() -> None:
    """Define, show and list label sets.

    Example: cartellino labels define culture --field culture --min-works 30
    """


labels.add_command(suggest_merges)
labels.add_command(vocabulary)


def _ratios(_: click.Context, __: click.Parameter, text: str) -> dict[str, float]:
    pieces = text.split("/")
    try:
        shares = [float(piece) for piece in pieces]
    except ValueError:
        shares = []
    if len(shares) != len(_PARTS):
        raise click.BadParameter(
            "four numbers are wanted: train/validation/calibration/test, such as 60/10/20/10"
        )
    return {part: share / 100 for part, share in zip(_PARTS, shares, strict=True)}


@labels.command()
@click.argument("name")
@click.option("--field", help="The field to learn; the name's own if not given.")
@click.option("--multi", is_flag=True, help="A work may have several labels.")
@click.option("--min-works", default=1, show_default=True, help="Leave out values with fewer works.")
@click.option("--top", type=int, help="Keep only so many values, the most frequent.")
@click.option("--merge", type=click.Path(path_type=Path), help="Table of merges: from,to,reason.")
@click.option("--only", multiple=True, help="Keep only this value; give it several times for several.")
@click.option("--group-by", help="Field whose works never stand on two sides of the split, such as artist.")
@click.option(
    "--split",
    "ratios",
    default="60/10/20/10",
    show_default=True,
    callback=_ratios,
    help="train/validation/calibration/test.",
)
@click.option("--seed", default=0, show_default=True, help="Another seed splits otherwise.")
@common
def define(
    name: str, field: str | None, multi: bool, merge: Path | None, folder: Path, as_json: bool, **rules: Any
) -> None:
    """Freeze the label set NAME: its values, its works and their parts.

    Example: cartellino labels define culture --field culture --min-works 30 --merge merges.csv
    """
    from cartellino.curate.merges import read_merges

    with opened(folder) as museum:
        museum.progress = bar()
        frozen = museum.labels.define(
            name,
            field=field or name,
            kind="multi" if multi else "single",
            merges=read_merges(merge) if merge else (),
            **rules,
        )
    answer(as_json, described(frozen), lambda: tell(frozen))


@labels.command()
@click.argument("name")
@common
def show(name: str, folder: Path, as_json: bool) -> None:
    """Show the label set NAME: works of each class in each part.

    Example: cartellino labels show culture
    """
    with opened(folder) as museum:
        found = museum.labels.get(name)
    answer(as_json, described(found), lambda: tell(found))


@labels.command(name="list")
@common
def list_(folder: Path, as_json: bool) -> None:
    """List the label sets and their versions.

    Example: cartellino labels list
    """
    from cartellino.show import terminal

    with opened(folder) as museum:
        found = museum.catalogue.labels.list()
    rows = [
        [f"{row.name}@{row.version}", row.kind, row.frozen_at[:16].replace("T", " "), row.hash[:12]]
        for row in found
    ]
    data = [{"name": row.name, "version": row.version, "kind": row.kind, "hash": row.hash} for row in found]
    answer(as_json, data, lambda: terminal.table(["label set", "kind", "frozen", "hash"], rows))


def described(label_set: LabelSet) -> dict[str, Any]:
    """A label set in JSON's terms: its works by class and part, and what was left out."""
    return {
        "name": label_set.name,
        "version": label_set.version,
        "kind": label_set.kind,
        "hash": label_set.hash,
        "works": len(label_set.works),
        "classes": [
            {"label": label, "sensitive": label in label_set.sensitive, **label_set.counts(place)}
            for place, label in enumerate(label_set.classes)
        ],
        "left_out": dict(label_set.left_out),
        "remarks": list(label_set.remarks),
    }


def tell(label_set: LabelSet) -> None:
    """Print a label set as a table."""
    from cartellino.show import terminal, words

    data = described(label_set)
    click.echo(
        f"{label_set.name}@{label_set.version}: {words.count(data['works'], 'work')} in "
        f"{words.count(len(data['classes']), 'class', 'classes')} (hash {label_set.hash[:12]})"
    )
    rows = [
        [
            each["label"] + (" (never filed by rule)" if each["sensitive"] else ""),
            *(each[part] for part in _PARTS),
        ]
        for each in data["classes"]
    ]
    terminal.table([label_set.definition.field, *_PARTS], rows)
    for reason, works in data["left_out"].items():
        click.echo(f"{words.count(works, 'work')} left out: {reason}")
    for remark in data["remarks"]:
        click.echo(remark)
