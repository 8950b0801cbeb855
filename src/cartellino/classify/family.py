"""What every family of classifiers offers: its settings, an estimator, and a scorer back from its numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from numpy.typing import NDArray

from cartellino.classify.outline import Layer, Outline
from cartellino.classify.setting import Setting
from cartellino.errors import InputError

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.scorer import Scorer, Tensors
    from cartellino.classify.unseen import OutOfSample
    from cartellino.progress import Progress


@dataclass(frozen=True)
class Lesson:
    """What there is to be learnt, as far as an estimator has to know before it sees a row.

    Parameters
    ----------
    kind : str
        'single' or 'multi'.
    classes : tuple of str
        The labels; estimators know them by their places.
    seed : int
        Where all randomness comes from.
    blocks : tuple of int
        Widths of the blocks of features, side by side.
    views : tuple of (str, int)
        The views that lie side by side in a feature, with their widths.
    class_weight : 'balanced', mapping of place to factor, or None
        What a work of each class weighs.
    folder : Path, optional
        Where a training that is long keeps what it has done so far, to be gone on with after a kill.
    cache : Path, optional
        Where what is found in pictures, whatever their labels, is kept from one training to the next.
    """

    kind: str
    classes: tuple[str, ...]
    seed: int = 0
    blocks: tuple[int, ...] = ()
    views: tuple[tuple[str, int], ...] = ()
    class_weight: Any = None
    folder: Path | None = None
    cache: Path | None = None


class Estimator(Protocol):
    """What a family's estimator offers besides what scikit-learn asks of it.

    Attributes
    ----------
    scorer_ : Scorer
        What it has learnt, as plain numbers.
    out_of_sample_ : OutOfSample
        Scores of rows that were not learnt from, by which it is calibrated.
    choice_ : dict
        What was chosen out of sample, as JSON's objects, for the card.
    """

    scorer_: Scorer
    out_of_sample_: OutOfSample
    choice_: dict[str, Any]

    def fit(
        self,
        X: NDArray[Any],
        y: NDArray[Any],
        sample_weight: NDArray[Any] | None = None,
        groups: NDArray[Any] | None = None,
        validation: NDArray[Any] | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Learn from rows; those of `validation` choose, in the place of folds."""


def class_weights(told: str | Mapping[str, float], classes: tuple[str, ...]) -> Any:
    """A recipe's words for what works of classes weigh, for estimators, which know classes by their places.

    Raises
    ------
    InputError
        If there is no such class.
    """
    if isinstance(told, str):
        return None if told == "none" else told
    for label in told:
        if label not in classes:
            raise InputError(
                f"no class is called '{label}'", "class_weight", f"There are: {', '.join(classes[:12])}."
            )
    return {classes.index(label): factor for label, factor in told.items()}


class Family(ABC):
    """A way to classify. Importing it is light: what is heavy is imported when it is used.

    Attributes
    ----------
    sees : str
        'features' or 'pictures': what its estimators take for rows.
    settings : mapping of str to Setting
        What its recipes may be told besides what all recipes may be.
    learns_validation : bool
        Whether the validation part is learnt from once it has made its choices: then nothing that is said of
        it afterwards is out of sample.
    space : mapping of str to str
        Settings that are worth a search, and where to look for each (see `classify.search.space`).
    """

    sees: ClassVar[str] = "features"
    settings: ClassVar[Mapping[str, Setting]] = {}
    learns_validation: ClassVar[bool] = True
    space: ClassVar[Mapping[str, str]] = {}

    @abstractmethod
    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """The recipe's estimator, not yet fitted.

        Raises
        ------
        MissingExtraError
            If the extra that it needs is not installed.
        InputError
            If the recipe asks for what this lesson cannot have.
        """

    @abstractmethod
    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> Scorer:
        """The scorer that was saved as these `tensors` and `about`."""

    def takes(self, recipe: Recipe) -> str:
        """What the recipe's rows are: 'features' or 'pictures'."""
        return self.sees

    def seen(self, recipe: Recipe) -> tuple[str, ...]:
        """The views that the recipe's rows hold side by side; none: those of the collection's backbone."""
        return recipe.sees

    def members(self, recipe: Recipe) -> Sequence[Recipe]:
        """The recipes that a recipe is made of; none where it learns by itself."""
        return ()

    def outline(self, recipe: Recipe, width: int, classes: int) -> Outline:
        """What its estimators are made of.

        Parameters
        ----------
        recipe : Recipe
            The recipe.
        width : int
            Numbers in a feature; 0 where it takes pictures.
        classes : int
            Labels to tell apart.

        Returns
        -------
        Outline
            Unless a family says more: that it learns as much as there is to learn from.
        """
        given = Layer("pictures", "as they are kept", ()) if self.sees == "pictures" else _features(width)
        return Outline.of(given, Layer(recipe.family, "classifier", (classes,), None, None))

    def documented(self) -> object:
        """What has the docstring that says what each setting means: the family, if nothing else has."""
        return type(self)


def _features(width: int) -> Layer:
    return Layer("features", "of a picture", (width,))
