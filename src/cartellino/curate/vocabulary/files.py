"""Vocabularies as files, by their ending: CSV, or SKOS as Turtle, RDF/XML or JSON-LD."""

from __future__ import annotations

from pathlib import Path

from cartellino.curate.vocabulary import table
from cartellino.curate.vocabulary.vocabulary import Vocabulary
from cartellino.errors import InputError
from cartellino.files import write_bytes

FORMATS = {
    ".ttl": "turtle",
    ".rdf": "xml",
    ".xml": "xml",
    ".jsonld": "json-ld",
    ".json": "json-ld",
}


def read(path: Path, language: str = "en") -> Vocabulary:
    """Read a vocabulary.

    Parameters
    ----------
    path : Path
        A file that ends in .csv, .ttl, .rdf, .xml, .jsonld or .json.
    language : str
        Which of several languages its names are taken in.

    Raises
    ------
    InputError
        If the file is missing, of another kind, damaged, or asks for something from elsewhere.
    LabelError
        If its terms cannot stand side by side.
    """
    if path.suffix.lower() == ".csv":
        return table.read(path, language)
    format_ = _format(path)
    from cartellino.curate.vocabulary.skos.reading import read as read_skos

    return read_skos(path, format_, language)


def write(vocabulary: Vocabulary, path: Path) -> None:
    """Write a vocabulary, whole; the ending says how.

    Raises
    ------
    InputError
        If the ending is unknown, or the format cannot hold a character that the vocabulary has.
    StorageError
        If the disk is full or read-only.
    """
    if path.suffix.lower() == ".csv":
        write_bytes(path, table.written(vocabulary).encode("utf-8"))
        return
    format_ = _format(path)
    from cartellino.curate.vocabulary.skos.writing import written

    write_bytes(path, written(vocabulary, format_))


def _format(path: Path) -> str:
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        raise InputError(
            "a vocabulary is a table or SKOS, and this ending is of neither",
            str(path),
            f"Name it .csv, {', '.join(FORMATS)}.",
        ) from None
