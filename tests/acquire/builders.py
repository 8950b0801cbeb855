"""Small tables, workbooks and folders of pictures for these tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from PIL import Image

from cartellino.acquire.source import Source
from cartellino.records import Rejected, Work


def write_csv(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8", **options: Any) -> Path:
    options.setdefault("lineterminator", "\r\n")
    text = io.StringIO(newline="")
    csv.writer(text, **options).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, **sheets: Iterable[Sequence[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def picture(path: Path, colour: str = "red") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (32, 24), colour).save(path)
    return path


def touch(folder: Path, *names: str) -> Path:
    """Files that only their names matter of."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return folder


def works(source: Source) -> list[Work]:
    return [item for item in source.works() if isinstance(item, Work)]


def rejected(source: Source) -> list[Rejected]:
    return [item for item in source.works() if isinstance(item, Rejected)]


def remarks(source: Source) -> list[str]:
    """What is noticed in one reading."""
    list(source.works())
    return [remark.text for remark in source.remarks]
