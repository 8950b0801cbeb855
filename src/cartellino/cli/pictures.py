"""pictures, features: what images become."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cartellino.cli.program import answer, bar, common, opened

if TYPE_CHECKING:
    from cartellino.curate.likeness.groups import SameShown


@click.command()
@click.option("--quarantine", is_flag=True, help="List the pictures that could not be used, and why.")
@click.option("--duplicates", is_flag=True, help="List the works whose pictures show the same, and why.")
@common
def pictures(quarantine: bool, duplicates: bool, folder: Path, as_json: bool) -> None:
    """Count the pictures, or list those in quarantine or those that show the same.

    Example: cartellino pictures --quarantine
    """
    from cartellino.show import terminal, words

    with opened(folder) as museum:
        if duplicates:
            from cartellino.curate.likeness.groups import groups

            _show_duplicates(groups(museum.catalogue, museum.pictures, bar()), as_json)
            return
        if quarantine:
            found = [each._asdict() for each in museum.catalogue.pictures.quarantined()]
            rows = [[each["work_id"], each["address"], each["reason"]] for each in found]
            empty = "No picture is in quarantine."
            answer(
                as_json,
                found,
                lambda: terminal.table(["work", "file", "reason"], rows) if rows else click.echo(empty),
            )
            return
        counts = museum.catalogue.pictures.counts()
    sentence = ", ".join(f"{words.count(number, 'picture')} {state}" for state, number in counts.items())
    answer(as_json, counts, lambda: click.echo(f"{sentence}."))


def _show_duplicates(found: list[SameShown], as_json: bool) -> None:
    from cartellino.show import terminal

    rows = [[", ".join(each.works), each.why] for each in found]
    answer(
        as_json,
        [each.told() for each in found],
        lambda: (
            terminal.table(["works", "why"], rows)
            if rows
            else click.echo("No two works show the same picture.")
        ),
    )


@click.command()
@common
def features(folder: Path, as_json: bool) -> None:
    """Turn every picture into numbers, once; training and triage do it when needed.

    Example: cartellino features
    """
    from cartellino.show import words

    with opened(folder) as museum:
        museum.progress = bar()
        done = museum.features()
        backbone = museum.backbone.id
    data = {
        "backbone": backbone,
        "done": done.done,
        "already": done.already,
        "failed": [list(pair) for pair in done.reasons],
    }
    answer(
        as_json,
        data,
        lambda: click.echo(
            f"{words.count(done.done, 'picture')} turned into numbers by {backbone}, "
            f"{done.already:,} already were" + (f", {done.failed:,} failed." if done.failed else ".")
        ),
    )
