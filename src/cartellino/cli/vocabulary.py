"""labels suggest-merges, labels vocabulary: what the values of a field mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartellino.cli.program import answer, common, opened
from cartellino.errors import InputError

if TYPE_CHECKING:
    from cartellino.collection import Collection
    from cartellino.curate.suggesting import Suggested
    from cartellino.curate.vocabulary import Flag, Vocabulary

_KINDS = ("synonym", "part of", "uncertain", "after", "either", "spelling", "display")
_HEADS = {"wikidata": "Wikidata"}
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("suggest-merges")
@click.argument("field")
@click.option("--out", type=_FILE, required=True, help="Merge file to write (CSV).")
@click.option(
    "--vocabulary", type=_FILE, help="Vocabulary to heed (CSV or SKOS); the one that is kept for FIELD."
)
@click.option(
    "--only-kind",
    "kinds",
    multiple=True,
    type=click.Choice(_KINDS),
    help="Only merges of this kind; give it several times for several.",
)
@common
def suggest_merges(
    field: str, out: Path, vocabulary: Path | None, kinds: tuple[str, ...], folder: Path, as_json: bool
) -> None:
    """Propose merges for FIELD, with their evidence, into a file that you edit.

    Nothing is applied: strike out what is wrong, then give the file to 'labels define --merge'.

    Example: cartellino labels suggest-merges culture --out merges.csv
    """
    from cartellino.curate.suggesting import suggest, written
    from cartellino.curate.vocabulary import read
    from cartellino.curate.vocabulary.keeping import Shelf
    from cartellino.files import write_text

    _spare(out)
    with opened(folder) as museum:
        name = museum.catalogue.fields.resolve(field)
        known = read(vocabulary) if vocabulary else Shelf(museum.folder / "labels").get(name)
        found = suggest(museum.catalogue, name, known, kinds)
    write_text(out, written(found.proposals, found.counts))
    answer(as_json, _proposed(found, out), lambda: _tell_proposed(found, out))


@click.command()
@click.argument("name")
@click.option("--read", "read_from", type=_FILE, help="Keep this vocabulary for NAME (CSV or SKOS).")
@click.option(
    "--from-collection", is_flag=True, help="Add the ids that stand beside the field, and keep them."
)
@click.option("--write", "write_to", type=_FILE, help="Write it: .csv, .ttl, .rdf or .jsonld.")
@click.option(
    "--language",
    default="en",
    show_default=True,
    help="Language of the names: which one of SKOS is read, and as what they are written.",
)
@click.option("--limit", default=30, show_default=True, help="How many terms and flags to list.")
@common
def vocabulary(
    name: str,
    read_from: Path | None,
    from_collection: bool,
    write_to: Path | None,
    language: str,
    limit: int,
    folder: Path,
    as_json: bool,
) -> None:
    """Show the terms of NAME, a label set or field, with their ids and what is odd about them.

    Example: cartellino labels vocabulary tags --from-collection --write tags.ttl
    """
    from dataclasses import replace

    from cartellino.curate.vocabulary import read, write
    from cartellino.curate.vocabulary.gathering import gather
    from cartellino.curate.vocabulary.keeping import Shelf, compared

    with opened(folder) as museum:
        shelf = Shelf(museum.folder / "labels")
        name, field, counts, own = _subject(museum, name)
        kept = shelf.keep(read(read_from, language), name) if read_from else shelf.get(name)
        if from_collection:
            gathered = gather(museum.catalogue, field).vocabulary
            kept = shelf.keep(kept.joined(gathered) if kept else gathered, name)
    spoken = kept.language if kept and read_from else language
    whole = replace(own.joined(kept) if kept else own, language=spoken)
    if write_to:
        write(whole, write_to)
    flags, remarks = compared(whole, counts)
    answer(
        as_json,
        _described(whole, counts, flags, remarks),
        lambda: _tell(whole, counts, flags, remarks, limit),
    )


def _spare(out: Path) -> None:
    """A draft that somebody edited is worth more than a new one."""
    if out.exists():
        raise InputError(
            "there is such a file already, and it may be edited", str(out), "Name another, or remove it."
        )


def _subject(museum: Collection, name: str) -> tuple[str, str, dict[str, int], Vocabulary]:
    """Name, field, works of each value and own terms of a label set; of a field, if there is no such set."""
    from cartellino.curate.vocabulary import Vocabulary
    from cartellino.curate.vocabulary.keeping import of_classes

    if name not in {row.name for row in museum.catalogue.labels.list()}:
        field = museum.catalogue.fields.resolve(name)
        return field, field, dict(museum.catalogue.fields.counts(field)), Vocabulary(field)
    found = museum.labels.get(name)
    classes = {label: sum(found.counts(place).values()) for place, label in enumerate(found.classes)}
    values = dict(museum.catalogue.fields.counts(found.definition.field))
    return name, found.definition.field, values | classes, of_classes(name, classes, found.definition.merges)


def _proposed(found: Suggested, out: Path) -> dict[str, Any]:
    from cartellino.curate.suggesting.suggest import by_kind

    return {
        "field": found.field,
        "file": str(out),
        "ids_from": list(found.columns),
        "kinds": [
            {"kind": kind, "values": values, "works": works}
            for kind, values, works in by_kind(found.proposals, found.counts)
        ],
        "merges": [
            {
                "from": each.source,
                "to": list(each.targets),
                "kind": each.kind.value,
                "reason": each.reason,
                "evidence": each.evidence,
                "works": found.counts[each.source],
            }
            for each in found.proposals
        ],
    }


def _tell_proposed(found: Suggested, out: Path) -> None:
    from cartellino.curate.suggesting.suggest import by_kind
    from cartellino.show import terminal, words

    if not found.proposals:
        click.echo(f"Nothing to propose for {found.field}; {out} holds its heading alone.")
        return
    terminal.table(["kind", "values", "works"], by_kind(found.proposals, found.counts))
    if found.columns:
        click.echo(f"Ids were read from {words.listing(found.columns)}.")
    told = f"{words.count(len(found.proposals), 'value')} of {words.number(len(found.counts))}"
    click.echo(f"{told} in {out}, the weightiest first. Strike out what is wrong; nothing was applied.")


def _described(
    whole: Vocabulary, counts: dict[str, int], flags: tuple[Flag, ...], remarks: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "name": whole.name,
        "language": whole.language,
        "terms": [
            {
                "label": term.label,
                "works": counts.get(term.label, 0),
                "ids": {scheme: list(addresses) for scheme, addresses in term.addresses.items()},
                "alternatives": list(term.alternatives),
                "hidden": list(term.hidden),
                "broader": list(term.broader),
            }
            for term in whole.terms
        ],
        "flags": [{"label": flag.label, "words": flag.words} for flag in flags],
        "remarks": list(remarks),
    }


def _tell(
    whole: Vocabulary, counts: dict[str, int], flags: tuple[Flag, ...], remarks: tuple[str, ...], limit: int
) -> None:
    from cartellino.curate.vocabulary.schemes import SCHEMES, short
    from cartellino.show import terminal, words

    if not whole.terms:
        click.echo(
            f"No vocabulary is kept for {whole.name}. Bring one in with --read, or with --from-collection."
        )
        return
    terms = sorted(whole.terms, key=lambda term: (-counts.get(term.label, 0), term.label))
    schemes = [scheme for scheme in SCHEMES if any(scheme in term.ids for term in terms)]
    rows = [
        [
            term.label,
            counts.get(term.label, 0),
            *(
                ", ".join(short(scheme, each) for each in term.addresses.get(scheme, ()))
                for scheme in schemes
            ),
        ]
        for term in terms[:limit]
    ]
    terminal.table([whole.name, "works", *(_HEADS.get(scheme, scheme.upper()) for scheme in schemes)], rows)
    with_id = sum(bool(term.ids) for term in terms)
    click.echo(f"{words.count(len(terms), 'term')}, {words.number(with_id)} of them with an id.")
    for told in (*remarks, *map(str, flags[:limit])):
        click.echo(words.plain(told))
    if len(flags) > limit:
        click.echo(f"… and {words.count(len(flags) - limit, 'flag')} more; --limit shows them.")
