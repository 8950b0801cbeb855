"""What looks wrong in a collection, as people hold it: suspects, verdicts, and faults of pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cartellino.catalogue.verdicts import PictureVerdict
    from cartellino.curate.labelset import LabelSet
    from cartellino.museum import Museum
    from cartellino.records import Decision
    from cartellino.suspects.flattery import Flattery
    from cartellino.suspects.quality import Issue
    from cartellino.suspects.reasons import Suspect


class Suspected:
    """The suspects of a collection.

    Parameters
    ----------
    museum : Museum
        The collection.
    """

    def __init__(self, museum: Museum) -> None:
        self._museum = museum

    def find(
        self, label_set: LabelSet | str, *, kinds: Iterable[str] = (), again: bool = False, seed: int = 0
    ) -> list[Suspect]:
        """The works of a label set that look wrong and that nobody has judged, the most doubtful first.

        They are looked for once; until the label set, the pictures or the features change, the list is
        read from the catalogue.

        Parameters
        ----------
        label_set : LabelSet or str
            A label set or its name.
        kinds : iterable of str
            Only those with a reason of one of these kinds: 'label', 'twin', 'picture', 'place'.
        again : bool
            Look again even if nothing changed.
        seed : int
            For the folds; each work is asked of a model that has seen neither it nor its kin.

        Raises
        ------
        LabelError
            If there is no such label set, or a class has too few works.
        """
        from cartellino.suspects.reasons import Suspect, of_kind

        wanted = self._museum.labels.get(label_set)
        self._ready(wanted, again, seed)
        told = self._museum.catalogue.suspects.open(wanted.id)
        return of_kind([Suspect.from_dict(each) for _, each in told], kinds)

    def right(self, label_set: str, work_id: str, *, reason: str = "") -> Decision:
        """Sign that the label of a work is right: it is no suspect any more."""
        return self._sign(label_set, work_id, None, reason)

    def label(self, label_set: str, work_id: str, labels: Sequence[str], *, reason: str = "") -> Decision:
        """Sign that a work has other labels; the next freeze of the label set heeds it."""
        return self._sign(label_set, work_id, labels, reason)

    def picture(
        self, label_set: str, work_id: str, *, of_the_work: bool, view: int = 0, reason: str = ""
    ) -> PictureVerdict:
        """Say whether a picture is of its work; nothing learns from one that is not.

        Parameters
        ----------
        of_the_work : bool
            False to leave it out from now on, True to take it in again.
        view : int
            Which of the work's pictures, from 1; 0: the suspected one, or the only one.
        """
        from cartellino.suspects import verdicts

        catalogue = self._museum.catalogue
        row, work = catalogue.labels.find(label_set), catalogue.works.key(work_id)
        verdict = verdicts.OF_THE_WORK if of_the_work else verdicts.NOT_OF_THE_WORK
        digest = verdicts.the_picture(catalogue, row, work, view)
        return verdicts.judge_picture(catalogue, row, work, digest, verdict, self._museum.signer, reason)

    def faults(self, kinds: Iterable[str] = ()) -> list[Issue]:
        """Faults of the pictures as pictures: dark, light, blurry, doubled, …; each is measured once."""
        from cartellino.suspects.quality import issues

        self._look()
        return issues(self._museum.catalogue, kinds)

    def flattery(self, label_set: LabelSet | str, *, folds: int = 5, seed: int = 0) -> Flattery:
        """How much better the default recipe would look if kin stood on both sides; measured, twice over."""
        from cartellino.classify import recipe as recipes
        from cartellino.suspects.flattery import flattery

        dataset = self._museum.dataset(self._museum.labels.get(label_set))
        return flattery(dataset, recipes.load("linear"), folds, seed, self._museum.progress)

    def _ready(self, label_set: LabelSet, again: bool, seed: int) -> None:
        from cartellino.classify import recipe as recipes
        from cartellino.suspects import finding

        museum, recipe = self._museum, recipes.load("linear")
        key = finding.key_of(museum.catalogue, label_set, museum.backbone.hash, recipe, seed)
        made = museum.catalogue.suspects.made(label_set.id)
        if made is None or made.key != key or again:
            self._look()
            dataset = museum.dataset(label_set)
            finding.keep(museum.catalogue, dataset, recipe, key, seed=seed, progress=museum.progress)

    def _look(self) -> None:
        from cartellino.curate.likeness.known import same
        from cartellino.suspects.looking import look

        look(self._museum.catalogue, self._museum.pictures, self._museum.progress)
        same(self._museum.catalogue, self._museum.pictures, self._museum.progress)

    def _sign(self, label_set: str, work_id: str, labels: Sequence[str] | None, reason: str) -> Decision:
        from cartellino.suspects import verdicts

        catalogue = self._museum.catalogue
        row, work = catalogue.labels.find(label_set), catalogue.works.key(work_id)
        return verdicts.sign(catalogue, row, work, labels, self._museum.signer, reason)
