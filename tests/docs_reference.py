"""The page that documents every command, made from the commands themselves (``make docs`` writes it)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from cartellino.cli.program import program

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "commands.md"
_HEAD = """\
# Commands

Every command takes `--help`, and `--collection DIR` (or `CARTELLINO_COLLECTION`) where it needs a collection
other than the current folder. `--json` answers with stable keys on standard output; progress and errors go to
standard error. Exit codes: 0 done, 1 failed, 2 wrong use, 130 stopped by Ctrl-C. Colour is off when piped, or
with `NO_COLOR`.

Shell completion in bash: `eval "$(_CARTELLINO_COMPLETE=bash_source cartellino)"`; `zsh_source` and
`fish_source` for the others.
"""


def commands_of(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command and group, with its full name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{prefix}{name}", command
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{prefix}{name} ")


def commands_page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([_HEAD, *(_entry(name, command) for name, command in commands_of(program))])


def _entry(name: str, command: click.Command) -> str:
    text, _, example = (command.help or "").partition("Example: ")
    told = [name]
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            told.append(
                (parameter.name or "").upper()
                if parameter.required
                else f"[{(parameter.name or '').upper()}]"
            )
    lines = [f"## {' '.join(told)}", "", " ".join(text.split()), "", f"    {example.strip()}", ""]
    context = click.Context(command, info_name=name)
    options = [each.get_help_record(context) for each in command.params if isinstance(each, click.Option)]
    lines += [f"- `{record[0]}`: {' '.join(record[1].split())}" for record in options if record]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(commands_page(), encoding="utf-8")
