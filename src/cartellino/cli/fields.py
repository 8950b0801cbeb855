"""fields: what the catalogue could be learnt from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartellino.cli.program import answer, common, opened

if TYPE_CHECKING:
    from cartellino.catalogue.fields import FieldSummary
    from cartellino.collection import Collection
    from cartellino.curate.looking.field import FieldLook

_LONGEST = 28  # letters of a value given as an example


@click.command()
@click.argument("field", required=False)
@click.option("--limit", default=30, show_default=True, help="How many values to list.")
@click.option("--date-field", default="", help="The field that says when works were made, if not found.")
@common
def fields(field: str | None, limit: int, date_field: str, folder: Path, as_json: bool) -> None:
    """List the fields, or the values of one FIELD: how frequent, how many a work has, from when to when.

    Example: cartellino fields culture
    """
    with opened(folder) as museum:
        if field:
            from cartellino.curate.looking.field import look

            found = look(museum.catalogue, field, date_field)
            answer(as_json, _value_data(found, limit), lambda: _tell_values(found, limit))
        else:
            _all(museum, as_json)


def _all(museum: Collection, as_json: bool) -> None:
    from cartellino.catalogue.summary import DISTINCT
    from cartellino.show import terminal, words

    works, found = museum.catalogue.works.count(), museum.catalogue.fields.summary()
    data = [
        {
            "field": each.name,
            "works": each.works,
            "share": _share(each, works),
            "values": each.values,
            "several": each.several,
            "examples": list(each.examples),
        }
        for each in found
    ]
    rows = [
        [
            each.name,
            each.works,
            words.percent(_share(each, works), works),
            words.number(each.values) + ("+" if each.values >= DISTINCT else ""),
            "several" if each.several else "",
            " · ".join(_short(value) for value in each.examples),
        ]
        for each in found
    ]
    headers = ["field", "works", "share", "values", "a work", "for example"]
    answer(as_json, data, lambda: terminal.table(headers, rows, "lrrrll"))


def _share(each: FieldSummary, works: int) -> float:
    return min(1.0, each.works / works) if works else 0.0


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1].rstrip()}…"


def _value_data(found: FieldLook, limit: int) -> dict[str, Any]:
    return {
        "field": found.name,
        "works": found.works,
        "with_value": found.valued,
        "different": len(found.values),
        "values": [
            {
                "value": each.value,
                "works": each.works,
                "share": each.share,
                "cumulated": each.cumulated,
                "first_century": each.first,
                "last_century": each.last,
            }
            for each in found.values[:limit]
        ],
        "values_per_work": [{"values": n, "works": works} for n, works in found.per_work.items()],
        "date_fields": list(found.date_fields),
    }


def _tell_values(found: FieldLook, limit: int) -> None:
    from cartellino.show import terminal, words

    share = words.percent(found.valued / found.works if found.works else 0.0, found.works)
    click.echo(
        f"{words.count(found.valued, 'work')} of {words.number(found.works)} ({share}) have a value of "
        f"{found.name}: {words.count(len(found.values), 'different value')}"
    )
    if not found.values:
        return
    headers, dated = [found.name, "works", "share", "cumulated"], bool(found.date_fields)
    rows = [
        [
            each.value,
            each.works,
            words.percent(each.share, found.valued),
            words.percent(each.cumulated, found.valued),
            *([each.first, each.last] if dated else []),
        ]
        for each in found.values[:limit]
    ]
    click.echo()
    terminal.table([*headers, *(["from", "to"] if dated else [])], rows, "lrrr" + "ll" * dated)
    if len(found.values) > limit:
        click.echo(f"{words.count(len(found.values) - limit, 'more value')}; --limit lists more")
    click.echo()
    terminal.table(["values a work has", "works"], list(found.per_work.items()))
    if dated:
        click.echo(f"\nCenturies are those of {words.listing(found.date_fields, 'or else')}.")
