"""The catalogued works that look most like one: what a person weighs a suggestion against."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartellino.errors import CartellinoError

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.catalogue.labels import LabelSetRow

log = logging.getLogger("cartellino.desk")
SHOWN = 8
_REACH = (64, 512, 4096)  # how far to look for works that are catalogued; most of a backlog is not
_VIEWS = 4

Nearest = Callable[[str, int], list[tuple[str, float]]]


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
        views = [picture.digest for picture in catalogue.pictures.of(work)[:_VIEWS]]
        found: list[Neighbour] = []
        for reach in _REACH:
            alike = self._worker.submit(_alike, nearest, views, reach).result()
            found = list(_catalogued(catalogue, label_set, alike, work))
            if len(found) >= SHOWN or len(alike) < reach:
                break
        return found[:SHOWN]

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


def _alike(nearest: Nearest, views: list[str], reach: int) -> list[tuple[str, float]]:
    best: dict[str, float] = {}
    for digest in views:
        try:
            for other, closeness in nearest(digest, reach):
                best[other] = max(closeness, best.get(other, -1.0))
        except CartellinoError:  # a picture that came after the features were made
            continue
    return sorted(best.items(), key=lambda pair: -pair[1])


def _catalogued(
    catalogue: Catalogue, label_set: LabelSetRow, alike: list[tuple[str, float]], besides: int
) -> Iterator[Neighbour]:
    met = {besides}
    for digest, closeness in alike:
        for work in _shown_in(catalogue, digest):
            if work in met:
                continue
            met.add(work)
            labels = _labels(catalogue, label_set, work)
            if labels:
                yield Neighbour(work, labels, closeness, digest)


def _shown_in(catalogue: Catalogue, digest: str) -> list[int]:
    rows: list[Any] = catalogue.connection.execute(
        "SELECT w.work FROM picture p JOIN work_picture w ON w.picture = p.id"
        " WHERE p.digest = ? ORDER BY w.work",
        (digest,),
    ).fetchall()
    return [row[0] for row in rows]


def _labels(catalogue: Catalogue, label_set: LabelSetRow, work: int) -> tuple[str, ...]:
    rows: list[Any] = catalogue.connection.execute(
        "SELECT c.label FROM label_given g"
        " JOIN label_class c ON c.label_set = g.label_set AND c.place = g.place"
        " WHERE g.label_set = ? AND g.work = ? ORDER BY g.place",
        (label_set.id, work),
    ).fetchall()
    return tuple(row[0] for row in rows)
