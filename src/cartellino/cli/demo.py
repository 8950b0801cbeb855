"""demo: the whole main job on a painted gallery, told as a story, and then the review desk."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cartellino.cli import adding, decide, labelset, learn
from cartellino.cli.program import bar

if TYPE_CHECKING:
    from cartellino.collection import Collection

_FIELD = "School"
_SET = "school"
_RATIOS = {
    "train": 0.45,
    "validation": 0.1,
    "calibration": 0.35,
    "test": 0.1,
}  # a small gallery needs more to promise on
_LIMIT = 0.10
_WORKS = 540  # with fewer, whether anything can be promised is luck


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("demo-museum"))
@click.option("--check", is_flag=True, help="Do everything, but do not stay up.")
@click.option("--seed", default=1, show_default=True, help="Another seed paints another gallery.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the desk; the settings' if not given.")
def demo(folder: Path, check: bool, seed: int, port: int | None) -> None:
    """Show the whole main job on a gallery that Cartellino paints itself, then open the desk.

    Example: cartellino demo
    """
    from cartellino import collection
    from cartellino.show.words import duration

    begun = time.monotonic()
    with collection.create(folder, "The Painted Gallery") as museum:
        museum.progress = bar()
        _main_job(museum, folder, seed)
    click.echo(f"\nAll this took {duration(time.monotonic() - begun)}, in {folder}.")
    if not check:
        _desk(folder, port)


def _main_job(museum: Collection, folder: Path, seed: int) -> None:
    from cartellino.acquire.registry import SOURCES
    from cartellino.curate.merges import read_merges

    _chapter("1. A gallery is painted and catalogued, as untidily as a real one.")
    gallery = SOURCES.load("gallery")(folder / "gallery", seed, _WORKS, progress=museum.progress)
    adding.tell(museum.add(gallery))

    _chapter("2. What is labelled becomes a label set; synonyms are merged by a list that one can read.")
    merges = read_merges(folder / "gallery" / "merges.csv")
    school = museum.labels.define(_SET, field=_FIELD, min_works=10, merges=merges, ratios=_RATIOS)
    labelset.tell(school)

    _chapter("3. A model learns it, and is measured on works it has never seen.")
    model = museum.train(school)
    learn.tell(model)

    _chapter("4. What can be promised is filed; the rest waits for a person.")
    decide.tell(museum.triage(model, max_error=_LIMIT))

    _chapter("5. The museum's own table goes home, with the labels beside it.")
    out = folder / "works-labelled.csv"
    made = museum.export(out)
    click.echo(f"{made.rows:,} rows in {out}; new columns: {', '.join(made.columns)}")


def _desk(folder: Path, port: int | None) -> None:
    from cartellino import collection
    from cartellino.web.app import create_app
    from cartellino.web.serve import serve

    with collection.open(folder) as museum:
        settings, signer = museum.settings, museum.signer
    _chapter("6. The review desk: A accepts, 1–9 choose another label, U undoes.")
    serve(
        create_app(folder, settings, label_set=_SET, signer=signer),
        host=settings.desk.host,
        port=settings.desk.port if port is None else port,
        ready=lambda address: click.echo(f"It is open at {address} (Ctrl-C stops it)"),
    )


def _chapter(title: str) -> None:
    click.echo("")
    click.secho(title, bold=True)
