"""Which encoding a text file is in, whether all of it can be read, and how its lines end.

The whole file is looked at, not a sample: the first accent may come after a million plain rows.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from cartellino.errors import InputError

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark opens this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = ("cp1252", "mac_roman", "cp850")
_SMALL = set("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœšžðþ")
_CAPITALS = set("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽÐÞ")
_MARKS = set("”–—…×°½¼¾²³•»§ ©®™€£†±ªº")
_OPENING = set("‘“«„¡¿")
_ANYWHERE = set("’·´")
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x1b]")
_AT_HOME = 0.8
_FOREIGN = re.compile(r"[^\x00-\x7f]+")

Opener = Callable[[], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a text file become text.

    Parameters
    ----------
    name : str
        Codec of Python's standard library.
    bom : bool
        Whether the file opens with a byte order mark.
    newline : str
        How lines end: a line feed, a carriage return, or both.
    sound : bool
        Whether the whole file can be decoded and holds no NUL character.
    sure : bool
        Whether it was told or is certain; another encoding might read the same bytes otherwise.
    """

    name: str
    bom: bool = False
    newline: str = "\n"
    sound: bool = True
    sure: bool = True

    @property
    def errors(self) -> str:
        """The handler that lets a bad row be found, and the others be read."""
        if self.sound:
            return "strict"
        return "replace" if self.name.startswith(("utf-16", "utf-32")) else "surrogateescape"


def find(opener: Opener, where: str, told: str | None = None) -> Encoding:
    """Find the encoding of the file that `opener` opens.

    Parameters
    ----------
    opener : callable
        Opens the file for reading bytes, anew each time.
    where : str
        Its name, for messages.
    told : str, optional
        The encoding a person named; it is then only checked.

    Raises
    ------
    InputError
        If no encoding is called `told`, or the file is not text.
    """
    with opener() as stream:
        head = stream.read(_SAMPLE)
    mark, marked = next(((bom, name) for bom, name in _BOMS if head.startswith(bom)), (b"", ""))
    if told:
        name = _known(told)
        return _looked_through(opener, name, mark if marked == name else b"").encoding
    name = marked or _wide(head) or "utf-8"
    if name == "utf-8" and len(_CONTROL.findall(head)) > max(8, len(head) // 20):
        raise InputError("this is not text, so not a table", where, "Export the table as .csv or .xlsx.")
    seen = _looked_through(opener, name, mark)
    if seen.decodes or marked or name != "utf-8" or _mostly_utf8(seen.foreign):
        return seen.encoding
    return _other(opener, seen)


@dataclass
class _Seen:
    encoding: Encoding
    decodes: bool = True
    foreign: list[bytes] = field(default_factory=list)  # lines with bytes beyond ASCII


def _looked_through(opener: Opener, name: str, mark: bytes) -> _Seen:
    """Read the whole file once as `name`."""
    decoder = codecs.getincrementaldecoder(name)()
    seen = _Seen(Encoding(name))
    nul = False
    with opener() as stream:
        stream.read(len(mark))
        newline = _line_end(stream.read(_SAMPLE).decode(name, "replace"))
        stream.seek(len(mark))
        while seen.decodes and (chunk := stream.read(_CHUNK)):
            seen.decodes = _fits(decoder, chunk)
            nul = nul or _has_nul(name, chunk)
        seen.decodes = seen.decodes and _fits(decoder, b"", final=True)
    if not seen.decodes:
        with opener() as stream:
            seen.foreign = _foreign_lines(stream)
    seen.encoding = Encoding(name, bool(mark), newline, seen.decodes and not nul)
    return seen


def _line_end(text: str) -> str:
    """How the first line ends that does not end within quotation marks."""
    found = re.search(r"\r\n|\n|\r", re.sub(r'"[^"]*"', "", text))
    return found.group() if found else "\n"


def _fits(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _has_nul(name: str, chunk: bytes) -> bool:
    if name.startswith(("utf-16", "utf-32")):
        width = 2 if "16" in name else 4
        return (
            b"\0" * (2 * width - 1) in chunk
        )  # two characters that are both ASCII have fewer zeros between them
    return b"\0" in chunk


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: the zero bytes of its commas, digits and line ends stand on one side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    few, many = sorted((even, odd))
    if many * 20 < len(head) or few * 20 > many:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _foreign_lines(stream: BinaryIO) -> list[bytes]:
    lines: list[bytes] = []
    size = 0
    for line in iter(lambda: stream.readline(_SAMPLE), b""):
        if not line.isascii():
            lines.append(line)
            size += len(lines[-1])
            if size > _SAMPLE * 4:
                break
    return lines


def _mostly_utf8(lines: list[bytes]) -> bool:
    """Whether a few damaged lines stand among many in UTF-8; other encodings hardly ever pass for it."""
    good = sum(_decodes(line, "utf-8") for line in lines)
    return good >= 3 * (len(lines) - good)


def _other(opener: Opener, seen: _Seen) -> Encoding:
    """The likeliest encoding that can read the whole file; one that can read any byte is the last."""
    sample = b"".join(seen.foreign)
    likely = _likeliest(sample, old_mac=seen.encoding.newline == "\r")
    for name in (*likely, "cp1252", "latin-1"):
        found = _looked_through(opener, name, b"")
        if found.decodes:
            break
    return replace(found.encoding, sure=name in likely and at_home(sample.decode(name)) >= _AT_HOME)


def _likeliest(sample: bytes, *, old_mac: bool) -> list[str]:
    western = sorted(_WESTERN, key=lambda name: (name == "mac_roman") < old_mac)  # the first of equals wins
    readable = [name for name in western if _decodes(sample, name)]
    scored = sorted(readable, key=lambda name: -at_home(sample.decode(name)))
    if scored and at_home(sample.decode(scored[0])) >= _AT_HOME:
        return scored
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return [best.encoding] if best and _decodes(sample, best.encoding) else []


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def at_home(text: str) -> float:
    """The share of characters beyond ASCII that look at home in a text of Western Europe, 0 to 1.

    General detectors are unsure with the few accents of a table of names; here one is at home in a run of at
    most two, as a letter but no capital inside a word, or as a typographer's mark but not inside a word.
    """
    total = good = 0
    for run in _FOREIGN.finditer(text):
        marks, before, after = (
            run.group(),
            text[run.start() - 1 : run.start()],
            text[run.end() : run.end() + 1],
        )
        total += len(marks)
        if len(marks) < 3:
            good += sum(_fits_in(mark, before.isalpha(), before.islower(), after.islower()) for mark in marks)
    return good / total if total else 1.0


def _fits_in(mark: str, in_word: bool, after_small: bool, before_small: bool) -> bool:
    if mark in _CAPITALS:
        return not after_small and not (in_word and before_small)
    if mark in _OPENING:
        return not in_word
    return mark in _SMALL or (mark in _MARKS and not (after_small and before_small)) or mark in _ANYWHERE


def _known(told: str) -> str:
    try:
        name = codecs.lookup(told).name
        "".encode(name)
    except LookupError as error:
        raise InputError(
            f"no encoding is called '{told}'",
            "--encoding",
            "There are: utf-8, cp1252, mac_roman, utf-16-le, …",
        ) from error
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(name, name)
