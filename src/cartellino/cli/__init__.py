"""The command line: one file for each group of verbs, each a thin skin over the collection.

The names of all commands stand in one table, so that ``cartellino --help`` answers without importing
anything else.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

from cartellino.version import VERSION


class Verb(NamedTuple):
    """A command: where it is implemented, and its line in the help."""

    target: str
    line: str


GROUPS: dict[str, dict[str, Verb]] = {
    "Begin": {
        "demo": Verb(
            "cartellino.cli.demo:demo", "Show the whole main job on a painted gallery, then the desk."
        ),
        "new": Verb("cartellino.cli.keep:new", "Make an empty collection."),
        "status": Verb("cartellino.cli.keep:status", "Say what the collection holds and what waits."),
        "doctor": Verb(
            "cartellino.cli.keep:doctor", "Check the collection and this computer, and say what to mend."
        ),
        "backup": Verb(
            "cartellino.cli.keep:backup", "Copy the collection into one file, even while it is in use."
        ),
        "restore": Verb("cartellino.cli.keep:restore", "Bring a collection back from a backup."),
    },
    "Bring in": {
        "add": Verb(
            "cartellino.cli.add:add", "Bring works in: tables, folders, museums on the web, data sets."
        ),
        "pictures": Verb(
            "cartellino.cli.pictures:pictures", "Count the pictures; list their faults, or the quarantine."
        ),
        "features": Verb("cartellino.cli.pictures:features", "Turn pictures into numbers, once."),
    },
    "Learn": {
        "fields": Verb(
            "cartellino.cli.fields:fields", "List what could be learnt, or the values of one field."
        ),
        "labels": Verb("cartellino.cli.labels:labels", "Define, show, look at and list label sets."),
        "train": Verb("cartellino.cli.learn:train", "Learn a label set, and write a report."),
        "group": Verb("cartellino.cli.learn:group", "Let a model answer with broader classes."),
        "models": Verb("cartellino.cli.learn:models", "List the models."),
        "predict": Verb("cartellino.cli.learn:predict", "Say what a model thinks of some works."),
        "evaluate": Verb("cartellino.cli.learn:evaluate", "Say how good a model is, with intervals."),
        "reproduce": Verb(
            "cartellino.cli.reproduce:reproduce", "Carry out a study, and set ours beside theirs."
        ),
    },
    "Decide": {
        "triage": Verb(
            "cartellino.cli.decide:triage", "File what can be promised; queue the rest for a person."
        ),
        "review": Verb("cartellino.cli.decide:review", "Show the queue, or what was decided about a work."),
        "suspects": Verb(
            "cartellino.cli.suspects:suspects", "List the works that look wrong; say what is right."
        ),
        "serve": Verb("cartellino.cli.decide:serve", "Open the review desk in the browser."),
        "similar": Verb("cartellino.cli.decide:similar", "List the catalogued works that look most alike."),
    },
    "Take home": {
        "export": Verb(
            "cartellino.cli.export:export", "Write the museum's own table with the labels beside it."
        ),
    },
}
VERBS = {name: verb for group in GROUPS.values() for name, verb in group.items()}


def overview() -> str:
    """The help of the whole program."""
    lines = [
        "Usage: cartellino COMMAND …",
        "",
        "  Reads pictures of artworks and drafts the museum's label, with a confidence a museum can act on.",
    ]
    for title, verbs in GROUPS.items():
        lines += ["", f"{title}:", *(f"  {name:<10}{verb.line}" for name, verb in verbs.items())]
    return "\n".join(
        [
            *lines,
            "",
            "Every command explains itself: cartellino train --help",
            "The collection is the current folder, --collection DIR, or CARTELLINO_COLLECTION.",
            "",
        ]
    )


def main() -> None:
    """Run the command line; the entry point ``cartellino``."""
    told = sys.argv[1:]
    if told in ([], ["--help"], ["-h"], ["help"]):
        sys.stdout.write(overview())
        return
    if told in (["--version"], ["-V"]):
        sys.stdout.write(f"cartellino {VERSION}\n")
        return
    from cartellino.cli.program import program

    program.main(prog_name="cartellino")
