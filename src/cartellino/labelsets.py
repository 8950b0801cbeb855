"""The label sets of a collection, as people hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartellino.errors import InputError
from cartellino.files import write_text

if TYPE_CHECKING:
    from pathlib import Path

    from cartellino.catalogue import Catalogue
    from cartellino.curate.definition import LabelDefinition
    from cartellino.curate.labelset import LabelSet
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
    """

    def __init__(self, folder: Path, catalogue: Catalogue, progress: Progress) -> None:
        self._folder, self._catalogue, self._progress = folder, catalogue, progress

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

    def freeze(self, definition: LabelDefinition) -> LabelSet:
        """Freeze a definition: the works, their labels and their parts."""
        from cartellino.curate.freeze import freeze

        frozen = freeze(self._catalogue, definition, self._progress)
        write_text(self._folder / f"{definition.name}.toml", definition.to_toml())
        return frozen

    def get(self, name: LabelSet | str) -> LabelSet:
        """The newest label set called `name`, or the version that ``name@2`` asks for."""
        if not isinstance(name, str):
            return name
        if not name:
            raise InputError("no label set is named", "", "Name one; 'cartellino labels list' lists them.")
        from cartellino.curate.frozen import load

        return load(self._catalogue, name)
