"""labels define: every rule of a definition as an option, or all of them in a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartellino.cli.labelset import described, tell
from cartellino.cli.program import answer, bar, common, opened

if TYPE_CHECKING:
    from cartellino.curate.rules import Exclude, Filter, SplitAt

_SHARES = {
    2: ("train", "test"),
    3: ("train", "validation", "test"),
    4: ("train", "validation", "calibration", "test"),
}
_WHERE = re.compile(r"\s*(?P<field>.+?)\s*(?P<sign>!=|>=|<=|=|~)\s*(?P<told>.*?)\s*", re.DOTALL)


def _ratios(_: click.Context, __: click.Parameter, text: str | None) -> dict[str, float] | None:
    if text is None:
        return None
    try:
        shares = [float(piece) for piece in text.split("/")]
    except ValueError:
        shares = []
    if len(shares) not in _SHARES:
        raise click.BadParameter(
            "shares are wanted: train/test (80/20), train/validation/test (80/10/10) or "
            "train/validation/calibration/test (60/10/20/10)"
        )
    return {part: share / 100 for part, share in zip(_SHARES[len(shares)], shares, strict=True)}


def _filters(_: click.Context, __: click.Parameter, told: tuple[str, ...]) -> tuple[Filter, ...]:
    return tuple(_filter(text) for text in told)


def _filter(text: str) -> Filter:
    from cartellino.curate.rules import Filter

    match = _WHERE.fullmatch(text)
    if match is None:
        raise click.BadParameter(
            f"'{text}' is no filter: write FIELD=VALUE|VALUE, FIELD!=VALUE, FIELD~PART, FIELD>=YEAR "
            "or FIELD<=YEAR"
        )
    field, sign, value = match["field"], match["sign"], match["told"]
    values = tuple(each.strip() for each in value.split("|"))
    if sign == ">=":
        return Filter(field, since=_year(value))
    if sign == "<=":
        return Filter(field, until=_year(value))
    if sign == "~":
        return Filter(field, containing=values)
    return Filter(field, among=values) if sign == "=" else Filter(field, not_among=values)


def _year(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise click.BadParameter(f"'{text}' is no year; write -300 for 300 BC") from error


def _split_at(_: click.Context, __: click.Parameter, text: str | None) -> SplitAt | None:
    from cartellino.curate.rules import SplitAt

    if text is None:
        return None
    field, sign, year = text.rpartition("=")
    if not sign:
        raise click.BadParameter("write FIELD=YEAR, such as accessionYear=2015")
    return SplitAt(field.strip(), _year(year.strip()))


def _policies(_: click.Context, __: click.Parameter, told: tuple[str, ...]) -> dict[str, str]:
    pairs = [text.rpartition("=") for text in told]
    if not all(sign for _, sign, _ in pairs):
        raise click.BadParameter("write LABEL=POLICY, such as Men='audit only'")
    return {label.strip(): policy.strip() for label, _, policy in pairs}


@click.command()
@click.argument("name")
@click.option(
    "--from", "told", help="A definition that comes with Cartellino, or a TOML file; options change it."
)
@click.option("--field", help="The field to learn; the name's own if not given.")
@click.option("--otherwise", multiple=True, help="Field that speaks where the first says nothing.")
@click.option("--multi", is_flag=True, help="A work may have several labels.")
@click.option("--first", is_flag=True, help="Take only the first value of a work.")
@click.option("--one-value", is_flag=True, help="Leave out works with several values.")
@click.option("--centuries", is_flag=True, help="Values are dates; learn their centuries.")
@click.option(
    "--where", multiple=True, callback=_filters, help="Only works with FIELD=VALUE; also != ~ >= <=."
)
@click.option("--exclude", type=click.Path(path_type=Path), help="Table of works to leave out: work,reason.")
@click.option("--stop", multiple=True, help="Value to pass over; give it several times for several.")
@click.option("--min-works", type=int, help="Values with fewer works are rare.  [default: 1]")
@click.option("--top", type=int, help="Only so many values are not rare, the most frequent.")
@click.option("--rare", type=click.Choice(("drop", "other", "hold")), help="What becomes of rare values.")
@click.option("--unknown", type=click.Choice(("drop", "other", "hold")), help="And of works marked unknown.")
@click.option("--merge", type=click.Path(path_type=Path), help="Table of merges: from,to,reason.")
@click.option("--stop-at", multiple=True, help="Value at which merging ends, though edges lead on.")
@click.option("--only", multiple=True, help="Keep only this value; give it several times for several.")
@click.option("--group-by", multiple=True, help="Field whose works never stand on two sides, such as artist.")
@click.option(
    "--split",
    "ratios",
    callback=_ratios,
    help="Shares of train/validation/calibration/test.  [default: 60/10/20/10]",
)
@click.option("--like", help="Label set whose parts its works keep, such as the first step of a cascade.")
@click.option(
    "--test-since", "split_at", callback=_split_at, help="FIELD=YEAR: later works are the test part."
)
@click.option(
    "--policy", "policies", multiple=True, callback=_policies, help="LABEL=POLICY for a sensitive label."
)
@click.option("--seed", type=int, help="Another seed splits otherwise.  [default: 0]")
@common
def define(name: str, told: str | None, folder: Path, as_json: bool, **options: Any) -> None:
    """Freeze the label set NAME: its values, its works and their parts.

    Example: cartellino labels define culture --field culture --min-works 30 --merge merges.csv

    Example: cartellino labels define paintings --from p2-culture --exclude exclusions.csv
    """
    rules = _rules(options)
    with opened(folder) as museum:
        museum.progress = bar(as_json)
        if told:
            frozen = museum.labels.define_from(told, name=name, **rules)
        else:
            frozen = museum.labels.define(name, **{"field": name, **rules})
    answer(as_json, described(frozen), lambda: tell(frozen))


def _rules(options: dict[str, Any]) -> dict[str, Any]:
    """The rules that were given; what was not keeps its default, or what the file says."""
    from cartellino.curate.merges import read_merges

    flags = {
        "kind": "multi" if options.pop("multi") else None,
        "take": "first" if options.pop("first") else None,
        "read": "centuries" if options.pop("centuries") else None,
        "one_value": options.pop("one_value") or None,
    }
    merge, exclude = options.pop("merge"), options.pop("exclude")
    tables = {
        "merges": read_merges(merge) if merge else None,
        "exclude": _exclusions(exclude) if exclude else None,
    }
    told = {**options, **flags, **tables}
    return {rule: value for rule, value in told.items() if value not in (None, (), {})}


def _exclusions(path: Path) -> tuple[Exclude, ...]:
    from cartellino.curate.exclusions import read_exclusions

    return read_exclusions(path)
