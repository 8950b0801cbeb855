"""Figures of searches: what is best stands out, and every word lies on the sheet."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from cartellino.show import figures
from cartellino.show.charts import style
from cartellino.show.charts.parallel import axis_of
from cartellino.show.charts.trials import ticks


def course(falls: bool = True, count: int = 40) -> Figure:
    random = np.random.default_rng(1)
    values = [None if place == 3 else float(value) for place, value in enumerate(random.random(count))]
    whole = [place % 3 != 1 for place in range(count)]
    return figures.trials(values, whole, measure="log loss", falls=falls, first=0.5)


def side_by_side() -> Figure:
    axes = [
        axis_of("views", ["lite2:all", "lite2:all, lite2:all@quarters, lite2:gram", "lite2:all"]),
        axis_of("C", [0.1, 1.0, 100.0], log=True),
        axis_of("a setting with a name that goes on and on", [3, 3, 3]),
        axis_of("kernel", ["rbf", "linear", "a kernel whose name goes on and on and on"]),
        axis_of("log loss", [0.3, 0.2, 0.4]),
    ]
    return figures.parallel(axes, [0.5, 1.0, 0.0], best=1)


@pytest.mark.parametrize("figure", [course(), course(False), course(count=1), side_by_side()])
def test_every_word_lies_on_the_sheet(figure: Figure) -> None:
    with style.house():
        figure.canvas.draw()
        for text in figure.texts:
            box = text.get_window_extent()
            assert box.x0 >= -1, text.get_text()
            assert box.x1 <= figure.bbox.x1 + 1, text.get_text()
            assert box.y0 >= -1, text.get_text()
            assert box.y1 <= figure.bbox.y1 + 1, text.get_text()


def test_only_whole_trials_set_records() -> None:
    told = figures.trials([0.5, 0.1, 0.4, 0.6], [True, False, True, True], measure="x", falls=True)
    (line,) = (each for each in told.axes[0].lines if to_hex(each.get_color()).upper() == style.VERMILLION)
    assert list(line.get_ydata()) == [0.5, 0.5, 0.4, 0.4]
    rising = figures.trials([0.5, 0.9, 0.4, 0.6], [True, False, True, True], measure="x", falls=False)
    (line,) = (each for each in rising.axes[0].lines if to_hex(each.get_color()).upper() == style.VERMILLION)
    assert list(line.get_ydata()) == [0.5, 0.5, 0.5, 0.6]


def test_axes_of_numbers_and_of_kinds() -> None:
    assert axis_of("C", [0.1, 1.0, 10.0], log=True).places == pytest.approx((0, 0.5, 1))
    assert axis_of("n", [64, 128, 64]).places == (0, 1, 0)
    assert axis_of("flag", [True, False]).ticks == ((0.0, "True"), (1.0, "False"))
    assert axis_of("same", [2, 2]).places == (0, 0)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0.3, 0.302), (-5, 900), (1e-6, 2e-6)])
def test_ticks_are_few_and_within(low: float, high: float) -> None:
    told = ticks(low, high)
    assert 2 <= len(told) <= 8
    assert all(low - 1e-9 <= each <= high + 1e-9 for each in told)
