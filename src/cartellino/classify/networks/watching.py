"""Who watches a run: a table in a file, TensorBoard if it is asked for, and a line of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.networks import history
from cartellino.classify.networks.batches import middle
from cartellino.classify.networks.board import SHOWN, Board, title
from cartellino.classify.networks.looking import believed
from cartellino.files import write_text

if TYPE_CHECKING:
    from cartellino.classify.networks.training import Training

TABLE, LOGS = "history.csv", "logs"


class Watching:
    """What is told of a run while it goes on; only the leading process tells.

    Parameters
    ----------
    run : Training
        The run.
    classes : ndarray (k,)
        Its labels.
    """

    def __init__(self, run: Training, classes: NDArray[Any]) -> None:
        self.run, self.classes = run, classes
        self.folder = run.folder if run.machine.leads else None
        self._board: Board | None = None
        if run.plan.tensorboard and self.folder is not None:
            step = run.at.epoch * -(-len(run.lesson.learn) // run.plan.batch) + run.at.batch
            self._board = Board(self.folder / LOGS, step)

    def step(self, loss: float, rate: float, step: int) -> None:
        """After a step of the optimiser."""
        if self._board is None:
            return
        self._board.batch(loss, rate, step)
        every = self.run.plan.show_every
        if every and (step + 1) % every == 0:
            self._show(self._board, step)

    def epoch(self) -> None:
        """After an epoch."""
        run = self.run
        if self.folder is not None:
            write_text(self.folder / TABLE, history.table(run.at.history))
        if self._board is not None:
            for row in run.at.history:
                if row["epoch"] == run.at.epoch:
                    self._board.epoch(row, run.at.epoch)

    def summary(self) -> str:
        """The last epoch in a few words."""
        row = self.run.at.history[-1]
        of = self.run.plan.course.epochs
        told = f"{row['part']} loss {row['loss']:.3f}, accuracy {row['accuracy']:.1%}"
        return f"epoch {row['epoch']} of {of}: {told}"

    def close(self) -> None:
        """Write what is left."""
        if self._board is not None:
            self._board.close()

    def _show(self, board: Board, step: int) -> None:
        lesson = self.run.lesson
        rows = lesson.ask[:SHOWN]
        if not len(rows):
            return
        resting = [(each, each.training) for each in self.run.module.modules()]
        chances = believed(self.run.look(rows).astype(np.float64), lesson.readout)
        for each, training in resting:
            each.training = training
        true = lesson.target[rows].argmax(axis=1)
        titles = [title(*each, self.classes.tolist()) for each in zip(chances, true, strict=True)]
        right = (lesson.target[rows, chances.argmax(axis=1)] > 0).tolist()
        board.pictures(middle(lesson.squares[rows], self.run.network.size), titles, right, step)
