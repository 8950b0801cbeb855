"""The label sets of a collection, as people hold them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartellino.errors import InputError
from cartellino.files import write_bytes, write_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from cartellino.catalogue import Catalogue
    from cartellino.curate.definition import LabelDefinition
    from cartellino.curate.labelset import LabelSet
    from cartellino.pictures.store import PictureStore
    from cartellino.progress import Progress


class LabelSets:
    """The label sets of a collection.

    Parameters
    ----------
    folder : Path
        Where their definitions are kept, as TOML.
    catalogue : Catalogue
        Where they are kept frozen.
    progress : Progress
        Who is told how long freezing goes on.
    by : str
        Who is on record for changes of policy.
    pictures : callable, optional
        Gives the store of kept pictures, when near-duplicates are to be compared.
    """

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        progress: Progress,
        by: str = "",
        pictures: Callable[[], PictureStore] | None = None,
    ) -> None:
        self._folder, self._catalogue, self._progress, self._by = folder, catalogue, progress, by
        self._pictures = pictures

    def define(self, name: str, **rules: Any) -> LabelSet:
        """Freeze a label set; its definition is kept as ``labels/NAME.toml``.

        Parameters
        ----------
        name : str
            Its name.
        **rules
            The other fields of `cartellino.curate.definition.LabelDefinition`: ``field``, ``min_works``, …
        """
        from cartellino.curate.definition import LabelDefinition

        return self.freeze(LabelDefinition(name=name, **rules))

    def define_from(self, told: str | Path, **changed: Any) -> LabelSet:
        """Freeze a definition that is written down: one that comes with Cartellino, or a TOML file.

        A table that it joins is looked for in the collection's ``labels`` folder and beside the file, from
        where it is copied.

        Parameters
        ----------
        told : str or Path
            The name of a shipped definition (``p2-culture``) or a TOML file.
        **changed
            Rules that differ from it.
        """
        from dataclasses import replace

        from cartellino.curate.shipped import definition

        found, folder = definition(told)
        found = replace(found, **changed)
        if found.join is not None:
            self._bring(found.join.table, folder)
        return self.freeze(found)

    def freeze(self, definition: LabelDefinition) -> LabelSet:
        """Freeze a definition: the works, their labels and their parts."""
        from cartellino.curate.freeze import freeze

        store = self._pictures() if self._pictures else None
        frozen = freeze(
            self._catalogue, definition, self._progress, folder=self._folder, by=self._by, store=store
        )
        write_text(self._folder / f"{definition.name}.toml", definition.to_toml())
        return frozen

    def _bring(self, table: str, folder: Path | None) -> None:
        """Copy a joined table into the collection, so that the definition can be followed there again."""
        beside = None if folder is None else folder / Path(table).name
        if beside is not None and beside.is_file() and not (self._folder / table).exists():
            write_bytes(self._folder / beside.name, beside.read_bytes())

    def get(self, name: LabelSet | str) -> LabelSet:
        """The newest label set called `name`, or the version that ``name@2`` asks for."""
        if not isinstance(name, str):
            return name
        if not name:
            raise InputError("no label set is named", "", "Name one; 'cartellino labels list' lists them.")
        from cartellino.curate.frozen import load

        return load(self._catalogue, name)
