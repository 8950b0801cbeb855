"""suspects: what looks wrong, and what a person says to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartellino.cli.program import answer, bar, common, opened

if TYPE_CHECKING:
    from cartellino.collection import Collection
    from cartellino.suspects.reasons import Suspect

_KINDS = ("label", "twin", "picture", "place")


@click.command()
@click.argument("label_set")
@click.option("--limit", default=20, show_default=True, help="How many works to list.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(_KINDS),
    help="Only works with a reason of this kind; give it several times for several.",
)
@click.option("--again", is_flag=True, help="Look again, even if nothing has changed since the last time.")
@click.option("--work", help="Say what is true of this work, with one of the next four.")
@click.option("--right", is_flag=True, help="Its label is right.")
@click.option("--label", "chosen", multiple=True, help="This is its label; several times for several.")
@click.option("--not-of-the-work", is_flag=True, help="Its picture shows something else: leave it out.")
@click.option("--of-the-work", is_flag=True, help="Its picture is of the work after all.")
@click.option("--view", default=0, help="Which of its pictures is meant, the first being 1.")
@click.option("--reason", default="", help="Why, for the record.")
@common
def suspects(
    label_set: str,
    limit: int,
    kinds: tuple[str, ...],
    again: bool,
    work: str | None,
    folder: Path,
    as_json: bool,
    **verdict: Any,
) -> None:
    """List the works of LABEL_SET that look wrong, or put on record what is true of one.

    Example: cartellino suspects department --work 436535 --right --reason "the object was seen"
    """
    verdict["chosen"] = list(verdict["chosen"])
    _check(work, verdict)
    with opened(folder) as museum:
        museum.progress = bar(as_json)
        if work:
            said = _judged(museum, label_set, work, verdict)
            answer(as_json, said, lambda: click.echo(_spoken(said)))
            return
        found = museum.suspects.find(label_set, kinds=kinds, again=again)
        data = _described(museum, label_set, found, limit)
    answer(as_json, data, lambda: _tell(data, len(found)))


def _check(work: str | None, verdict: dict[str, Any]) -> None:
    said = sum(bool(verdict[name]) for name in ("right", "chosen", "not_of_the_work", "of_the_work"))
    if work and said != 1:
        raise click.UsageError(
            "say one thing of --work: --right, --label, --not-of-the-work or --of-the-work"
        )
    if said and not work:
        raise click.UsageError("name the work that it is said of, with --work")


def _judged(museum: Collection, label_set: str, work: str, verdict: dict[str, Any]) -> dict[str, Any]:
    told = {"reason": verdict["reason"]}
    if verdict["right"]:
        made = museum.suspects.right(label_set, work, **told)
    elif verdict["chosen"]:
        made = museum.suspects.label(label_set, work, verdict["chosen"], **told)
    else:
        of_it = verdict["of_the_work"]
        said = museum.suspects.picture(label_set, work, of_the_work=of_it, view=verdict["view"], **told)
        return {"work": work, "picture": said.digest, "verdict": said.verdict, "by": said.by, "at": said.at}
    return {"work": work, "labels": list(made.labels), "reason": made.reason, "by": made.by, "at": made.at}


def _spoken(said: dict[str, Any]) -> str:
    if "picture" in said:
        left = "nothing learns from it any more" if said["verdict"].startswith("not") else "it is used again"
        return f"The picture of {said['work']} stands as {said['verdict']}, by {said['by']}: {left}."
    return (
        f"{said['work']} is signed as {', '.join(said['labels'])} by {said['by']}; the next freeze heeds it."
    )


def _described(museum: Collection, label_set: str, found: list[Suspect], limit: int) -> dict[str, Any]:
    """The list in JSON's terms, works by their ids."""
    from cartellino.show import words

    catalogue = museum.catalogue
    row = catalogue.labels.find(label_set)
    made = catalogue.suspects.made(row.id)

    def one(each: Suspect) -> dict[str, Any]:
        entry = catalogue.works.entry(each.work)
        return {
            "work": entry.work_id,
            "title": entry.title,
            "given": list(each.given),
            "thought": [
                {"label": label, "probability": chance, "in_words": words.hedge(chance)}
                for label, chance in each.thought
            ],
            "doubt": round(each.doubt, 4),
            "reasons": [
                {
                    "kind": str(reason.kind),
                    "sentence": reason.sentence,
                    "strength": round(reason.strength, 4),
                    "works": [catalogue.works.id(work) for work in reason.works],
                    "picture": reason.picture,
                }
                for reason in each.reasons
            ],
            "alike": [
                {"work": catalogue.works.id(work), "labels": list(catalogue.labels.of(row.id, work))}
                for work in each.alike
            ],
        }

    return {
        "label_set": f"{row.name}@{row.version}",
        "works": sum(1 for _ in catalogue.labels.members(row.id)),
        "found": len(found),
        "judged": catalogue.suspects.judged(row.id),
        "wrong": made.wrong if made else 0,
        "suspects": [one(each) for each in found[:limit]],
    }


def _tell(data: dict[str, Any], found: int) -> None:
    from cartellino.show import words

    if not found:
        click.echo(f"Nothing looks wrong in {data['label_set']}, or all of it was judged.")
        return
    click.echo(
        f"{words.count(found, 'work')} of {words.number(data['works'])} should be looked at again, "
        f"{words.number(data['judged'])} were. By the model's estimate the label of about "
        f"{words.number(data['wrong'])} is wrong: the likeliest come first."
    )
    for place, each in enumerate(data["suspects"], start=1):
        alike = [f"{other['work']} ({', '.join(other['labels'])})" for other in each["alike"]]
        lines = [
            ", ".join(each["given"]),
            *(reason["sentence"] for reason in each["reasons"]),
            *([f"Looks like {words.listing(alike)}."] if alike else []),
        ]
        title = words.plain(each["title"]) or "Without a title"
        click.echo(f"\n{place:>3}  {words.plain(each['work'])}  {title}")
        for line in lines:
            click.echo(f"     {words.plain(line)}")
