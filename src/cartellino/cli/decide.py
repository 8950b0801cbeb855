"""triage, review, serve, similar: what may be filed, and what a person signs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartellino.cli.program import answer, bar, common, opened

if TYPE_CHECKING:
    from cartellino.triage.triaged import Triaged


def _share(_: click.Context, __: click.Parameter, text: str) -> float:
    try:
        share = float(text.rstrip("% ")) / (100 if "%" in text else 1)
    except ValueError:
        share = -1.0
    if not 0 < share < 1:
        raise click.BadParameter(f"'{text}' should be a share such as 5% or 0.05")
    return share


@click.command()
@click.argument("label_set")
@click.option(
    "--max-error",
    default="5%",
    show_default=True,
    callback=_share,
    help="Most wrong labels among those filed.",
)
@click.option(
    "--confidence", default="95%", show_default=True, callback=_share, help="How sure the promise is."
)
@click.option("--model", default="", help="A model; the newest of the label set if not given.")
@click.option(
    "--calibrate", type=click.IntRange(min=1), help="Queue a blind random sample of so many works instead."
)
@click.option("--seed", default=0, show_default=True, help="For the sample, and the order of equals.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@common
def triage(
    label_set: str, calibrate: int | None, model: str, folder: Path, as_json: bool, **told: Any
) -> None:
    """File what can be promised for LABEL_SET, and queue the rest for a person.

    Example: cartellino triage culture --max-error 5%
    """
    with opened(folder) as museum:
        museum.progress = bar()
        if calibrate:
            queued = museum.calibrate(label_set, calibrate, seed=told["seed"])
            sentence = f"{queued:,} works of the backlog wait at the desk, blind: sign them all, then triage."
            answer(as_json, {"queued": queued}, lambda: click.echo(sentence))
            return
        triaged = museum.triage(model or label_set, **told)
    answer(as_json, triaged.as_dict(), lambda: tell(triaged))


def tell(triaged: Triaged) -> None:
    """Say what was promised, filed and queued."""
    for sentence in triaged.sentences():
        click.echo(sentence)


@click.command()
@click.argument("label_set", required=False)
@click.option("--work", help="Show every decision about this work instead.")
@click.option("--limit", default=20, show_default=True, help="How many entries to list.")
@common
def review(label_set: str | None, work: str | None, limit: int, folder: Path, as_json: bool) -> None:
    """Show the queue of LABEL_SET, or what was decided about a work.

    Example: cartellino review culture
    """
    if not (label_set or work):
        raise click.UsageError("name a label set, or a work with --work")
    from cartellino.show import terminal

    with opened(folder) as museum:
        data = museum.history(work) if work else museum.queue(label_set or "", limit)
    rows = [list(each.values()) for each in data]
    answer(
        as_json,
        data,
        lambda: (
            terminal.table([key.replace("_", " ") for key in data[0]], rows)
            if data
            else click.echo("Nothing is there.")
        ),
    )


@click.command()
@click.argument("label_set", required=False)
@click.option("--host", help="Address to listen on; the settings' if not given.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@click.option("--signer", default="", help="The name that signs; the settings' or yours if not given.")
@click.option("--open/--no-open", "show", default=True, help="Open the browser, or not.")
@common
def serve(
    label_set: str | None,
    host: str | None,
    port: int | None,
    signer: str,
    show: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """Open the review desk in the browser, until Ctrl-C.

    Example: cartellino serve culture
    """
    with opened(folder) as museum:
        settings, name = museum.settings, signer or museum.signer
    from cartellino.web.app import create_app
    from cartellino.web.serve import serve as run

    def ready(address: str) -> None:
        answer(
            as_json,
            {"address": address},
            lambda: click.echo(f"The review desk is at {address} (Ctrl-C stops it)"),
        )
        if show:
            click.launch(address)

    app = create_app(folder, settings, label_set=label_set, signer=name)
    run(
        app,
        host=host or settings.desk.host,
        port=settings.desk.port if port is None else port,
        ready=ready,
    )


@click.command()
@click.argument("work")
@click.option("-k", default=8, show_default=True, help="How many works to list.")
@common
def similar(work: str, k: int, folder: Path, as_json: bool) -> None:
    """List the works whose pictures look most like those of WORK.

    Example: cartellino similar 436535
    """
    from cartellino.show import terminal

    with opened(folder) as museum:
        museum.progress = bar()
        found = museum.similar(work, k)
        titles = {
            each: museum.catalogue.works.entry(museum.catalogue.works.key(each)).title for each, _ in found
        }
    data = [{"work": each, "title": titles[each], "similarity": round(near, 4)} for each, near in found]
    answer(
        as_json,
        data,
        lambda: terminal.table(["work", "title", "similarity"], [list(each.values()) for each in data]),
    )
