"""The texts of rows as they came: a row whose text stands in the catalogue need not even be cut into cells.

A digest of the text says less than that of the row (`cartellino.catalogue.digests`), since the same cells may
be written in two ways, but it is known before anything is read out of it.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

from cartellino.catalogue.database import Database
from cartellino.catalogue.names import quoted
from cartellino.catalogue.sources import Source
from cartellino.version import VERSION


def text_digester(source: Source) -> Callable[[str], int]:
    """A function from a row's text to its signed 64-bit digest.

    The digest is BLAKE2b (RFC 7693), personalised by all that decides what a text is read as: columns and
    format of the source, and the version of Cartellino, whose next one may read it otherwise.
    """
    about = (
        [[column.header, column.name, column.role] for column in source.columns],
        source.format,
        VERSION,
    )
    person = blake2b(json.dumps(about, sort_keys=True).encode(), digest_size=16).digest()
    blank = blake2b(digest_size=8, person=person)

    def digest(text: str) -> int:
        found = blank.copy()  # at a tenth of what making a new one costs
        found.update(text.encode("utf-8", "surrogatepass"))
        return int.from_bytes(found.digest(), "little", signed=True)

    return digest


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a source's rows by digest, in line order: 16 bytes for each row.

    Parameters
    ----------
    source : Source
        The source.
    lines, digests : array of int
        The lines at which rows stand, and the digests of their texts.
    """

    source: Source
    lines: array[int]
    digests: array[int]

    def find(self, line: int) -> tuple[int, int] | None:
        """The number of lines of the row that stands at `line`, and its digest; None if that is not known."""
        place = bisect_left(self.lines, line)
        if place + 1 >= len(self.lines) or self.lines[place] != line:
            return None
        return self.lines[place + 1] - line, self.digests[place]


def standing(database: Database, source: Source) -> Texts:
    """The texts that stand in the catalogue.

    Those of works with several rows are left out: one of these rows may have to name the work in the place of
    another, which takes more than its text.
    """
    table = quoted(source.original)
    rows = database.rows(
        f"SELECT line, text_digest FROM {table} WHERE text_digest IS NOT NULL "
        f"AND work NOT IN (SELECT work FROM {table} GROUP BY work HAVING count(*) > 1) ORDER BY line"
    )
    return _texts(source, rows)


def _texts(source: Source, rows: Iterable[tuple[int, ...]]) -> Texts:
    texts = Texts(source, array("q"), array("q"))
    for line, digest in rows:
        texts.lines.append(line)
        texts.digests.append(digest)
    return texts
