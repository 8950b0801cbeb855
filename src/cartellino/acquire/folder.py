"""Works from a folder of pictures: each file a work, with fields from folders or from file names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from cartellino.acquire.pattern import Pattern
from cartellino.acquire.source import Source
from cartellino.acquire.tables.columns import named_roles
from cartellino.acquire.tables.dialect import PLAIN_FORMAT
from cartellino.acquire.walk import folder, is_picture, natural, stem, walk
from cartellino.errors import InputError
from cartellino.records import Rejected, Work

_SEPARATOR = "|"
_VIEW = "view"


class FolderSource(Source):
    """The pictures of a folder as works.

    Without a pattern the path below the folder, without its suffix, is the id. Where each folder is a class
    that gives ids like ``Baroque/img1``, because names may repeat from class to class.

    Parameters
    ----------
    path : Path or str
        The folder.
    pattern : str, optional
        How file names are made, see `cartellino.acquire.pattern.Pattern`. Files with the same ``{id}`` are
        pictures of one work, in the order of ``{view}`` if there is one.
    classes : bool, optional
        Whether each folder inside is a class; if not given, so it is when no picture lies outside them.
    name : str, optional
        The source's name; the folder's if not given.

    Raises
    ------
    InputError
        If there is no such folder, no picture in it, or no name that fits the pattern.
    """

    kind: ClassVar[str] = "folder"

    def __init__(
        self,
        path: Path | str,
        pattern: str | None = None,
        classes: bool | None = None,
        *,
        name: str | None = None,
    ) -> None:
        self._root = folder(Path(path))
        super().__init__(name or self._root.name or "folder", self._root)
        self.base, self.format = self._root, dict(PLAIN_FORMAT)
        found = {each.path: each.problem for each in walk(self._root)}
        self._problems = {path: _problem(path, told) for path, told in found.items() if _problem(path, told)}
        self._files = sorted(found, key=natural)
        self._pattern = Pattern(pattern) if pattern else None
        pictures = [path for path in self._files if path not in self._problems]
        if not pictures:
            raise InputError(
                "there is no picture in this folder", self.address, "Check that it is the right one."
            )
        self._classes = all("/" in path for path in pictures) if classes is None else classes
        self._fields = self._made_fields(pictures)
        header = ("id", *self._fields, "file")
        self.columns = named_roles(header)

    def _made_fields(self, pictures: list[str]) -> tuple[str, ...]:
        if self._pattern is None:
            return ("class",) if self._classes else ()
        if not any(self._pattern.match(path) for path in pictures):
            raise InputError(
                f"no file name fits the pattern {self._pattern.text}",
                self.address,
                f"The first file is '{pictures[0]}'; write the pattern after it.",
            )
        return tuple(field for field in self._pattern.fields if field not in ("id", _VIEW))

    def _works(self) -> Iterator[Work | Rejected]:
        groups = self._grouped()
        for line, path in enumerate(self._files, start=1):
            values = self._values(path)
            if path in self._problems:
                yield Rejected(line, self._problems[path], _printable(path))
            elif values is None:
                yield Rejected(line, f"its name does not fit the pattern {self._pattern_text}", path)
            elif groups[values["id"]][0] == path:
                yield self._work(line, values["id"], groups[values["id"]])

    @property
    def _pattern_text(self) -> str:
        return self._pattern.text if self._pattern else ""

    def _grouped(self) -> dict[str, list[str]]:
        """The files of each id, in order."""
        groups: dict[str, list[str]] = {}
        for path in self._files:
            values = self._values(path) if path not in self._problems else None
            if values is not None:
                groups.setdefault(values["id"], []).append(path)
        return groups

    def _values(self, path: str) -> dict[str, str] | None:
        if self._pattern is not None:
            values = self._pattern.match(path)
            return {"id": stem(path.rpartition("/")[2]), **values} if values is not None else None
        above = path.partition("/")[0] if "/" in path else ""
        return {"id": stem(path), "class": above} if self._classes else {"id": stem(path)}

    def _work(self, line: int, work_id: str, paths: list[str]) -> Work:
        told = [self._values(path) or {} for path in paths]
        order = sorted(range(len(paths)), key=lambda n: natural(told[n].get(_VIEW, "")))
        paths = [paths[n] for n in order]
        columns = [
            (work_id,),
            *(_distinct(values.get(name, "") for values in told) for name in self._fields),
            tuple(paths),
        ]
        for name, values in zip(self._fields, columns[1:], strict=False):
            if len(values) > 1:
                self.remarks.add(f"its files differ in {name}: {', '.join(values)}", line, work_id)
        cells = tuple(_SEPARATOR.join(values) for values in columns)
        several = tuple((place, values) for place, values in enumerate(columns) if len(values) > 1)
        role = {column.role: values[0] for column, values in zip(self.columns, columns, strict=True)}
        pictures = tuple(str(self._root / path) for path in paths)
        return Work(work_id, line, cells, role.get("accession", ""), role.get("title", ""), several, pictures)


def _distinct(values: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _problem(path: str, told: str) -> str:
    return told or ("" if is_picture(path) else "it is not a picture, by its name")


def _printable(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
