"""add: the ways in, from files and from the web."""

from __future__ import annotations

import click

from cartellino.cli import add_files, add_web


@click.group()
def add() -> None:
    """Bring works in. Adding the same source again updates it.

    Example: cartellino add table works.csv --images photos
    """


for command in (
    add_files.table,
    add_files.folder_,
    add_files.records,
    add_files.best_artworks,
    add_files.imet,
    add_files.huggingface,
    add_files.met_csv,
    add_files.gallery,
    add_web.met,
    add_web.aic,
    add_web.iiif,
):
    add.add_command(command)
