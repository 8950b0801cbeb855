"""Works from the folder of a Hugging Face data set: Parquet files, or pictures with a file of metadata.

https://huggingface.co/docs/datasets/image_dataset
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from cartellino import files
from cartellino.acquire.datasets.shards import Entry, Shard, shards
from cartellino.acquire.flatten import Shape, rows, text
from cartellino.acquire.images import Images
from cartellino.acquire.source import Remarks, Source
from cartellino.acquire.tables.columns import Roles, Told, columns, guess
from cartellino.acquire.tables.dialect import PLAIN_FORMAT
from cartellino.acquire.walk import folder, stem
from cartellino.errors import InputError, PictureError
from cartellino.pictures.sniff import sniff
from cartellino.records import Rejected, Work

_SAMPLE = 1_000
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "TIFF": ".tif", "WEBP": ".webp"}


class HuggingFaceSource(Source):
    """The rows of a data set as works, with the split in a column where the data set has several.

    Rows of these data sets seldom have ids that last. Where a column of ids is found or named it is taken;
    else the picture's file below the folder is the id, or the row's number in its split (``train/17``).

    Parameters
    ----------
    path : Path or str
        The folder, as ``git clone`` or ``snapshot_download`` leaves it.
    cache : Path or str, optional
        Folder into which pictures inside Parquet files are unpacked, under the digest of their bytes.
    id_column : str, optional
        The column of ids.
    name : str, optional
        The source's name; the folder's if not given.

    Raises
    ------
    InputError
        If there are no rows, a column that was named is missing, or pictures must be unpacked and no folder
        was given for them.
    MissingExtraError
        If Parquet files are to be read and pyarrow is not installed.
    """

    kind: ClassVar[str] = "huggingface"

    def __init__(
        self,
        path: Path | str,
        cache: Path | str | None = None,
        id_column: str | None = None,
        *,
        name: str | None = None,
    ) -> None:
        self._root = folder(Path(path), "folder of a data set")
        super().__init__(name or self._root.name or self.kind, self._root)
        self._shards = self._found()
        packed = any(shard.packed for shard in self._shards)
        self._cache = Path(cache).resolve() if cache is not None else None
        if packed and self._cache is None:
            do = "Name a folder for them, for example below the collection."
            raise InputError("its pictures lie inside Parquet files and must be unpacked", self.address, do)
        self.base = self._cache if packed and self._cache else self._root
        self._images = Images(self._root, listed=False)
        self.format = dict(PLAIN_FORMAT)
        self._shape = Shape()
        sample, splits = self._surveyed()
        self._splits = len(splits) > 1 and "split" not in self._shape.header()
        self._identity = self._identified(sample, id_column)

    def _found(self) -> list[Shard]:
        found = shards(self._root)
        if not found:
            raise InputError(
                "there is no Parquet file and no metadata.csv or metadata.jsonl in this folder",
                self.address,
                "A folder of pictures alone is added with: cartellino add folder.",
            )
        return found

    def _surveyed(self) -> tuple[list[dict[str, Any]], set[str]]:
        """Learn the columns of all rows; return the first rows of each file, and the splits."""
        sample: list[dict[str, Any]] = []
        splits = set()
        share = max(20, _SAMPLE // len(self._shards))
        for shard in self._shards:
            entries = (each for each in shard.entries(Remarks(), with_pictures=False))
            good = (each for each in entries if isinstance(each, Entry))
            for number, entry in enumerate(good):
                self._shape.learn(entry.record)
                splits.add(entry.split)
                if number < share:
                    sample.append(entry.record)
        if not sample:
            raise InputError("there is no row in it that can be used", self.address, "Fetch it again.")
        return sample, splits

    def _identified(self, sample: list[dict[str, Any]], told: str | None) -> int | None:
        """Settle the columns; return the place of the ids among the records' own, None if they are made."""
        header = self._shape.header()
        roles = self._guessed(header, sample, told)
        extra = ["split"] if self._splits else []
        if roles is None:
            made = "row" if "id" in header else "id"
            self.columns = columns([made, *header, *extra], Roles(0))
            self.notes.append("no column of ids was found; files or the numbers of rows stand for them")
            return None
        self.columns = columns([*header, *extra], roles)
        return roles.id

    def _guessed(self, header: list[str], sample: list[dict[str, Any]], told: str | None) -> Roles | None:
        try:
            roles = guess(header, rows(self._shape, sample), Told(id=told), self.address)
        except InputError:
            if told:
                raise
            return None
        # Ids that repeat would make one work of many rows: numbers that begin anew in each split do.
        repeated = roles.notes or roles.id == roles.picture
        return None if repeated and not told else roles

    def _works(self) -> Iterator[Work | Rejected]:
        line = 0
        count: dict[str, int] = {}
        for shard in self._shards:
            for entry in shard.entries(self.remarks):
                line += 1
                if isinstance(entry, Rejected):
                    yield Rejected(line, entry.reason, entry.raw)
                    continue
                number = count[entry.split] = count.get(entry.split, 0) + 1
                yield self._work(line, entry, f"{entry.split or 'row'}/{number - 1}")

    def _work(self, line: int, entry: Entry, place: str) -> Work:
        cells, several = self._shape.cells(entry.record)
        if self._identity is None:
            work_id = stem(entry.files[0]) if entry.files else place
            cells, several = (work_id, *cells), tuple((at + 1, values) for at, values in several)
        else:
            work_id = (cells[self._identity] or "").strip()
        if self._splits:
            cells = (*cells, entry.split)
        role = {column.role: text(cell).strip() for column, cell in zip(self.columns, cells, strict=True)}
        pictures = (*self._named(line, work_id, entry), *map(self._unpacked, entry.embedded))
        return Work(work_id, line, cells, role.get("accession", ""), role.get("title", ""), several, pictures)

    def _named(self, line: int, work_id: str, entry: Entry) -> Iterator[str]:
        for path in entry.files:
            found = self._images.named(path)
            if found.problem:
                self.remarks.add(f"the picture '{path}' is {found.problem}", line, work_id)
            else:
                yield found.address

    def _unpacked(self, data: bytes) -> str:
        """The file of a picture that was inside a row; its name is never the one it was given."""
        digest = files.digest(data)
        try:
            suffix = _SUFFIXES[sniff(data)]
        except PictureError:
            suffix = ".unknown"  # the store will say what it is
        path = (self._cache or self._root) / digest[:2] / f"{digest}{suffix}"
        if not path.exists():
            files.write_bytes(path, data)
        return str(path)
