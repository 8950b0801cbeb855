"""Finds works by id and by words."""

from __future__ import annotations

import difflib

from cartellino.catalogue.database import Database
from cartellino.errors import InputError

_CANDIDATES = 2_000  # ids compared for a suggestion


def key(database: Database, work_id: str) -> int:
    """The key of the work with this id.

    Raises
    ------
    InputError
        If there is none; the sentence suggests the nearest ids.
    """
    found = database.value("SELECT id FROM work WHERE work_id = ?", (work_id,))
    if found is None:
        near = nearest(database, work_id)
        do = f"Did you mean {' or '.join(near)}?" if near else "Ids are written as in the museum's table."
        raise InputError(f"no work has the id '{work_id}'", "", do)
    return int(found)


def work_id(database: Database, key: int) -> str:
    """The museum's id of the work with this key.

    Raises
    ------
    InputError
        If there is none.
    """
    found = database.value("SELECT work_id FROM work WHERE id = ?", (key,))
    if found is None:
        raise InputError(f"no work has the key {key}", "", "Look it up by its id.")
    return str(found)


def nearest(database: Database, work_id: str) -> list[str]:
    """Up to three ids that `work_id` may stand for: by accession number, zeros in front, case, likeness."""
    wanted = work_id.strip()
    exact = [
        found
        for (found,) in database.rows(
            "SELECT work_id FROM work WHERE work_id = ?1 OR (accession = ?1 AND accession <> '') LIMIT 3",
            (wanted,),
        )
    ]
    candidates: dict[str, None] = {}
    starts = (wanted[:3], wanted.lstrip("0")[:3], "0", wanted[:3].lower(), wanted[:3].upper())
    for start in dict.fromkeys(starts):
        if start:
            rows = database.rows(
                "SELECT work_id FROM work WHERE work_id >= ? AND work_id < ? "
                "ORDER BY abs(length(work_id) - ?) LIMIT ?",
                (start, start + "\U0010ffff", len(wanted), _CANDIDATES),
            )
            candidates.update(dict.fromkeys(found for (found,) in rows))
    nearly = [
        found for found in candidates if wanted and found.lstrip("0").lower() == wanted.lstrip("0").lower()
    ]
    alike = difflib.get_close_matches(wanted, list(candidates), n=3, cutoff=0.7)
    return list(dict.fromkeys(exact + nearly + alike))[:3]


def search(database: Database, text: str, limit: int) -> list[tuple[int, str, str]]:
    """(key, id, title) of the works that hold all words of `text`, the last one perhaps unfinished.

    A work of just that id comes first. Nothing in `text` is taken as an operator.
    """
    wanted = text.replace("\0", " ").strip()
    found: dict[int, tuple[int, str, str]] = {
        row[0]: row
        for row in database.rows("SELECT id, work_id, title FROM work WHERE work_id = ?", (wanted,))
    }
    words = ['"' + word.replace('"', '""') + '"' for word in wanted.split() if any(map(str.isalnum, word))]
    if words:
        rows = database.rows(
            "SELECT w.id, w.work_id, w.title FROM work_search s JOIN work w ON w.id = s.rowid "
            "WHERE work_search MATCH ? ORDER BY s.rank LIMIT ?",
            (" ".join(words) + "*", limit),
        )
        found |= {row[0]: row for row in rows if row[0] not in found}
    return list(found.values())[:limit]
