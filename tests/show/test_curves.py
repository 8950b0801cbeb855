"""Curves of epochs: names at the ends of lines, apart, and the epoch that was kept."""

from __future__ import annotations

import numpy as np
import pytest

from cartellino.show import figures
from cartellino.show.charts import style
from cartellino.show.charts.curves import Curve


@pytest.mark.parametrize("epochs", [1, 2, 7, 12, 25, 300])
def test_words_lie_on_the_sheet_and_apart(epochs: int) -> None:
    line = np.linspace(0.2, 0.9, epochs).tolist()
    with style.house():
        figure = figures.curves([Curve("loss", line, line, share=False), Curve("F2", line, line)], epochs)
        figure.canvas.draw()
        # Less what the font keeps free above and below.
        boxes = [text.get_window_extent().padded(0, -3) for text in figure.texts]
    for place, box in enumerate(boxes):
        assert box.x0 >= 0
        assert box.x1 <= figure.bbox.x1
        assert not any(box.overlaps(other) for other in boxes[:place])


def test_the_ring_is_at_the_epoch_that_was_kept() -> None:
    figure = figures.curves([Curve("loss", [3.0, 2.0, 1.0], [3.0, 2.5, 2.75], share=False)], 2)
    rings = [line for line in figure.axes[0].lines if line.get_markeredgecolor() == style.VERMILLION]
    assert [(line.get_xdata()[0], line.get_ydata()[0]) for line in rings] == [(2, 2.5)]


def test_without_validation_works_training_stands_alone() -> None:
    figure = figures.curves([Curve("accuracy", [0.1, 0.4], [])], 2)
    words = {text.get_text() for text in figure.texts}
    assert "training" in words
    assert "validation" not in words
