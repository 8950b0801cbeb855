"""Which pictures are shown, how often, and in which order."""

from __future__ import annotations

from typing import Any

import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)
pytest.importorskip("torchvision")

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cartellino.classify.networks import batches, rare
from cartellino.classify.networks.batches import Looks
from cartellino.classify.networks.mixing import mixed

pytestmark = pytest.mark.train


@given(st.integers(1, 90), st.integers(1, 40), st.integers(0, 5))
def test_every_row_is_shown_once_in_batches_as_even_as_can_be(n: int, size: int, epoch: int) -> None:
    rows = batches.order(n, None, seed=3, epoch=epoch)
    cut = batches.cut(rows, size)
    assert sorted(np.concatenate(cut)) == list(range(n))
    lengths = [len(each) for each in cut]
    assert max(lengths) <= size
    assert max(lengths) - min(lengths) <= 1
    assert (batches.order(n, None, seed=3, epoch=epoch) == rows).all()


def test_each_epoch_has_an_order_of_its_own() -> None:
    assert (batches.order(50, None, 0, 0) != batches.order(50, None, 0, 1)).any()


def test_balanced_drawing_shows_every_class_as_often() -> None:
    target = np.eye(3)[np.repeat([0, 1, 2], [900, 90, 10])]
    shares = rare.shares(target, np.ones(1000))
    drawn = np.concatenate([batches.order(1000, shares, 0, epoch) for epoch in range(20)])
    np.testing.assert_allclose(target[drawn].mean(axis=0), 1 / 3, atol=0.02)


def test_of_several_labels_the_rarest_counts() -> None:
    target = np.array([[1, 0], [1, 0], [1, 0], [1, 1], [0, 0]])
    shares = rare.shares(target, np.ones(5))
    assert shares.sum() == pytest.approx(1)
    assert shares[3] == pytest.approx(4 * shares[0])
    assert shares[4] == pytest.approx(shares[0])


def test_augmentation_is_for_all_for_the_rare_or_for_chosen_classes() -> None:
    target = np.eye(3)[np.repeat([0, 1, 2], [6, 2, 1])]
    classes = np.array(["a", "b", "c"])
    assert rare.chosen("all", target, classes).all()
    assert rare.chosen("rare", target, classes).tolist() == [False] * 6 + [True] * 3
    assert rare.chosen(("a",), target, classes).tolist() == [True] * 6 + [False] * 3
    with pytest.raises(ValueError, match="classes that there are not"):
        rare.chosen(("d",), target, classes)


def test_only_the_pictures_asked_for_are_augmented() -> None:
    from torchvision.transforms import v2

    squares = np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3)).astype(np.uint8)
    looks = Looks(squares, 8, [v2.RandomHorizontalFlip(p=1.0)], np.array([True, False]), 0)
    assert torch.equal(looks[0, 0][0], batches.tensor(squares[:1])[0].flip(2))
    assert torch.equal(looks[0, 1][0], batches.tensor(squares[1:])[0])


def test_larger_squares_are_shown_in_parts_and_asked_about_in_the_middle() -> None:
    squares = np.arange(100, dtype=np.uint8).reshape(1, 10, 10, 1)
    looks = Looks(squares, 6, [], np.array([True]), 0)
    parts = [looks[epoch, 0][0] for epoch in range(12)]
    assert all(part.shape == (1, 6, 6) for part in parts)
    assert len({int(part[0, 0, 0]) for part in parts}) > 3
    assert torch.equal(looks[5, 0][0], parts[5])
    assert (batches.middle(squares, 6) == squares[:, 2:8, 2:8]).all()


def test_mixing_blends_pictures_and_labels_alike() -> None:
    pictures = torch.arange(4.0)[:, None, None, None].expand(4, 1, 8, 8).contiguous()
    target = torch.eye(4)
    blended, labels = mixed(pictures, target, mixup=1.0, cutmix=0.0, place=(0, 0, 0))
    torch.testing.assert_close(blended[:, 0, 0, 0], labels @ torch.arange(4.0))
    assert 0 < float(labels[0, 0]) < 1
    pasted, shares = mixed(pictures, target, mixup=0.0, cutmix=1.0, place=(0, 0, 3))
    torch.testing.assert_close(pasted.mean((1, 2, 3)), shares @ torch.arange(4.0))
    assert torch.equal(mixed(pictures, target, 1.0, 0.0, (0, 0, 0))[0], blended)
    assert mixed(pictures, target, 0.0, 0.0, (0, 0, 0)) == (pictures, target)
