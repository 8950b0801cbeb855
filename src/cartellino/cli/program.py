"""The program: commands loaded when they are called, errors said in sentences."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cartellino.cli import VERBS, overview
from cartellino.errors import CartellinoError

if TYPE_CHECKING:
    from cartellino.collection import Collection
    from cartellino.progress import Progress

Function = TypeVar("Function", bound=Callable[..., Any])
_STOPPED = 130  # what a shell reports for Ctrl-C


class Program(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb, in the order of the help."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the verb `name`."""
        if name not in VERBS:
            return None
        module, _, attribute = VERBS[name].target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def get_help(self, ctx: click.Context) -> str:
        """The same words as the fast path of ``cartellino --help``."""
        return overview().rstrip("\n")

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what goes wrong in a way we know is said in words and exits 1."""
        try:
            return super().invoke(ctx)
        except CartellinoError as error:
            _say(error)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("\nStopped. Nothing is lost: the same command continues.", err=True)
            ctx.exit(_STOPPED)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="cartellino", message="cartellino %(version)s")
def program() -> None:
    """Reads pictures of artworks and drafts the museum's label."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console may not be UTF-8
            stream.reconfigure(errors="replace")


def common(function: Function) -> Function:
    """Add the options that every command has: --collection and --json."""
    function = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for machines.")(function)
    return collection_option(function)


def collection_option(function: Function) -> Function:
    """Add --collection."""
    return click.option(
        "--collection",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="CARTELLINO_COLLECTION",
        default=Path(),
        help="Folder of the collection; the current folder if not given.",
    )(function)


def opened(folder: Path) -> Collection:
    """The collection in `folder`."""
    from cartellino import collection

    return collection.open(folder)


def bar(as_json: bool = False) -> Progress:
    """The progress line on standard error; events, one JSON object on each line, for machines."""
    from cartellino.show.events import Events
    from cartellino.show.terminal import Bar

    return Events() if as_json else Bar()


def answer(as_json: bool, data: Any, text: Callable[[], None]) -> None:
    """Print the result: JSON with stable keys, or `text` for people."""
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        text()


def _say(error: CartellinoError) -> None:
    if "--json" in sys.argv:
        click.echo(
            json.dumps({"error": {"what": error.what, "where": error.where, "do": error.do}}), err=True
        )
        return
    from cartellino.show import terminal

    terminal.error(error.what, error.where, error.do)
