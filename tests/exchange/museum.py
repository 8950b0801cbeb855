"""A museum's table on its way in and home again."""

from __future__ import annotations

import csv
from pathlib import Path

from cartellino.acquire.tables.table import TableSource
from cartellino.catalogue import Catalogue
from cartellino.progress import Silent
from cartellino.records import Decision, DecisionKind

TABLE = (
    "id,title,culture\r\n"
    '001,"Bridge, Rome",French|Dutch\r\n'
    "1.2E+05, Irises ,\r\n"
    '=1+1,"A ""quoted"" title",-x\r\n'
    "4,Ende,\r\n"
)


def bring_in(catalogue: Catalogue, path: Path, data: str | bytes = TABLE) -> None:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    source = TableSource(path)
    key = catalogue.works.source(source.name, source.kind, source.address, source.columns, source.format)
    catalogue.works.write(key, source.works(), progress=Silent())


def label_set(catalogue: Catalogue, name: str = "culture", salt: str = "") -> int:
    return catalogue.labels.save(name, "single", "", f"hash {salt}", [("French", False)], []).id


def decide(
    catalogue: Catalogue, work: int, labels: int, kind: DecisionKind, *names: str, by: str = "rule"
) -> None:
    catalogue.journal.decide(
        Decision(work, labels, kind, names, "why", 0.98765, None, by, at="2026-11-22T10:00:00Z")
    )


def read(path: Path, **options: str) -> list[list[str]]:
    encoding = options.pop("encoding", "utf-8-sig")
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.reader(stream, **options))  # type: ignore[arg-type]
