from __future__ import annotations

from pathlib import Path

from cartellino.classify import saved
from cartellino.classify.card import card
from cartellino.classify.train import train
from classify.world import dataset, recipe


def test_a_card_for_several_labels_says_from_where_each_is_given(tmp_path: Path) -> None:
    about = saved.save(train(dataset("multi"), recipe()), tmp_path / "tags")
    text = card(about)
    assert text.startswith("# tags\n")
    assert f"given from a probability of {about['thresholds'][0]:.3f}" in text
    assert "several labels a work" in text


def test_a_card_for_one_label_says_what_was_not_looked_at(tmp_path: Path) -> None:
    text = card(saved.save(train(dataset(), recipe()), tmp_path / "department"))
    assert "one label a work" in text
    assert "| test | 30 | not looked at" in text
    assert "given from" not in text
