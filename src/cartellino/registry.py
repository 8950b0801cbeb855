"""A table from names to 'module:object', imported on use; plug-ins extend it by entry points.

The pattern is Annif's (NatLibFi/Annif, ``annif/backend/__init__.py``): listing the names costs nothing,
and what an extra is missing for is said in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from cartellino.errors import InputError, MissingExtraError


class Registry:
    """Names of one kind of plug-in, each loaded when it is first asked for.

    Parameters
    ----------
    kind : str
        What the names stand for, for messages ('source', 'backbone').
    table : mapping of str to str
        Name to ``'package.module:object'``.
    extras : mapping of str to str, optional
        Name to the extra that brings what it imports.
    group : str, optional
        The entry-point group by which other packages add names.
    """

    def __init__(
        self, kind: str, table: Mapping[str, str], *, extras: Mapping[str, str] | None = None, group: str = ""
    ) -> None:
        self.kind, self.table, self.extras, self.group = kind, dict(table), dict(extras or {}), group

    def __iter__(self) -> Iterator[str]:
        yield from sorted(self.table | self._plugged_in())

    def load(self, name: str) -> Any:
        """Import and return the object behind `name`.

        Raises
        ------
        InputError
            If no plug-in has that name.
        MissingExtraError
            If its extra is not installed.
        """
        target = self.table.get(name) or self._plugged_in().get(name)
        if target is None:
            raise InputError(f"no {self.kind} is called '{name}'", "", f"There are: {', '.join(self)}.")
        module, _, attribute = target.partition(":")
        try:
            return getattr(import_module(module), attribute)
        except ModuleNotFoundError as error:
            if name in self.extras:
                raise MissingExtraError(f"The {self.kind} '{name}'", self.extras[name]) from error
            raise

    def _plugged_in(self) -> dict[str, str]:
        return {point.name: point.value for point in entry_points(group=self.group)} if self.group else {}
