"""The one object people hold: a collection, wired to every room. No logic lives here."""

from __future__ import annotations

import getpass
import os
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartellino import settings as settings_file
from cartellino.catalogue import Catalogue
from cartellino.catalogue.listing import decided, waiting
from cartellino.compared import Compared
from cartellino.errors import CollectionError
from cartellino.files import one_writer, write_text
from cartellino.labelsets import LabelSets
from cartellino.learnt import Learnt
from cartellino.progress import Progress, Silent
from cartellino.reproduced import reproduce
from cartellino.searched import Searched
from cartellino.settings import Settings
from cartellino.sights import sight
from cartellino.suspected import Suspected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartellino.acquire.intake import Intake
    from cartellino.acquire.remote.downloads import Again
    from cartellino.acquire.source import Source
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.sight import Sight
    from cartellino.curate.labelset import LabelSet
    from cartellino.curate.merges import Edge
    from cartellino.exchange.table import Exported
    from cartellino.features.backbone import Backbone
    from cartellino.features.extract import Extracted
    from cartellino.features.neighbours import Neighbours
    from cartellino.features.store import FeatureStore
    from cartellino.model import Model, Page, Report
    from cartellino.pictures.store import PictureStore
    from cartellino.records import Suggestion
    from cartellino.triage.triaged import Triaged

CATALOGUE = "catalogue.sqlite"
_FOLDERS = ("pictures", "features", "models", "reports", "labels")


def create(folder: Path | str, name: str = "") -> Collection:
    """Make an empty collection in `folder`, or open the one that is there.

    Raises
    ------
    CollectionError
        If the folder holds other files.
    """
    folder = Path(folder)
    told = folder / settings_file.FILE
    if not told.exists():
        if folder.is_dir() and any(not entry.name.startswith(".") for entry in folder.iterdir()):
            raise CollectionError(
                "this folder holds other files already",
                str(folder),
                "Name a new folder: cartellino new my-museum",
            )
        write_text(told, settings_file.written(name or folder.resolve().name))
    for each in _FOLDERS:
        (folder / each).mkdir(parents=True, exist_ok=True)
    Catalogue.open(folder / CATALOGUE, create=True).close()
    return Collection(folder)


def open(folder: Path | str = ".") -> Collection:  # noqa: A001 - cartellino.open reads as it should
    """Open the collection in `folder`.

    Raises
    ------
    CollectionError
        If there is none.
    """
    folder = Path(folder)
    if not (folder / settings_file.FILE).is_file():
        raise CollectionError(
            "there is no collection here",
            str(folder.resolve()),
            "Make one with 'cartellino new my-museum', or name its folder with --collection.",
        )
    return Collection(folder)


