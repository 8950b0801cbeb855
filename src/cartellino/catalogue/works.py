"""The works of a catalogue: written from sources, found by id and by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cartellino.catalogue import entries, finding, sources, texts
from cartellino.catalogue.batching import Batch, prepare
from cartellino.catalogue.database import Database
from cartellino.catalogue.entries import WorkEntry
from cartellino.catalogue.names import quoted
from cartellino.catalogue.sources import Source
from cartellino.catalogue.texts import Texts
from cartellino.catalogue.writing import Writer, Written
from cartellino.progress import Progress
from cartellino.records import Column, Rejected, Work


@dataclass(frozen=True, slots=True)
class Remark:
    """Something noticed about a source, one of its lines or a work ('1.2E+05 looks shortened')."""

    source: int
    work: int | None
    line: int | None
    remark: str


class Works:
    """The works of a catalogue; made by Catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def source(
        self,
        name: str,
        kind: str,
        address: str,
        columns: Sequence[Column],
        format: Mapping[str, object],  # noqa: A002 - the word of the catalogue
    ) -> int:
        """Begin a reading of source `name`, making it if it is new, and return its key.

        New columns are added to its table; columns that vanished stay in the table, empty in rows read again.
        Remarks of the reading before are dropped.

        Raises
        ------
        InputError
            If there are more columns than a table can hold.
        """
        return sources.upsert(self._database, name, kind, address, columns, format)

    def write(
        self, source: int, works: Iterable[Work | Rejected], *, strict: bool = False, progress: Progress
    ) -> Written:
        """Make the catalogue hold just `works` for this source; rows that did not change are skipped quickly.

        Parameters
        ----------
        source : int
            Key of the source, from :meth:`source`.
        works : iterable of Work or Rejected
            In line order, each line once, to the end of the source: what is not among them is gone.
        strict : bool
            Whether a rejected row stops the reading (what came before it is kept).
        progress : Progress
            Told of each batch of rows.

        Raises
        ------
        InputError
            With `strict`, at the first rejected row.
        """
        batches = prepare(works, self.known(source), strict=strict)
        return self.write_batches(source, batches, progress=progress)

    def write_batches(self, source: int, batches: Iterable[Batch], *, progress: Progress) -> Written:
        """The same as :meth:`write`, for works that another process has prepared."""
        return Writer(self._database, self.known(source)).write(batches, progress)

    def texts(self, source: int) -> Texts:
        """The texts of a source's rows, by which its next reading knows those that did not change."""
        return texts.standing(self._database, self.known(source))

    def known(self, source: int) -> Source:
        """The source with this key.

        Raises
        ------
        InputError
            If there is none.
        """
        return sources.find(self._database, source)

    def key(self, work_id: str) -> int:
        """The key of the work with this id.

        Raises
        ------
        InputError
            If there is none; the sentence suggests the nearest ids.
        """
        return finding.key(self._database, work_id)

    def id(self, key: int) -> str:
        """The museum's id of the work with this key."""
        return finding.work_id(self._database, key)

    def search(self, text: str, limit: int = 20) -> list[tuple[int, str, str]]:
        """(key, id, title) of works whose id, accession number and title hold all words of `text`."""
        return finding.search(self._database, text, limit)

    def entry(self, key: int) -> WorkEntry:
        """The catalogue entry of a work: its names, its columns that are not blank, its pictures."""
        return entries.entry(self._database, key)

    def count(self) -> int:
        """How many works there are, those gone from their sources left out."""
        gone = self._database.value("SELECT count(*) FROM work WHERE gone_at IS NOT NULL")
        return int(self._database.value("SELECT count(*) FROM work") - gone)

    def keys(self) -> Iterator[int]:
        """The keys of all works that are not gone, in order."""
        for (key,) in self._database.rows("SELECT id FROM work WHERE gone_at IS NULL ORDER BY id"):
            yield key

    def accessions(self) -> Iterator[tuple[int, str]]:
        """(work, accession number) of the works that have one, by key."""
        yield from self._database.rows(
            "SELECT id, accession FROM work WHERE accession <> '' AND gone_at IS NULL ORDER BY id"
        )

    def rows(self, source: int) -> Iterator[tuple[int, int, tuple[str | None, ...]]]:
        """(line, work, cells) for every row of a source as it came, in line order; rejected rows left out."""
        found = sources.find(self._database, source)
        names = "".join(f", {quoted(column.name)}" for column in found.columns)
        for row in self._database.rows(
            f"SELECT line, work{names} FROM {quoted(found.original)} ORDER BY line"
        ):
            yield row[0], row[1], row[2:]

    def rejected(self, source: int) -> Iterator[Rejected]:
        """The rows of a source that could not be used, in line order."""
        for row in self._database.rows(
            "SELECT line, reason, raw FROM rejected WHERE source = ? ORDER BY line", (source,)
        ):
            yield Rejected(*row)

    def sources(self) -> list[Source]:
        """All sources, the one read last first."""
        return sources.every(self._database)

    def remark(self, source: int, remark: str, *, work: int | None = None, line: int | None = None) -> None:
        """Note something about a source, a line of it or a work; said twice it is noted once."""
        with self._database.transaction():
            self._database.connection.execute(
                "INSERT INTO remark (source, work, line, remark) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS "
                "(SELECT 1 FROM remark WHERE source = ?1 AND work IS ?2 AND line IS ?3 AND remark = ?4)",
                (source, work, line, remark),
            )

    def remarks(self, source: int | None = None) -> Iterator[Remark]:
        """The remarks about one source or all, in the order they were made."""
        rows = self._database.rows(
            "SELECT source, work, line, remark FROM remark WHERE ?1 IS NULL OR source = ?1 ORDER BY id",
            (source,),
        )
        for row in rows:
            yield Remark(*row)
