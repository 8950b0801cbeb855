"""The catalogued works that look most like one: what a person weighs a suggestion against."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cartellino.errors import CartellinoError
from cartellino.features.lookalikes import Nearest, look_alikes

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.catalogue.labels import LabelSetRow

log = logging.getLogger("cartellino.desk")
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A catalogued work that looks like another: its key, labels, closeness and the picture that is alike."""

    work: int
    labels: tuple[str, ...]
    closeness: float
    digest: str


class Evidence:
    """Nearest neighbours of one collection, loaded when first asked for, on a thread of their own.

    Loading reads every feature of the collection; the first page does not wait for it.

    Parameters
    ----------
    folder : Path
        The collection.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._worker = ThreadPoolExecutor(1, "evidence")  # one thread: the store's files belong to it
        self._open = ExitStack()
        self._nearest: Future[Nearest | None] | None = None

    def prepare(self) -> None:
        """Begin to load, if that has not begun."""
        if self._nearest is None:
            self._nearest = self._worker.submit(self._load)

    @property
    def state(self) -> str:
        """'loading', 'ready', or 'absent' where the collection has no features."""
        self.prepare()
        assert self._nearest is not None
        if not self._nearest.done():
            return "loading"
        return "ready" if self._nearest.result() else "absent"

    def wait(self) -> None:
        """Wait until loading is over."""
        self.prepare()
        assert self._nearest is not None
        self._nearest.result()

    def of(self, catalogue: Catalogue, label_set: LabelSetRow, work: int) -> list[Neighbour]:
        """The nearest catalogued works of `work`, nearest first; none unless the state is 'ready'."""
        nearest = self._nearest.result() if self.state == "ready" and self._nearest else None
        if nearest is None:
            return []
        labels = partial(catalogue.labels.of, label_set.id)

        def on_its_thread(digest: str, reach: int) -> list[tuple[str, float]]:
            return self._worker.submit(nearest, digest, reach).result()

        found = look_alikes(catalogue, on_its_thread, work, SHOWN, wanted=lambda key: bool(labels(key)))
        return [Neighbour(each.work, labels(each.work), each.closeness, each.digest) for each in found]

    def close(self) -> None:
        """Let go of the features."""
        with suppress(RuntimeError):  # the interpreter is going, and the files with it
            self._worker.submit(self._open.close)
        self._worker.shutdown()

    def _load(self) -> Nearest | None:
        from cartellino import collection

        try:
            opened = collection.open(self._folder)
            store = self._open.enter_context(opened.feature_store())
            if not store.count():
                return None
            nearest: Nearest = opened.neighbours(store).nearest
            nearest(store.named([0])[0], 1)  # the first question reads everything
        except CartellinoError as error:
            log.warning("No look-alikes are shown: %s", error)
            return None
        except Exception:  # whatever is wrong with features, a person can sign without them
            log.exception("No look-alikes are shown")
            return None
        return nearest
