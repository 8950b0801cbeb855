"""add table, add folder …: works from files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cartellino.cli.adding import bring_in, strict_option
from cartellino.cli.program import bar, common


@click.command()
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
    bring_in("table", folder, as_json, strict, path=file, **told)


@click.command(name="folder")
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
    bring_in("folder", folder, as_json, strict, path=pictures, **told)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--images", type=click.Path(path_type=Path), help="Folder of the pictures, named by object id.")
@strict_option
@common
def records(file: Path, folder: Path, as_json: bool, strict: bool, **told: Any) -> None:
    """Add the records of FILE: JSON lines in the form of the Met's API, plain or gzipped.

    Example: cartellino add records objects.jsonl.gz --images images
    """
    bring_in("records", folder, as_json, strict, path=file, **told)


@click.command(name="met-csv")
@click.argument("file", type=click.Path(path_type=Path))
@strict_option
@common
def met_csv(file: Path, folder: Path, as_json: bool, strict: bool) -> None:
    """Add the Open Access table of the Metropolitan Museum: MetObjects.csv, plain or gzipped.

    It has no pictures; 'add met --ids' fetches those of the objects you want.

    Example: cartellino add met-csv MetObjects.csv
    """
    bring_in("met-csv", folder, as_json, strict, path=file)


@click.command(name="best-artworks")
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--resized", is_flag=True, help="The small pictures, where both are there.")
@strict_option
@common
def best_artworks(data: Path, folder: Path, as_json: bool, strict: bool, resized: bool) -> None:
    """Add Kaggle's 'Best Artworks of All Time': artists.csv and a folder for each artist.

    Example: cartellino add best-artworks best-artworks-of-all-time
    """
    bring_in("best-artworks", folder, as_json, strict, path=data, resized=resized)


@click.command()
@click.argument("data", type=click.Path(path_type=Path))
@strict_option
@common
def imet(data: Path, folder: Path, as_json: bool, strict: bool) -> None:
    """Add an iMet Collection: train.csv, labels.csv and the folder train.

    Example: cartellino add imet imet-2020-fgvc7
    """
    bring_in("imet", folder, as_json, strict, path=data)


@click.command()
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--id-column", help="Column of the ids; guessed if not given.")
@strict_option
@common
def huggingface(data: Path, folder: Path, as_json: bool, strict: bool, id_column: str | None) -> None:
    """Add a data set in Hugging Face's layout: Parquet shards, or pictures with metadata.csv.

    Example: cartellino add huggingface wikiart
    """
    cache = folder / "unpacked" / data.name
    bring_in("huggingface", folder, as_json, strict, path=data, cache=cache, id_column=id_column)


@click.command()
@click.option("--seed", default=7, show_default=True, help="Another seed paints another gallery.")
@click.option("--works", default=360, show_default=True, help="How many works to paint.")
@common
def gallery(folder: Path, as_json: bool, seed: int, works: int) -> None:
    """Add a gallery that Cartellino paints itself, to try things on.

    Example: cartellino add gallery --seed 7
    """
    bring_in(
        "gallery", folder, as_json, False, path=folder / "gallery", seed=seed, works=works, progress=bar()
    )
