"""Fields out of file names, by a pattern such as ``{id}_{department}.jpg``."""

from __future__ import annotations

from string import Formatter

from cartellino.acquire.walk import is_picture, stem
from cartellino.errors import InputError

_SAME = {".jpeg": ".jpg", ".jpe": ".jpg", ".jfif": ".jpg", ".tiff": ".tif"}
_DO = "Write it like {id}_{department}.jpg, with something between two fields."


class Pattern:
    """How file names are made.

    A field ends where the text after it first stands, and the last one where the pattern's end stands, so
    every name fits in one way or none, in time that grows with its length alone. With a slash in it, the
    pattern describes the path below the folder, else the file's name. Its suffix may be left out; ``{}`` is
    a part that is not kept.

    Parameters
    ----------
    text : str
        The pattern.

    Raises
    ------
    InputError
        If it has no field, two fields side by side, the same field twice, or braces that do not match.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._suffix = _suffix(text) if is_picture(text) else ""
        self._whole_path = "/" in text
        self._start, self._parts = _parsed(stem(text) if self._suffix else text)
        self.fields = tuple(field for field, _ in self._parts if field)

    def match(self, path: str) -> dict[str, str] | None:
        """The fields of a file's path, or None if it does not fit."""
        if self._suffix and _suffix(path) != self._suffix:
            return None
        rest = stem(path if self._whole_path else path.rpartition("/")[2])
        if not rest.startswith(self._start):
            return None
        rest = rest[len(self._start) :]
        values = {}
        for n, (field, after) in enumerate(self._parts, start=1):
            if n < len(self._parts):
                value, between, rest = rest.partition(after)
                fits = bool(between)
            else:
                value, fits = rest.removesuffix(after), rest.endswith(after)
            if not fits or not value.strip() or "/" in value:
                return None
            values[field] = value.strip()
        values.pop("", None)
        return values


def _parsed(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text before the first field, and each field with the text after it."""
    try:
        pieces = [(before, field) for before, field, _, _ in Formatter().parse(text)]
    except ValueError as error:
        raise InputError(f"the pattern's braces do not match: {error}", text, _DO) from error
    start, names = pieces[0][0] if pieces else "", [field for _, field in pieces if field is not None]
    afters = [before for before, _ in pieces[1:]] + ([""] if pieces and pieces[-1][1] is not None else [])
    if not names:
        raise InputError("the pattern has no field in braces", text, _DO)
    if any(not after for after in afters[:-1]):
        raise InputError("two fields of the pattern stand side by side", text, _DO)
    kept = [name for name in names if name]
    if len(kept) != len(set(kept)):
        raise InputError("a field stands twice in the pattern", text, _DO)
    return start, list(zip(names, afters, strict=True))


def _suffix(path: str) -> str:
    suffix = path[len(stem(path)) :].lower()
    return _SAME.get(suffix, suffix)
