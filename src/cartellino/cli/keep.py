"""new, status, doctor, backup, restore: the collection itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cartellino.cli.program import answer, bar, common, opened


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", default="", help="What the collection is called; the folder's name if not given.")
def new(folder: Path, name: str) -> None:
    """Make an empty collection in FOLDER.

    Example: cartellino new my-museum
    """
    from cartellino import collection

    collection.create(folder, name).close()
    click.echo(f"A new collection lies in {folder}. Go there and bring works in:")
    click.echo(f"  cd {folder}\n  cartellino add table works.csv --images photos")


@click.command()
@click.option(
    "--changes", "only_changes", is_flag=True, help="What the newest reading of each source changed."
)
@common
def status(folder: Path, as_json: bool, only_changes: bool) -> None:
    """Say what the collection holds and what waits.

    Example: cartellino status --changes
    """
    from cartellino.catalogue.status import changes

    with opened(folder) as museum:
        if only_changes:
            told = changes(museum.catalogue)
            answer(as_json, told, lambda: _tell_changes(told))
        else:
            found = museum.status()
            answer(as_json, found, lambda: _tell_status(found))


def _tell_changes(found: list[dict[str, Any]]) -> None:
    from cartellino.show import terminal

    if not found:
        click.echo("Nothing changed when the sources were last read.")
    for each in found:
        click.echo(f"{each['source']}, read {each['at'][:16].replace('T', ' ')}:")
        if each["fields"]:
            terminal.table(
                ["field", "works changed"], [[one["name"], one["works"]] for one in each["fields"]]
            )
        for one in each["examples"]:
            click.echo(f"  {one['work_id']} · {one['field']}: {_said(one['before'])} → {_said(one['after'])}")
        if each["gone"]:
            click.echo(f"  no longer there: {', '.join(each['gone'])}")


def _said(cell: str | None) -> str:
    told = (cell or "").strip()
    return f"'{told[:60]}…'" if len(told) > 60 else f"'{told}'" if told else "nothing"


def _tell_status(found: dict[str, Any]) -> None:
    from cartellino.show import terminal, words

    pictures = found["pictures"]
    click.echo(
        f"{found['name']}: {words.count(found['works'], 'work')}, {words.count(pictures['kept'], 'picture')}"
    )
    for state, sentence in (("wanted", "still to be read"), ("quarantined", "in quarantine")):
        if pictures[state]:
            click.echo(f"  {words.count(pictures[state], 'picture')} {sentence}")
    if found["public_domain"] is not None:
        click.echo(f"  {words.count(found['public_domain'], 'work')} in the public domain")
    for each in found["fetched"]:
        if each["status"] != "done":
            click.echo(f"  {words.count(each['count'], each['kind'])} not had: {each['reason']}")
    if found["rejected"]:
        click.echo(f"  {words.count(found['rejected'], 'row')} could not be used")
    if not found["label_sets"]:
        click.echo("No label set yet. Look at the fields: cartellino fields")
        return
    terminal.table(
        ["label set", "classes", "works", "filed", "signed", "to review"],
        [
            [
                f"{each['name']}@{each['version']}",
                *(each[key] for key in ("classes", "works", "filed", "signed", "queue")),
            ]
            for each in found["label_sets"]
        ],
    )


@click.command()
@common
def doctor(folder: Path, as_json: bool) -> None:
    """Check the collection and this computer, and say what to mend.

    Example: cartellino doctor
    """
    from cartellino import doctor as surgery

    with opened(folder) as museum:
        findings = surgery.examine(museum)
    lines = [f"{'well' if finding.well else 'MEND'}  {finding.sentence}" for finding in findings]
    answer(as_json, [finding._asdict() for finding in findings], lambda: click.echo("\n".join(lines)))
    if not all(finding.well for finding in findings):
        raise SystemExit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@common
def backup(file: Path, folder: Path, as_json: bool) -> None:
    """Copy the collection into FILE (a .zip), even while it is in use.

    Example: cartellino backup my-museum-2026-11-22.zip
    """
    with opened(folder) as museum:
        museum.progress = bar()
        made = museum.backup(file)
    size = made.stat().st_size
    answer(
        as_json,
        {"file": str(made), "bytes": size},
        lambda: click.echo(
            f"The collection is in {made} ({size / 1e6:.1f} MB). Bring it back with 'cartellino restore'."
        ),
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for machines.")
def restore(file: Path, folder: Path, as_json: bool) -> None:
    """Bring the collection in FILE back into FOLDER, which must be empty or new.

    Example: cartellino restore my-museum-2026-11-22.zip my-museum
    """
    from cartellino.catalogue.backup import restore as bring_back

    bring_back(file, folder, bar())
    answer(as_json, {"folder": str(folder)}, lambda: click.echo(f"The collection is back in {folder}."))
