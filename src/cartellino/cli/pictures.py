"""pictures, features: what images become."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cartellino.cli.program import answer, bar, common, opened

if TYPE_CHECKING:
    from cartellino.collection import Collection
    from cartellino.curate.likeness.groups import SameShown


@click.command()
@click.option("--quarantine", is_flag=True, help="List the pictures that could not be used, and why.")
@click.option("--issues", is_flag=True, help="List those that are dark, blurry, oddly shaped, doubled, …")
@click.option("--kind", "kinds", multiple=True, help="Only this kind of issue, such as blurry.")
@click.option("--limit", default=30, show_default=True, help="How many issues to list.")
@click.option("--duplicates", is_flag=True, help="List the works whose pictures show the same, and why.")
@common
def pictures(
    quarantine: bool,
    issues: bool,
    kinds: tuple[str, ...],
    limit: int,
    duplicates: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """Count the pictures, or list their faults, those in quarantine or those that show the same.

    Example: cartellino pictures --issues --kind blurry
    """
    from cartellino.show import terminal, words

    with opened(folder) as museum:
        if issues or kinds:
            museum.progress = bar(as_json)
            _issues(museum, kinds, limit, as_json)
            return
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


def _issues(museum: Collection, kinds: tuple[str, ...], limit: int, as_json: bool) -> None:
    """List faults of pictures under a line that counts each kind."""
    from cartellino.show import terminal, words
    from cartellino.suspects.quality import KINDS, counted

    for kind in kinds:
        if kind not in KINDS:
            raise click.BadParameter(
                f"there is no '{kind}'; there are: {', '.join(KINDS)}", param_hint="--kind"
            )
    found = museum.suspects.faults(kinds)
    rows = [[museum.catalogue.works.id(each.work), each.kind, each.sentence] for each in found[:limit]]
    counts = {kind: number for kind, number in counted(found).items() if number}
    listed = [dict(zip(("work", "issue", "why"), row, strict=True)) for row in rows]
    sentence = words.listing([f"{number:,} {kind}" for kind, number in counts.items()])

    def tell() -> None:
        click.echo(f"Issues: {sentence}." if sentence else "No picture has such a fault.")
        if rows:
            terminal.table(["work", "issue", "why"], rows)

    answer(as_json, {"counts": counts, "issues": listed}, tell)


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
