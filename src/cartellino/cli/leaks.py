"""labels show --leaks: whether ties cross the split, and what ignoring them would flatter."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cartellino.collection import Collection
    from cartellino.curate.labelset import LabelSet


def leaks(museum: Collection, label_set: LabelSet) -> dict[str, Any]:
    """The proof, edge by edge, and the measurement, in JSON's terms."""
    from cartellino.curate.labelset import PARTS
    from cartellino.curate.leaks import naive_crossing

    found = museum.labels.ties(label_set)
    sizes = {part: len(label_set.of(part)) for part in PARTS}
    measured = museum.suspects.flattery(label_set) if any(each.edges for each in found) else None
    return {
        "ties": [asdict(each) for each in found],
        "naive_crossing": naive_crossing(found, sizes),
        "flattery": None if measured is None else {**asdict(measured), "gain": measured.gain},
    }


def tell(data: dict[str, Any]) -> None:
    """Print it."""
    from cartellino.show import terminal, words

    rows = [[each["why"], each["works"], each["edges"], each["crossing"]] for each in data["ties"]]
    terminal.table(["works tied by", "works", "ties", "cut by the split"], rows)
    cut = sum(each["crossing"] for each in data["ties"])
    click.echo(
        "No tie is cut." if cut == 0 else f"{words.count(cut, 'tie')} cut: define the label set again."
    )
    click.echo(f"A split of single works at random would cut about {data['naive_crossing']:,.0f}.")
    if data["flattery"] is not None:
        click.echo(_said(data["flattery"]))


def _said(told: dict[str, Any]) -> str:
    honest, naive = told["honest"], told["naive"]
    dealt = "once" if told["repeats"] == 1 else f"{told['repeats']} times"
    return (
        f"Judged on works whose kin it had not seen, the recipe is right for {honest:.1%}; with kin on both "
        f"sides it would have claimed {naive:.1%}, {100 * told['gain']:+.1f} points "
        f"(95 % interval {100 * told['low']:+.1f} to {100 * told['high']:+.1f}; "
        f"{told['works']:,} works, {told['kindred']:,} of them with kin, dealt {dealt})."
    )
