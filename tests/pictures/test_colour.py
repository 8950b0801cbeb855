from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageCms

from cartellino.pictures.colour import to_srgb
from cartellino.pictures.decode import decode
from cartellino.settings import PictureSettings

from . import profiles
from .corpus import saved, scene

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def first(image: Image.Image) -> list[int]:
    return [int(level) for level in np.asarray(image)[0, 0]]


def test_a_profile_that_says_srgb_changes_nothing_and_stays_plain() -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        decoded = decode(saved(scene(), kind, icc_profile=SRGB), PictureSettings())
        assert (decoded.changes, decoded.plain) == ((), True)


def test_adobe_rgb_becomes_srgb() -> None:
    muted = Image.new("RGB", (16, 16), (120, 160, 90))
    decoded = decode(saved(muted, "PNG", icc_profile=profiles.rgb()), PictureSettings())
    assert decoded.changes == ("converted to sRGB by its profile (Adobe RGB)",)
    assert not decoded.plain
    red, green, blue = first(decoded.image)
    assert (red, green, blue) == pytest.approx(
        (99, 161, 86), abs=2
    )  # the same colour is greener in sRGB's numbers


def test_greys_stay_grey_through_a_colour_profile() -> None:
    grey = Image.new("RGB", (8, 8), (128, 128, 128))
    image, _ = to_srgb(grey, profiles.rgb())
    assert max(first(image)) - min(first(image)) <= 1


def test_a_grey_profile_is_kept_to() -> None:
    dark = Image.new("L", (8, 8), 100)
    image, change = to_srgb(
        dark, profiles.grey(1.0)
    )  # linear light: 100/255 of it is far brighter than it looks
    assert first(image) == pytest.approx([168] * 3, abs=2)
    assert change == "converted to sRGB by its profile (Grey)"


def test_a_grey_picture_with_a_colour_profile_is_taken_through_it() -> None:
    image, change = to_srgb(Image.new("L", (8, 8), 100), profiles.rgb(profiles.SRGB, 1.0, "Linear"))
    assert first(image) == pytest.approx([168] * 3, abs=2)
    assert "Linear" in change


def test_cmyk_is_converted_by_its_own_profile() -> None:
    cyan = Image.new("CMYK", (16, 16), (255, 0, 0, 0))
    strange = profiles.cmyk((54, 81, 70))  # this press prints red where it says cyan
    decoded = decode(saved(cyan, "JPEG", quality=95, icc_profile=strange), PictureSettings())
    red, green, blue = first(decoded.image)
    assert red > 200
    assert max(green, blue) < 80
    assert decoded.changes == ("converted to sRGB by its profile (Strange press)",)


def test_cmyk_without_a_profile_says_what_was_assumed() -> None:
    for kind in ("JPEG", "TIFF"):
        decoded = decode(saved(Image.new("CMYK", (16, 16)), kind), PictureSettings())
        assert "CMYK without a profile" in decoded.changes[0]
        assert first(decoded.image) == pytest.approx([255] * 3, abs=1)


@pytest.mark.parametrize("profile", [b"not a profile", SRGB[:300], b"\0" * 5000])
def test_a_broken_profile_is_left_out_and_said_to_be(profile: bytes) -> None:
    decoded = decode(saved(scene(), "PNG", icc_profile=profile), PictureSettings())
    assert decoded.changes == ("its colour profile is broken and was left out",)
    assert np.array_equal(np.asarray(decoded.image), np.asarray(scene()))


def test_a_profile_for_another_kind_of_picture_is_left_out_and_said_to_be() -> None:
    image, change = to_srgb(scene(), profiles.cmyk((50, 0, 0)))
    assert change == "its colour profile (Strange press) is for another kind of picture and was left out"
    assert image.tobytes() == scene().tobytes()
    _, change = to_srgb(Image.new("CMYK", (4, 4)), SRGB)
    assert "left out; CMYK without a profile" in change


def test_transparency_is_composited_after_the_colours_were_converted() -> None:
    clear = Image.new("RGBA", (8, 8), (120, 160, 90, 0))
    settings = PictureSettings(background="#405060")
    decoded = decode(saved(clear, "PNG", icc_profile=profiles.rgb()), settings)
    assert first(decoded.image) == [0x40, 0x50, 0x60]


def test_cielab_becomes_srgb() -> None:
    lab = ImageCms.applyTransform(
        Image.new("RGB", (8, 8), (200, 60, 40)),
        ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"),
    )
    del lab.info["icc_profile"]
    decoded = decode(saved(lab, "TIFF"), PictureSettings())
    assert decoded.changes == ("CIELAB converted to sRGB",)
    assert first(decoded.image) == pytest.approx([200, 60, 40], abs=3)
