"""Files of strangers: what is refused before rdflib sees it, and how its troubles are said.

Nothing is fetched and nothing expanded. A JSON-LD file may name a context on the web, which rdflib would
fetch; an XML file may declare entities that unfold without end (CWE-776) or read other files (CWE-611), and
a literal may carry such XML inside it, which rdflib would parse.
"""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.parsers import expat

from rdflib import Graph

from cartellino.errors import CartellinoError, InputError
from cartellino.files import explained, readable

MOST_BYTES = 32 << 20
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_DECLARED = re.compile(r"(?i)<!\s*(?:doctype|entity)")
_BASE = "http://relative.invalid/"  # relative addresses must not tell this computer's folders (RFC 6761, 6.4)
_CONTEXT_DO = "Write the context into the file, for example with a JSON-LD 'expand', and read that."
_ENTITIES_DO = "Export it again without a DOCTYPE, or as Turtle."
_NAMES = {"turtle": "Turtle", "xml": "RDF/XML", "json-ld": "JSON-LD"}


def graph_of(path: Path, format_: str) -> Graph:
    """The statements in a file.

    Raises
    ------
    InputError
        If it is missing, larger than `MOST_BYTES`, damaged, or not sufficient in itself.
    """
    data = _bytes(path)
    with _in_words(path, format_):
        if format_ == "xml":
            _check_xml(data, path)
        else:
            data = _checked_text(data, format_, path).encode("utf-8")
        return Graph().parse(data=data, format=format_, publicID=_BASE)


def _bytes(path: Path) -> bytes:
    try:
        size = readable(path, "vocabulary").stat().st_size
        if size > MOST_BYTES:
            raise InputError(
                f"the vocabulary has {size / 1e6:,.0f} MB; no more than {MOST_BYTES / 1e6:,.0f} MB are read",
                str(path),
                "Take out the part that the collection needs.",
            )
        return path.read_bytes()
    except OSError as error:
        raise explained(error, path) from error


def _check_xml(data: bytes, path: Path) -> None:
    """Run through the file with a parser that stops at a DOCTYPE, in whatever encoding it comes."""

    def refuse(*_: object) -> None:
        raise InputError(
            "the file declares a document type, which may unfold without end", str(path), _ENTITIES_DO
        )

    texts: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.CharacterDataHandler = texts.append
    parser.Parse(data, True)
    _check_text("".join(texts), path)


def _checked_text(data: bytes, format_: str, path: Path) -> str:
    text = data.decode("utf-8-sig")
    if format_ == "json-ld":
        told = json.loads(text)
        _check_contexts(told, path)
        text = json.dumps(told, ensure_ascii=False)  # what was looked at is what is read
    _check_text(text, path)
    return text


def _check_text(text: str, path: Path) -> None:
    if "\\" in text:
        text = _ESCAPE.sub(lambda mark: _letter(mark[1] or mark[2]), text)
    if _DECLARED.search(text):
        raise InputError("a text in the file declares entities of XML", str(path), "Take it out.")


def _letter(code: str) -> str:
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else ""


def _check_contexts(told: Any, path: Path) -> None:
    for key, value in _members(told):
        named = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]
        if key == "@import" or (key == "@context" and named):
            where = named[0] if named else value
            raise InputError(f"the file asks for a context from elsewhere ({where})", str(path), _CONTEXT_DO)


def _members(told: Any) -> Iterator[tuple[str, Any]]:
    """Every key and value, however deep; without recursion, for the depth is a stranger's choice."""
    waiting = [told]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            yield from here.items()
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)


@contextmanager
def _in_words(path: Path, format_: str) -> Iterator[None]:
    log = logging.getLogger("rdflib")
    was = log.level
    log.setLevel(logging.CRITICAL)  # it logs tracebacks of literals that are not of their datatype
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, of its JSON-LD parser
            yield
    except CartellinoError:
        raise
    except Exception as error:  # rdflib's parsers raise nearly anything on damaged files
        words = " ".join(str(error).split())[:160] or type(error).__name__
        raise InputError(
            f"the vocabulary cannot be read as {_NAMES[format_]} ({words})", str(path), "Export it again."
        ) from error
    finally:
        log.setLevel(was)
