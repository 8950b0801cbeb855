"""How a catalogue stands, in numbers that cost no time to count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from cartellino.catalogue.catalogue import Catalogue
from cartellino.catalogue.names import quoted
from cartellino.catalogue.sources import Source

_YES = "('true', 'yes', 'y', '1', 'ja', 'oui', 'si')"


def status(catalogue: Catalogue) -> dict[str, Any]:
    """Counts of what a catalogue holds, quick on half a million works.

    Returns
    -------
    dict
        ``works``, ``gone``, ``rejected``, ``remarks``, ``fields``: numbers; ``pictures``: numbers kept,
        wanted and quarantined; ``sources``: name, kind, address and columns of each; ``label_sets``: for the
        newest version of each, name, version, kind, classes, works and what stands (filed, review, signed,
        skipped, queue); ``models``: a number; ``public_domain``: works known to be in it, or None;
        ``fetched``: for each kind of address on the web, status and reason, how many;
        ``journal``: 'wal' or 'delete'; ``notice``: a sentence or ''.
    """
    database = catalogue.database
    sources = catalogue.works.sources()
    return {
        "works": catalogue.works.count(),
        "gone": database.value("SELECT count(*) FROM work WHERE gone_at IS NOT NULL"),
        "rejected": database.value("SELECT count(*) FROM rejected"),
        "remarks": database.value("SELECT count(*) FROM remark"),
        "fields": len(catalogue.fields.names()),
        "pictures": catalogue.pictures.counts(),
        "sources": [
            {
                "name": source.name,
                "kind": source.kind,
                "address": source.address,
                "columns": len(source.columns),
                "updated_at": source.updated_at,
            }
            for source in sources
        ],
        "label_sets": _label_sets(catalogue),
        "models": database.value("SELECT count(*) FROM model"),
        "public_domain": _public_domain(catalogue, sources),
        "fetched": [
            {"kind": kind, "status": status, "reason": reason, "count": count}
            for kind, status, reason, count in catalogue.fetches.summary()
        ],
        "journal": catalogue.journal_mode,
        "notice": catalogue.notice,
    }


def changes(catalogue: Catalogue, examples: int = 5) -> list[dict[str, Any]]:
    """What the newest reading of each source changed.

    Returns
    -------
    list of dict
        For each source in which anything changed: ``source``, ``at``, ``fields`` (name and works),
        ``examples`` (work, field, before, after) and ``gone`` (ids), both cut to the first `examples`.
    """
    found = []
    for source in catalogue.works.sources():
        fields = catalogue.changes.fields(source)
        gone = catalogue.changes.gone(source, examples)
        if fields or gone:
            found.append(
                {
                    "source": source.name,
                    "at": source.updated_at,
                    "fields": [{"name": name, "works": works} for name, works in fields],
                    "examples": [asdict(each) for each in islice(catalogue.changes.newest(source), examples)],
                    "gone": gone,
                }
            )
    return found


def _public_domain(catalogue: Catalogue, sources: Sequence[Source]) -> int | None:
    """Works whose source says that they are in the public domain; None if no source speaks of it."""
    telling = [
        (quoted(source.original), quoted(column.name))
        for source in sources
        for column in source.columns
        if column.role == "public domain"
    ]
    if not telling:
        return None
    works = " UNION ".join(
        f"SELECT work FROM {table} WHERE lower({cell}) IN {_YES}" for table, cell in telling
    )
    return int(catalogue.database.value(f"SELECT count(*) FROM ({works})"))


def _label_sets(catalogue: Catalogue) -> list[dict[str, Any]]:
    newest = {row.name: row for row in reversed(catalogue.labels.list())}
    return [
        {
            "name": row.name,
            "version": row.version,
            "kind": row.kind,
            "classes": len(catalogue.labels.classes(row.id)),
            "works": catalogue.database.value(
                "SELECT count(*) FROM label_work WHERE label_set = ?", (row.id,)
            ),
            **catalogue.journal.counts(row.id),
            "queue": catalogue.journal.queue_left(row.id),
        }
        for row in sorted(newest.values(), key=lambda row: row.name)
    ]