class Collection:
    """A folder with a catalogue, pictures, features, models and reports.

    Parameters
    ----------
    folder : Path
        Where it lies.

    Attributes
    ----------
    progress : Progress
        Who is told how long work goes on; nobody, unless set.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings: Settings = settings_file.load(folder / settings_file.FILE)
        self.progress: Progress = Silent()

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue: works, fields, pictures, label sets, models and the journal."""
        return Catalogue.open(self.folder / CATALOGUE)

    def close(self) -> None:
        """Close the catalogue."""
        if "catalogue" in self.__dict__:
            self.catalogue.close()
            del self.__dict__["catalogue"]

    def __enter__(self) -> Collection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- bring in -------------------------------------------------------------------------------------

    def add(self, source: Source, *, strict: bool = False, again: Again | None = None) -> Intake:
        """Bring the works and pictures of a source in; again, to update them.

        Parameters
        ----------
        strict : bool
            Whether the first row that cannot be used stops everything.
        again : Again, optional
            Which pictures of the web are asked for again; those that are missing, if not given.
        """
        from cartellino.acquire.intake import bring_in

        with one_writer(self.folder / "add.lock", "bringing works in"):
            kept = (self.catalogue, self.pictures, self.settings, self.progress)
            return bring_in(source, *kept, strict=strict, again=again)

    @cached_property
    def pictures(self) -> PictureStore:
        """The kept pictures."""
        from cartellino.pictures.store import PictureStore

        return PictureStore(self.folder / "pictures", self.settings.pictures)

    @cached_property
    def backbone(self) -> Backbone:
        """The backbone that the settings name."""
        from cartellino.features.registry import load_backbone

        return load_backbone(self.settings.features.backbone)

    def feature_store(self) -> FeatureStore:
        """The features of the collection's backbone; close it after use."""
        from cartellino.features.store import FeatureStore

        backbone = self.backbone
        whose = (backbone.id, backbone.hash, backbone.width, backbone.blocks)
        return FeatureStore(self.folder / "features", *whose)

    def features(self) -> Extracted:
        """Turn every kept picture that has no feature yet into one."""
        from cartellino.features.extract import extract

        workers = self.settings.features.workers
        with self.feature_store() as store:
            return extract(self.catalogue, self.pictures, self.backbone, store, self.progress, workers)

    # --- learn ----------------------------------------------------------------------------------------

    @property
    def labels(self) -> LabelSets:
        """The label sets."""
        folder = self.folder / "labels"
        return LabelSets(folder, self.catalogue, self.progress, self.signer, lambda: self.pictures)

    def train(
        self,
        label_set: LabelSet | str,
        recipe: str = "linear",
        *,
        seed: int = 0,
        options: dict[str, Any] | None = None,
    ) -> Model:
        """Train a recipe on a label set, evaluate it, and write its report.

        The same label set, features, recipe and seed give the same model, which is then not trained again.

        Parameters
        ----------
        label_set : LabelSet or str
            A label set or its name (``culture``, or ``culture@1`` for an older version).
        recipe : str
            Name of a recipe, or a TOML file.
        seed : int
            Where all randomness comes from.
        options : dict, optional
            Settings of the recipe that differ from its file.
        """
        wanted = self.labels.get(label_set)
        with one_writer(self.folder / "train.lock", "training"):
            return Learnt(self).train(wanted, recipe, seed, options or {})

    def broader(self, model: Model | str, name: str, merges: Sequence[Edge]) -> Model:
        """Let a model answer with broader classes, without learning anew: probabilities add up.

        Parameters
        ----------
        model : Model or str
            A model, its name, or the name of its label set.
        name : str
            What the label set of broader classes is called; works keep their parts.
        merges : sequence of Edge
            Which class lies within which; `cartellino.curate.merges.read_merges` reads a table of them.
        """
        with one_writer(self.folder / "train.lock", "training"):
            return Learnt(self).broader(self._model(model), name, merges)

    def sight(self, recipe: Recipe | None = None) -> AbstractContextManager[Sight]:
        """What a recipe sees of the pictures, made ready; the features of the backbone, if none is given."""
        return sight(self, recipe)

    def dataset(self, label_set: LabelSet, recipe: Recipe | None = None) -> Dataset:
        """What a recipe sees of a label set's works, and their labels."""
        from cartellino.classify.dataset import assemble

        with self.sight(recipe) as seen:
            return assemble(self.catalogue, seen, label_set, self.folder / "features")

    def models(self) -> list[Model]:
        """Every model, oldest first."""
        return Learnt(self).every()

    def model(self, name: str) -> Model:
        """The model called `name`, or the newest of the label set called `name`.

        Raises
        ------
        ModelError
            If there is none.
        """
        return Learnt(self).find(name)

    def evaluate(self, model: Model | str, *, folds: int = 0, seed: int = 0) -> Report:
        """Say how good a model is on its test part; with `folds`, cross-validate its recipe."""
        return Learnt(self).evaluate(self._model(model), folds, seed)

    def reproduce(self, study: str, **how: Any) -> Page:
        """Carry out one of the five studies, or one's own: ours beside theirs on a page.

        Parameters
        ----------
        study : str
            ``p1`` … ``p5``, or a TOML file.
        **how
            `scale`, `seeds` and `labels`, as of `cartellino.reproduced.reproduce`.
        """
        return reproduce(self, study, **how)

    @property
    def compared(self) -> Compared:
        """Models or recipes side by side: ``museum.compared.models([one, other])``."""
        return Compared(self)

    @property
    def searched(self) -> Searched:
        """Searches for the settings of recipes, kept so that they continue."""
        return Searched(self)

    def predict(self, model: Model | str, work_ids: Sequence[str]) -> dict[str, list[Suggestion]]:
        """The likeliest labels of some works, best first."""
        return Learnt(self).predict(self._model(model), work_ids)

    def back_off(
        self, model: Model | str, work_ids: Sequence[str], merges: Sequence[Edge], *, sure: float = 0.9
    ) -> dict[str, Suggestion | None]:
        """What a model is sure of, with probability `sure`: a class, or by `merges` what it lies within.

        None where it is sure of nothing; `cartellino.curate.merges.read_merges` reads a table of merges.
        """
        return Learnt(self).back_off(self._model(model), work_ids, merges, sure)

    # --- decide ---------------------------------------------------------------------------------------

    def triage(
        self,
        model: Model | str,
        *,
        max_error: float = 0.05,
        confidence: float = 0.95,
        seed: int = 0,
        dry_run: bool = False,
    ) -> Triaged:
        """File what can be promised and queue the rest.

        Parameters
        ----------
        model : Model or str
            A model, its name, or the name of its label set.
        max_error : float
            The largest share of filed works whose label may be wrong.
        confidence : float
            How sure the promise is.
        seed : int
            For the order of equals in the queue.
        dry_run : bool
            Say what would be done, and do nothing.
        """
        from cartellino.triage.triage import triage

        chosen = self._model(model)
        recipe = chosen.trained.recipe
        with one_writer(self.folder / "triage.lock", "filing"), self.sight(recipe) as seen:
            return triage(
                self.catalogue,
                seen,
                chosen.trained,
                chosen.label_set,
                model_key=chosen.row.id,
                max_error=max_error,
                level=confidence,
                seed=seed,
                dry_run=dry_run,
                progress=self.progress,
            )

    @property
    def suspects(self) -> Suspected:
        """What looks wrong: labels, pictures, works out of place; and what people say to it."""
        return Suspected(self)

    def calibrate(self, label_set: LabelSet | str, works: int, *, seed: int = 0) -> int:
        """Queue a blind random sample of the backlog, which then calibrates the promise; return its size."""
        from cartellino.triage.calibration import queue_sample

        return queue_sample(self.catalogue, self.labels.get(label_set), works, seed)

    def queue(self, label_set: str, limit: int = 20) -> list[dict[str, Any]]:
        """The next works of the queue: id, title, suggestion and probability."""
        return waiting(self.catalogue, label_set, limit)

    def history(self, work_id: str) -> list[dict[str, Any]]:
        """Every decision about a work, oldest first."""
        return decided(self.catalogue, work_id)

    def similar(self, work_id: str, k: int = 8) -> list[tuple[str, float]]:
        """The `k` works whose pictures look most like those of `work_id`, with cosine similarities."""
        from cartellino.features.lookalikes import similar

        with self.feature_store() as store:
            return similar(self.catalogue, self.neighbours(store).nearest, work_id, k)

    def neighbours(self, store: FeatureStore) -> Neighbours:
        """Exact nearest neighbours among the features of `store`."""
        from cartellino.features.neighbours import Neighbours

        return Neighbours(store)

    # --- keep and take home ---------------------------------------------------------------------------

    def export(
        self, out: Path | str, *, label_sets: Sequence[str] = (), source: str | None = None
    ) -> Exported:
        """Write the museum's own table, untouched, with the labels beside it."""
        from cartellino.exchange.table import export

        return export(self.catalogue, Path(out), label_sets, source=source)

    def status(self) -> dict[str, Any]:
        """What the collection holds and what waits, in numbers."""
        from cartellino.catalogue.status import status

        return {"name": self.settings.name, **status(self.catalogue)}

    def backup(self, to: Path | str) -> Path:
        """Copy the collection into one file, consistent even while others work on it."""
        from cartellino.catalogue.backup import backup

        return backup(self.folder, Path(to), self.progress)

    @property
    def signer(self) -> str:
        """The name that signs decisions at the desk."""
        return self.settings.desk.signer or os.environ.get("CARTELLINO_SIGNER", "") or getpass.getuser()

    def _model(self, model: Model | str) -> Model:
        return self.model(model) if isinstance(model, str) else model
