"""add met, add aic, add iiif: works from museums on the web."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from cartellino.cli.adding import bring_in
from cartellino.cli.program import common

Function = TypeVar("Function", bound=Callable[..., Any])
_DAY = "%Y-%m-%d"


def _asking_again(function: Function) -> Function:
    """Add the options that every source on the web has."""
    for option in (
        click.option("--retry-failed", is_flag=True, help="Ask again for what failed for good, too."),
        click.option("--refresh", is_flag=True, help="Ask for all again; what did not change is not sent."),
        click.option("--limit", type=click.IntRange(min=1), help="Works at most."),
    ):
        function = option(function)
    return function


def _choosing(function: Function) -> Function:
    """Add the options that choose among the works of a museum with an API."""
    for option in (
        click.option("--base", help="Another address of the same API."),
        click.option("--additional", is_flag=True, help="The further pictures of each work, too."),
        click.option("--size", type=click.Choice(["small", "full"]), help="Of pictures; small if not given."),
        click.option("--public-domain", is_flag=True, help="Only works in the public domain."),
        click.option("--has-images", is_flag=True, help="Only works with a picture."),
        click.option("--query", help="Words that the museum's own search finds works by."),
    ):
        function = option(function)
    return function


@click.command()
@click.option("--department", type=int, help="Number of the department; 11 is European Paintings.")
@click.option("--ids", type=click.Path(path_type=Path), help="File of object ids, one on each line.")
@click.option("--sample", type=click.IntRange(min=1), help="So many objects, drawn at random.")
@click.option("--seed", default=0, show_default=True, help="Another seed draws another sample.")
@click.option(
    "--since", type=click.DateTime([_DAY]), help="Ask again for records that changed since that day."
)
@_choosing
@_asking_again
@common
def met(
    folder: Path,
    as_json: bool,
    ids: Path | None,
    sample: int | None,
    seed: int,
    since: datetime | None,
    **told: Any,
) -> None:
    """Add objects of the Metropolitan Museum of Art, by its API.

    Example: cartellino add met --department 11 --has-images --limit 2000
    """
    from cartellino.acquire.ids import listed

    told |= {
        "ids": listed(ids) if ids else None,
        "sample": (sample, seed) if sample else None,
        "since": since.strftime(_DAY) if since else None,
    }
    _bring_in("met", folder, as_json, told)


@click.command()
@_choosing
@_asking_again
@common
def aic(folder: Path, as_json: bool, **told: Any) -> None:
    """Add works of the Art Institute of Chicago, by its API.

    Example: cartellino add aic --query woodblock --public-domain --limit 500
    """
    _bring_in("aic", folder, as_json, told)


@click.command()
@click.argument("address")
@click.option("--size", type=click.IntRange(min=64), help="Longest side of pictures; 1,024 if not given.")
@click.option("--language", help="Of labels, where there are several; en if not given.")
@_asking_again
@common
def iiif(address: str, folder: Path, as_json: bool, **told: Any) -> None:
    """Add the manifest or collection at ADDRESS (IIIF Presentation 2 or 3).

    Example: cartellino add iiif https://example.org/iiif/collection.json
    """
    _bring_in("iiif", folder, as_json, told | {"address": address})


def _bring_in(kind: str, folder: Path, as_json: bool, told: dict[str, Any]) -> None:
    given = {name: value for name, value in told.items() if value is not None}  # the source knows the rest
    bring_in(kind, folder, as_json, again=told["refresh"], refused=told["retry_failed"], **given)
