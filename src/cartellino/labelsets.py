"""The label sets of a collection, as people hold them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartellino.errors import InputError
from cartellino.files import write_bytes, write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cartellino.catalogue import Catalogue
    from cartellino.curate.definition import LabelDefinition
    from cartellino.curate.labelset import LabelSet
    from cartellino.curate.leaks import Ties
    from cartellino.curate.suggesting import Suggested
    from cartellino.curate.vocabulary import Vocabulary
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

    def suggest_merges(
        self, field: str, vocabulary: Vocabulary | None = None, kinds: Sequence[str] = ()
    ) -> Suggested:
        """Propose merges for a field, each with its kind, reason and evidence; nothing is applied.

        Parameters
        ----------
        field : str
            The field.
        vocabulary : Vocabulary, optional
            What to heed; the one that is kept for the field, if not given.
        kinds : sequence of str
            Only merges of these kinds.
        """
        from cartellino.curate.suggesting import suggest

        name = self._catalogue.fields.resolve(field)
        return suggest(self._catalogue, name, vocabulary or self.vocabulary(name), kinds)

    def vocabulary(self, name: str) -> Vocabulary | None:
        """The vocabulary that is kept for a label set or field, with the ids museums share."""
        from cartellino.curate.vocabulary.keeping import Shelf

        return Shelf(self._folder).get(name)

    def ties(self, label_set: LabelSet | str) -> list[Ties]:
        """What ties the works of a label set together today, and how much of it the split cuts."""
        from cartellino.curate.freeze import links_of
        from cartellino.curate.kin import shown
        from cartellino.curate.leaks import ties
        from cartellino.curate.likeness import known

        found = self.get(label_set)
        same = known.same(self._catalogue, self._pictures(), self._progress) if self._pictures else None
        pictures = shown(self._catalogue)
        links = links_of(self._catalogue, found.definition, found.works, pictures, same)
        return ties(found.works, found.parts, links)

    def get(self, name: LabelSet | str) -> LabelSet:
        """The newest label set called `name`, or the version that ``name@2`` asks for."""
        if not isinstance(name, str):
            return name
        if not name:
            raise InputError("no label set is named", "", "Name one; 'cartellino labels list' lists them.")
        from cartellino.curate.frozen import load

        return load(self._catalogue, name)

    def report(self, label_set: LabelSet | str, *, date_field: str = "", seed: int = 0) -> Path:
        """Look at a label set and write its page, ``reports/labels-NAME@VERSION/report.html``.

        Parameters
        ----------
        label_set : LabelSet or str
            A label set or its name.
        date_field : str
            The field that says when works were made; known by its name if not given.
        seed : int
            Of the works that are drawn to be looked at.

        Returns
        -------
        Path
            The page; ``report.json`` and ``figures/`` lie beside it.
        """
        from cartellino import settings
        from cartellino.curate.looking import report
        from cartellino.features.registry import load_backbone
        from cartellino.pictures.store import PictureStore

        wanted, museum = self.get(label_set), self._folder.parent
        told = settings.load(museum / settings.FILE)
        return report.write(
            self._catalogue,
            wanted,
            PictureStore(museum / "pictures", told.pictures),
            load_backbone(told.features.backbone),
            museum / "reports" / f"labels-{wanted.title}",
            self._progress,
            date_field=date_field,
            seed=seed,
        )
