"""Augmentation by the studies' numbers, the same for the same seed, epoch and picture."""

from __future__ import annotations

import math
from typing import Any

import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)

import numpy as np

from cartellino.classify.networks.augmentation import Moved, Tinted, augmented, sheet, transforms
from cartellino.classify.networks.augmenting import STUDIES, Augmentation, named
from cartellino.errors import InputError

pytestmark = pytest.mark.train


@pytest.fixture
def picture() -> Any:
    return torch.randint(0, 256, (3, 24, 24), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))


def _matrices(told: Augmentation, many: int = 300) -> Any:
    torch.manual_seed(1)
    moved = Moved(told)
    return np.stack([moved.make_params([])["matrix"].numpy() for _ in range(many)])


def test_p1_has_the_numbers_of_its_paper() -> None:
    told = STUDIES["p1"]
    assert (told.rotation, told.flip, told.shift) == (40, 0.5, (0.2, 0.2))
    assert (told.shear, told.zoom, told.channel_shift, told.fill) == (0.2, 0.2, 10, "nearest")


def test_rotation_reaches_its_degrees_to_both_sides_and_no_farther() -> None:
    drawn = _matrices(Augmentation(rotation=40))
    angles = np.degrees(np.arctan2(drawn[:, 1, 0], drawn[:, 0, 0]))
    assert 38 < angles.max() <= 40
    assert -40 <= angles.min() < -38
    np.testing.assert_allclose(np.linalg.det(drawn[:, :, :2]), 1, atol=1e-5)


def test_shifts_zoom_stretch_shear_and_flip_stay_within_their_numbers() -> None:
    shifts = _matrices(Augmentation(shift=(0.2, 0.1)))[:, :, 2] / 2  # half a side is one
    assert 0.19 < shifts[:, 0].max() <= 0.2
    assert 0.09 < shifts[:, 1].max() <= 0.1
    zoomed = _matrices(Augmentation(zoom=0.2))
    sizes = 1 / zoomed[:, 0, 0]
    assert 0.8 <= sizes.min() < 0.82
    assert 1.18 < sizes.max() <= 1.2
    np.testing.assert_allclose(zoomed[:, 0, 0], zoomed[:, 1, 1], atol=1e-6)
    stretched = _matrices(Augmentation(stretch=0.2))
    assert np.abs(stretched[:, 0, 0] - stretched[:, 1, 1]).max() > 0.2
    slants = np.arcsin(-_matrices(Augmentation(shear=0.2))[:, 0, 1])
    assert 0.19 < np.abs(slants).max() <= 0.2
    mirrored = _matrices(Augmentation(flip=0.5))[:, 0, 0] < 0
    assert 0.4 < mirrored.mean() < 0.6


def test_a_quarter_turn_turns_the_picture(picture: Any) -> None:
    matrix = torch.tensor([[0.0, -1, 0], [1, 0, 0]])
    turned = Moved(Augmentation()).transform(picture, {"matrix": matrix})
    assert torch.equal(turned, torch.rot90(picture, -1, (1, 2))) or torch.equal(
        turned, torch.rot90(picture, 1, (1, 2))
    )


@pytest.mark.parametrize(("fill", "edge"), [("nearest", 90), ("black", 0)])
def test_what_is_moved_away_is_filled(fill: str, edge: int) -> None:
    picture = torch.full((3, 20, 20), 90, dtype=torch.uint8)
    matrix = torch.tensor([[1.0, 0, 1.2], [0, 1, 0]])
    assert int(Moved(Augmentation(fill=fill)).transform(picture, {"matrix": matrix})[0, 10, 19]) == edge


def test_channel_shift_adds_to_each_colour_its_own(picture: Any) -> None:
    grey = torch.full((3, 8, 8), 128, dtype=torch.uint8)
    torch.manual_seed(2)
    added = torch.stack([Tinted(10)(grey)[:, 0, 0].int() - 128 for _ in range(200)])
    assert added.abs().max() == 10
    assert (added[:, 0] != added[:, 1]).any()


@pytest.mark.parametrize("name", [name for name in STUDIES if name != "none"])
def test_it_follows_from_seed_epoch_and_picture_alone(name: str, picture: Any) -> None:
    steps = transforms(named(name))
    first = augmented(picture, steps, seed=1, epoch=2, place=3)
    augmented(picture, steps, seed=9, epoch=9, place=9)
    assert torch.equal(augmented(picture, steps, seed=1, epoch=2, place=3), first)
    others = [augmented(picture, steps, 1, epoch, place) for epoch in range(3) for place in range(4)]
    assert not all(torch.equal(each, first) for each in others)
    assert first.shape == picture.shape
    assert first.dtype == torch.uint8


def test_grey_pictures_are_augmented_too(picture: Any) -> None:
    for name in STUDIES:
        assert augmented(picture[:1], transforms(named(name)), 0, 0, 0).shape == (1, 24, 24)


def test_a_sheet_shows_originals_beside_what_is_made_of_them(picture: Any) -> None:
    pictures = np.stack([picture.permute(1, 2, 0).numpy()] * 2)
    told = sheet(pictures, STUDIES["p3"], copies=4)
    assert told.shape == (2, 5, 24, 24, 3)
    assert (told[:, 0] == pictures).all()
    assert (told[0, 1] != told[0, 2]).any()


def test_numbers_of_ones_own_start_from_a_study() -> None:
    assert named({"like": "p1", "rotation": 5}) == Augmentation(
        rotation=5, flip=0.5, shift=(0.2, 0.2), shear=0.2, zoom=0.2, channel_shift=10
    )
    assert named({"shift": [0.1, 0.3]}).shift == (0.1, 0.3)


@pytest.mark.parametrize(
    "told",
    ["p9", {"turn": 3}, {"zoom": 1.5}, {"flip": 2}, {"shift": 0.2}, {"rotation": -1}, {"fill": "pink"}],
)
def test_what_cannot_be_is_refused(told: Any) -> None:
    with pytest.raises(InputError):
        named(told)


def test_shear_is_in_radians() -> None:
    slants = np.arcsin(-_matrices(STUDIES["p1"])[:, 0, 1])
    assert math.degrees(np.abs(slants).max()) > 5
