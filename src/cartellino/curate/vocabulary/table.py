"""Vocabularies as a table: one term on each line, ``|`` between several names of one cell.

A ``|`` or backslash inside a name is written with a backslash before it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cartellino.curate.merges import tidy
from cartellino.curate.small import small_table
from cartellino.curate.vocabulary.schemes import OTHER, SCHEMES, short
from cartellino.curate.vocabulary.terms import Term
from cartellino.curate.vocabulary.vocabulary import Vocabulary
from cartellino.errors import InputError, LabelError

_USUAL = ("label", "aat", "ulan", "tgn", "wikidata", "alternatives", "hidden", "broader", "note")
_WHERE_USED = ("definition", "ia", "other", "close", "uri")
_IDS = (*SCHEMES, OTHER)
_NAMES = ("alternatives", "hidden", "broader", "close")
_PIECE = re.compile(r"((?:\\.|[^\\|])*)(\||$)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def written(vocabulary: Vocabulary) -> str:
    """A vocabulary as CSV (RFC 4180); columns that few use are there only where one is used."""
    rows = [_cells(term) for term in vocabulary.terms]
    columns = [*_USUAL, *(name for name in _WHERE_USED if any(row[name] for row in rows))]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([row[name] for name in columns] for row in rows)
    return text.getvalue()


def read(path: Path, language: str = "en") -> Vocabulary:
    """Read a vocabulary from a table with a column 'label', in UTF-8; comma, semicolon or tab.

    Lines with the same label are joined, which is remarked on.

    Raises
    ------
    InputError
        If the file is missing, is no such table, or a line is wrong; the sentence names it.
    """
    table = small_table(path, "vocabulary", ("label",), f"Its first line may read: {','.join(_USUAL)}.")
    unread = [name for name in table.columns if name and name not in (*_USUAL, *_WHERE_USED)]
    remarks = [f"The column '{name}' of {path.name} means nothing here and was not read." for name in unread]
    terms: dict[str, Term] = {}
    for line, row in table.rows:
        term = _term(row, f"{path}, line {line}")
        if term.label in terms:
            remarks.append(f"'{term.label}' stands on several lines of {path.name}, which were joined.")
            term = terms[term.label].joined(term)
        terms[term.label] = term
    return Vocabulary(
        path.name.removesuffix(path.suffix), tuple(terms.values()), language, remarks=tuple(remarks)
    )


def _term(row: Mapping[str, str], where: str) -> Term:
    if not row.get("label", "").strip():
        raise InputError("this line has nothing under 'label'", where, "Fill it in, or take the line out.")
    names: dict[str, Any] = {name: tuple(_cut(row.get(name, ""))) for name in _NAMES}
    ids = {scheme: tuple(_cut(row.get(scheme, ""))) for scheme in _IDS}
    texts: dict[str, Any] = {name: row.get(name, "") for name in ("definition", "note", "uri")}
    try:
        return Term(row["label"], ids, **names, **texts)
    except LabelError as error:
        raise InputError(error.what, f"{where}, {error.where}", error.do) from error


def _cells(term: Term) -> dict[str, str]:
    cells = {name: _joined(getattr(term, name)) for name in _NAMES}
    cells |= {name: getattr(term, name) for name in ("label", "definition", "note", "uri")}
    for scheme in _IDS:
        cells[scheme] = _joined([short(scheme, each) for each in term.addresses.get(scheme, ())])
    return cells


def _joined(names: Sequence[str]) -> str:
    return "|".join(re.sub(r"([\\|])", r"\\\1", name) for name in names)


def _cut(cell: str) -> Iterator[str]:
    """The names in a cell; a lone backslash before anything else stands for itself."""
    for found in _PIECE.finditer(cell):
        name = _ESCAPED.sub(lambda mark: mark[1] if mark[1] in "\\|" else mark[0], found[1])
        if tidy(name):
            yield name
