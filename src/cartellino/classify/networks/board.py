"""Logs for TensorBoard: curves, and test pictures with what is predicted of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cartellino.classify.networks.pictures import Pixels
from cartellino.errors import MissingExtraError

SHOWN = 8  # test pictures on a sheet


class Board:
    """Writes the logs of one run.

    Parameters
    ----------
    folder : Path
        Where they lie.
    step : int
        The step that the run goes on from: what was logged after it, before a kill, is passed over.

    Raises
    ------
    MissingExtraError
        If TensorBoard is not installed.
    """

    def __init__(self, folder: Path, step: int) -> None:
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError as error:
            raise MissingExtraError("Logging for TensorBoard", "train") from error
        self._writer: Any = SummaryWriter(str(folder), purge_step=step)

    def batch(self, loss: float, rate: float, step: int) -> None:
        """Log one step."""
        self._writer.add_scalar("batch/loss", loss, step)
        self._writer.add_scalar("batch/learning rate", rate, step)

    def epoch(self, row: Mapping[str, Any], step: int) -> None:
        """Log a row of the history."""
        for name, value in row.items():
            if name not in ("epoch", "part"):
                self._writer.add_scalar(f"{name}/{row['part']}", value, step)
        self._writer.flush()

    def pictures(self, squares: Pixels, titles: Sequence[str], right: Sequence[bool], step: int) -> None:
        """Log test pictures, each under what is predicted of it, green where that is right."""
        self._writer.add_figure("test pictures", _sheet(squares, titles, right), step, close=False)
        self._writer.flush()

    def close(self) -> None:
        """Write what is left."""
        self._writer.close()


def title(chances: np.ndarray[Any, Any], place: int, classes: Sequence[Any]) -> str:
    """What is predicted of a picture, how likely it is said to be, and what is so."""
    likeliest = int(chances.argmax())
    return f"{classes[likeliest]}, {chances[likeliest]:.0%}\n({classes[place]})"


def _sheet(squares: Pixels, titles: Sequence[str], right: Sequence[bool]) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(2 * len(squares), 2.6), layout="constrained")
    FigureCanvasAgg(figure)
    for place, axes in enumerate(np.atleast_1d(figure.subplots(1, len(squares)))):
        axes.imshow(squares[place].squeeze(), cmap="gray")
        axes.set_title(titles[place], fontsize=8, color="green" if right[place] else "firebrick")
        axes.set_axis_off()
    return figure
