"""What every way in has in common at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartellino.cli.program import answer, bar, opened

if TYPE_CHECKING:
    from cartellino.acquire.intake import Intake

_SHOWN = 5  # bad rows and remarks that are listed one by one

strict_option = click.option("--strict", is_flag=True, help="Stop at the first row that cannot be used.")


def bring_in(
    kind: str,
    folder: Path,
    as_json: bool,
    strict: bool = False,
    *,
    again: bool = False,
    refused: bool = False,
    **told: Any,
) -> None:
    """Bring the works of a source of this kind in, and say what came of it."""
    from cartellino.acquire.registry import SOURCES
    from cartellino.acquire.remote.downloads import Again

    with opened(folder) as museum:
        museum.progress = bar(as_json)
        source = SOURCES.load(kind)(**told)
        intake = museum.add(source, strict=strict, again=Again(again, refused) if again or refused else None)
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
