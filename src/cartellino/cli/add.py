"""add: the ways in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartellino.cli.program import answer, bar, common, opened

if TYPE_CHECKING:
    from cartellino.acquire.intake import Intake

_SHOWN = 5  # bad rows and remarks that are listed one by one

strict_option = click.option("--strict", is_flag=True, help="Stop at the first row that cannot be used.")


@click.group()
def add() -> None:
    """Bring works in. Adding the same source again updates it.

    Example: cartellino add table works.csv --images photos
    """


@add.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--images", type=click.Path(path_type=Path), help="Folder of the pictures.")
@click.option("--id-column", help="Column of the museum's own id; guessed if not given.")
@click.option(
    "--picture-column", help="Column of the pictures' files; guessed, or found by id, if not given."
)
@click.option("--separator", default="|", show_default=True, help="Between several values in one cell.")
@click.option("--encoding", help="Encoding of the file; found if not given.")
@click.option("--delimiter", help="Character between cells; found if not given.")
@click.option("--sheet", help="Sheet of a workbook; the first with data if not given.")
@strict_option
@common
def table(file: Path, folder: Path, as_json: bool, strict: bool, **told: Any) -> None:
    """Add the rows of FILE: CSV, TSV or XLSX.

    Example: cartellino add table works.csv --images photos --id-column "Object Number"
    """
    _bring_in("table", folder, as_json, strict, path=file, **told)


@add.command(name="folder")
@click.argument("pictures", type=click.Path(path_type=Path))
@click.option("--pattern", help="How file names are made, such as {id}_{department}.jpg.")
@click.option(
    "--classes/--flat", default=None, help="Folders inside are classes, or not; found if not given."
)
@strict_option
@common
def folder_(pictures: Path, folder: Path, as_json: bool, strict: bool, **told: Any) -> None:
    """Add a folder of PICTURES: flat, a folder for each class, or fields in the file names.

    Example: cartellino add folder photos --pattern "{id}_{department}.jpg"
    """
    _bring_in("folder", folder, as_json, strict, path=pictures, **told)


@add.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--images", type=click.Path(path_type=Path), help="Folder of the pictures, named by object id.")
@strict_option
@common
def records(file: Path, folder: Path, as_json: bool, strict: bool, **told: Any) -> None:
    """Add the records of FILE: JSON lines in the form of the Met's API, plain or gzipped.

    Example: cartellino add records objects.jsonl.gz --images images
    """
    _bring_in("records", folder, as_json, strict, path=file, **told)


@add.command()
@click.option("--seed", default=7, show_default=True, help="Another seed paints another gallery.")
@click.option("--works", default=360, show_default=True, help="How many works to paint.")
@common
def gallery(folder: Path, as_json: bool, seed: int, works: int) -> None:
    """Add a gallery that Cartellino paints itself, to try things on.

    Example: cartellino add gallery --seed 7
    """
    _bring_in(
        "gallery", folder, as_json, False, path=folder / "gallery", seed=seed, works=works, progress=bar()
    )


def _bring_in(kind: str, folder: Path, as_json: bool, strict: bool, **told: Any) -> None:
    from cartellino.acquire.registry import SOURCES

    with opened(folder) as museum:
        museum.progress = bar()
        source = SOURCES.load(kind)(**told)
        intake = museum.add(source, strict=strict)
    answer(as_json, intake.as_dict(), lambda: tell(intake))


def tell(intake: Intake) -> None:
    """Say what came in, and what did not."""
    from cartellino.show.words import count

    written, pictures = intake.written, intake.pictures
    click.echo(
        f"{count(written.added, 'work')} added, {written.updated:,} updated, "
        f"{written.unchanged:,} unchanged; {count(pictures.kept, 'picture')} kept."
    )
    for title, lines in (
        (f"{count(written.rejected, 'row')} could not be used", intake.bad_rows),
        (f"{count(pictures.quarantined, 'picture')} went to quarantine", intake.bad_pictures),
        (f"{count(intake.remark_count, 'remark')}", intake.remarks),
    ):
        if lines:
            click.echo(f"{title}:")
            for line in lines[:_SHOWN]:
                click.echo(f"  {line}")
