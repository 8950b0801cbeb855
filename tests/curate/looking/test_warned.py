from __future__ import annotations

import numpy as np

from cartellino.curate.looking.cues import ALL, BACKGROUND, BORDER, SHAPE
from cartellino.curate.looking.guess import Guess
from cartellino.curate.looking.warned import advice, given_away, is_clear, warning

CLASSES = ("Arms", "Paintings", "Prints")


def told(score: float, low: float, found: tuple[float, ...] = (0.9, 0.3, 0.4)) -> Guess:
    mistaken = np.array([0.05, 0.3, 0.3])
    return Guess(score, low, score + 0.03, 0.4, 0.35, 0.42, np.array(found), mistaken)


def test_only_what_is_surely_and_much_better_than_chance_is_warned_of() -> None:
    assert is_clear(told(0.6, 0.56))
    assert not is_clear(told(0.6, 0.41)), "perhaps luck"
    assert not is_clear(told(0.45, 0.43)), "sure, and too little to matter"


def test_a_warning_names_the_cue_the_figures_and_the_classes() -> None:
    said = warning(BACKGROUND, told(0.6, 0.56), CLASSES, "single")
    assert said.startswith(
        "Background colour alone names the right class of 60.0 % of the works (56.0–63.0 %)"
    )
    assert "chance reaches 40.0 %" in said
    assert "gives away Arms (90 % of them found, 5 % of the others taken for it)." in said
    assert "Paintings" not in said
    assert "balanced accuracy" in warning(ALL, told(0.6, 0.56), CLASSES, "multi")


def test_no_class_may_stand_out() -> None:
    flat = told(0.6, 0.56, (0.3, 0.4, 0.4))
    assert given_away(flat, CLASSES) == []
    assert warning(SHAPE, flat, CLASSES, "single").endswith("No class stands out by it.")


def test_the_classes_given_away_come_the_plainest_first() -> None:
    away = given_away(told(0.6, 0.56, (0.5, 0.95, 0.8)), CLASSES)
    assert [each["label"] for each in away] == ["Paintings", "Prints", "Arms"]


def test_advice_tells_what_networks_here_are_not_shown() -> None:
    said = " ".join(advice([BORDER, BACKGROUND]))
    assert "not shown border:" in said
    assert "background is shown to every network" in said
    assert "background is shown" not in " ".join(advice([SHAPE]))
