"""Records and pictures to show: a folder of the Met's, or the painted gallery."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
from pathlib import Path
from typing import Any

from cartellino.acquire.gallery import paint

_CHANGED = "2024-05-01T04:51:15.117Z"


def stored(folder: Path) -> tuple[list[dict[str, Any]], Path] | None:
    """The records of a folder with 'objects.jsonl' or 'objects.jsonl.gz', and its folder 'images'.

    The folder may also hold these in a folder 'met', as the data folder does. None if there are none.
    """
    for base in (folder, folder / "met"):
        for name in ("objects.jsonl.gz", "objects.jsonl"):
            if (path := base / name).is_file():
                data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
                return [json.loads(line) for line in data.splitlines() if line.strip()], base / "images"
    return None


def painted(folder: Path, works: int = 60, seed: int = 7) -> tuple[list[dict[str, Any]], Path]:
    """The painted gallery in the form of the Met's API, its pictures named by object id."""
    gallery = paint(folder / "gallery", seed, works)
    images = folder / "images"
    images.mkdir(parents=True, exist_ok=True)
    with gallery.table.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["Object Number"]]
    return [_record(number, row, gallery.photos, images) for number, row in enumerate(rows, start=1)], images


def _record(number: int, row: dict[str, str], photos: Path, images: Path) -> dict[str, Any]:
    """A row as a record. It gets a number of its own: registrars' ids are not all whole numbers."""
    files = [file for file in (row["Image File"] or "").split("|") if file]
    for place, file in enumerate(files):
        if (photos / file).is_file():
            ident = f"{number}-{place}" if place else str(number)
            shutil.copyfile(photos / file, images / (ident + Path(file).suffix))
    tags = [{"term": tag, "AAT_URL": "", "Wikidata_URL": ""} for tag in (row["Tags"] or "").split("|") if tag]
    return {
        "objectID": number,
        "isHighlight": False,
        "accessionNumber": row["Accession Number"],
        "isPublicDomain": True,
        "primaryImage": files[0] if files else "",
        "primaryImageSmall": files[0] if files else "",
        "additionalImages": files[1:],
        "constituents": None,
        "department": row["Department"] or "",
        "title": row["Title"],
        "culture": row["School"] or "",
        "artistDisplayName": row["Artist"] or "",
        "objectDate": row["Date"] or "",
        "medium": row["Medium"] or "",
        "creditLine": row["Credit Line"] or "",
        "metadataDate": _CHANGED,
        "tags": tags or None,
    }
