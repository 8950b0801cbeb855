from __future__ import annotations

import warnings
from collections.abc import Callable
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFile

from cartellino.errors import InputError, PictureError
from cartellino.pictures.decode import Decoded, decode, measured
from cartellino.settings import PictureSettings

from .corpus import exif, jpeg_header, png, png_header, saved, scene, webp_header
from .profiles import rgb

pytestmark = pytest.mark.filterwarnings("ignore:.*:UserWarning:PIL")  # damaged TIFFs make Pillow talk
PLAIN = PictureSettings()


def opened(data: bytes, settings: PictureSettings = PLAIN) -> Decoded:
    decoded = decode(data, settings)
    assert decoded.image.mode == "RGB"
    assert max(decoded.image.size) <= min(settings.longest_side, 65_500)
    return decoded


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB"), np.int16)


def distance(one: Image.Image, other: Image.Image) -> float:
    return float(np.abs(pixels(one) - pixels(other)).mean())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_plain_picture_is_left_as_it_is(kind: str, mode: str) -> None:
    source = scene().convert(mode)
    decoded = opened(saved(source, kind))
    assert (decoded.format, decoded.changes, decoded.plain) == (kind, (), True)
    assert distance(decoded.image, source) < 9


def test_a_tiff_is_never_plain_because_browsers_do_not_show_it() -> None:
    decoded = opened(saved(scene(), "TIFF"))
    assert decoded.format == "TIFF"
    assert not decoded.plain
    assert distance(decoded.image, scene()) == 0


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize(
    ("kind", "options"), [("JPEG", {}), ("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"})]
)
def test_exif_orientation_is_made_good(orientation: int, kind: str, options: dict[str, str]) -> None:
    upright = scene(80, 48)
    ways = {2: [0], 3: [3], 4: [1], 5: [5], 6: [2], 7: [6], 8: [4]}  # how such a camera was held
    stored = upright
    for way in ways[orientation]:
        stored = stored.transpose(Image.Transpose(way))
    decoded = opened(saved(stored, kind, exif=exif(orientation), **options))
    assert decoded.changes[0] == "turned upright by its EXIF orientation"
    assert not decoded.plain
    assert decoded.image.size == upright.size
    assert distance(decoded.image, upright) < 9


def test_broken_exif_says_nothing_about_the_picture() -> None:
    data = saved(scene(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff\xff\xff")
    assert opened(data).image.size == scene().size


def test_sixteen_bit_grey_is_scaled_not_saturated() -> None:
    ramp = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    for kind in ("PNG", "TIFF"):
        decoded = opened(saved(Image.fromarray(ramp), kind))
        assert decoded.changes == ("16 bits scaled to 8",)
        assert np.abs(pixels(decoded.image)[..., 0] - np.rint(ramp / 257)).max() == 0


def test_sixteen_bit_white_is_zero_is_turned_round() -> None:
    ramp = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    image = Image.fromarray(ramp)
    decoded = opened(saved(image, "TIFF", tiffinfo={262: 0}))
    assert pixels(decoded.image)[0, 0, 0] == 255
    assert pixels(decoded.image)[-1, -1, 0] == 0


def test_sixteen_bit_colour_keeps_its_upper_half_and_says_so() -> None:
    values = np.array([[0x12FF, 0x8000, 0xFE01], [0, 0x00FF, 0xFFFF]], ">u2")
    decoded = opened(png(np.frombuffer(values.tobytes(), np.uint8).reshape(2, 6), 2, 16))
    assert pixels(decoded.image)[:, 0].tolist() == [[0x12, 0x80, 0xFE], [0, 0, 0xFF]]
    assert decoded.changes == ("16 bits a channel scaled to 8",)


def test_floating_point_is_scaled_from_its_own_range_and_says_which() -> None:
    values = np.linspace(-3, 500, 900, dtype=np.float32).reshape(30, 30)
    values[0, 0] = np.nan
    decoded = opened(saved(Image.fromarray(values), "TIFF"))
    assert "from their own range" in decoded.changes[0]
    assert pixels(decoded.image)[-1, -1, 0] == 255
    assert pixels(decoded.image)[0, 0, 0] == 0
    unit = Image.fromarray(np.full((4, 4), 0.5, np.float32))
    assert pixels(opened(saved(unit, "TIFF")).image)[0, 0, 0] in (127, 128)


def test_what_lies_under_transparency_is_not_shown() -> None:
    hidden = np.zeros((20, 30, 4), np.uint8)
    hidden[..., :3] = (250, 0, 0)
    hidden[:, 15:, 3] = 255
    settings = PictureSettings(background="#102030")
    decoded = opened(saved(Image.fromarray(hidden), "PNG"), settings)
    assert decoded.changes == ("its transparency laid on #102030",)
    assert pixels(decoded.image)[0, 0].tolist() == [0x10, 0x20, 0x30]
    assert pixels(decoded.image)[0, 29].tolist() == [250, 0, 0]


def test_opaque_transparency_is_left_out() -> None:
    decoded = opened(saved(scene().convert("RGBA"), "PNG"))
    assert decoded.changes == ("its transparency, which hides nothing, was left out",)
    assert distance(decoded.image, scene()) == 0


def test_grey_with_transparency() -> None:
    grey = Image.merge("LA", (Image.new("L", (8, 8), 40), Image.new("L", (8, 8), 0)))
    assert pixels(opened(saved(grey, "PNG")).image)[0, 0].tolist() == [255, 255, 255]


def test_a_palette_with_a_transparent_entry() -> None:
    image = Image.new("P", (8, 8), 1)
    image.putpalette([0, 0, 0, 10, 200, 30])
    image.putpixel((0, 0), 0)
    decoded = opened(saved(image, "PNG", transparency=0), PictureSettings(background="#ff00ff"))
    assert pixels(decoded.image)[0, 0].tolist() == [255, 0, 255]
    assert pixels(decoded.image)[1, 1].tolist() == [10, 200, 30]
    assert decoded.changes == ("expanded from a palette", "its transparency laid on #ff00ff")


@pytest.mark.parametrize(
    ("depth", "colour", "key", "row"),
    [
        (8, 0, b"\0\x64", [0x64, 0x20]),
        (2, 0, b"\0\x01", [0b01100000]),
        (16, 0, b"\x12\x34", [0x12, 0x34, 0x12, 0x99]),
        (8, 2, b"\0\x05\0\x06\0\x07", [5, 6, 7, 1, 2, 3]),
        (16, 2, b"\x05\x05\x06\x06\x07\x07", [5, 5, 6, 6, 7, 7, 1, 1, 2, 2, 3, 3]),
    ],
)
def test_one_colour_standing_for_transparency(depth: int, colour: int, key: bytes, row: list[int]) -> None:
    data = png(np.array([row, row]), colour, depth, extra={b"tRNS": key})
    decoded = opened(data, PictureSettings(background="#00ff00"))
    assert pixels(decoded.image)[0, 0].tolist() == [0, 255, 0]
    assert pixels(decoded.image)[0, 1].tolist() != [0, 255, 0]


def test_one_bit_pictures() -> None:
    image = Image.new("1", (40, 40))
    image.paste(1, (10, 10, 30, 30))
    decoded = opened(saved(image, "PNG"))
    assert decoded.changes == ("black and white without greys, expanded to 8 bits",)
    assert set(np.unique(pixels(decoded.image))) == {0, 255}


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_an_animation_the_first_frame_is_taken_and_noted(kind: str) -> None:
    frames = [scene(seed=seed) for seed in range(3)]
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=50, lossless=True)
    decoded = opened(data)
    assert decoded.changes[0] == "the first of its 3 frames"
    assert distance(decoded.image, frames[0]) < distance(decoded.image, frames[1])


def test_of_a_tiff_of_several_pages_the_first_is_taken_and_noted() -> None:
    frames = [scene(seed=seed) for seed in range(3)]
    decoded = opened(saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    assert decoded.changes[0] == "the first of its pages"
    assert distance(decoded.image, frames[0]) == 0


def test_of_a_camera_s_pair_the_first_is_taken() -> None:
    decoded = opened(saved(scene(), "MPO", save_all=True, append_images=[scene(seed=1)]))
    assert (decoded.format, decoded.changes) == ("JPEG", ("the first of its 2 frames",))


@pytest.mark.parametrize("size", [(1, 1), (1, 20000), (20000, 1), (3, 2)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_extreme_sizes_survive(size: tuple[int, int], kind: str) -> None:
    decoded = opened(saved(Image.new("RGB", size, (90, 120, 30)), kind))
    assert min(decoded.image.size) >= 1
    assert np.abs(pixels(decoded.image) - (90, 120, 30)).max() <= 3


def test_large_pictures_are_reduced_to_the_longest_side() -> None:
    decoded = opened(saved(scene(900, 300), "JPEG", quality=95), PictureSettings(longest_side=200))
    assert decoded.image.size == (200, 67)
    assert decoded.changes == ("reduced from 900 × 300 to 200 × 67 pixels",)
    assert distance(decoded.image, scene(900, 300).resize((200, 67), Image.Resampling.LANCZOS)) < 4


def test_reducing_does_not_bleed_hidden_colour() -> None:
    hidden = np.zeros((64, 64, 4), np.uint8)
    hidden[:, ::2] = (0, 0, 255, 255)
    hidden[:, 1::2] = (255, 0, 0, 0)
    decoded = opened(
        saved(Image.fromarray(hidden), "PNG"), PictureSettings(background="#ffffff", longest_side=16)
    )
    assert (
        pixels(decoded.image)[..., 0].max() <= pixels(decoded.image)[..., 1].max() + 2
    )  # white and blue, no red


@pytest.mark.parametrize(
    "data",
    [
        png_header(30_000, 30_000),
        jpeg_header(30_000, 30_000),
        webp_header(16_384, 16_383),
        saved(Image.new("1", (30_000, 7_000)), "TIFF", compression="group4"),
    ],
    ids=["png", "jpeg", "webp", "tiff"],
)
def test_too_many_pixels_are_refused_before_they_are_decoded(data: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Pillow's own warning of bombs must not be what stops them
        with pytest.raises(PictureError, match="pixels are more than the 200 megapixels allowed"):
            opened(data)


def test_the_cap_is_the_setting_not_pillow_s() -> None:
    data = saved(Image.new("1", (15_000, 13_000)), "TIFF", compression="group4")  # above Pillow's own 179 MP
    assert opened(data, PictureSettings(longest_side=64)).image.size == (64, 55)
    with pytest.raises(PictureError, match="more than the 1 megapixels"):
        opened(data, PictureSettings(max_megapixels=1))


def test_a_bomb_of_few_bytes_is_refused() -> None:
    bomb = saved(Image.new("1", (16_000, 16_000)), "PNG")
    assert len(bomb) < 60_000
    with pytest.raises(PictureError, match="16,000 × 16,000"):
        opened(bomb)


WHOLE = {
    "JPEG": saved(scene(64, 48), "JPEG"),
    "progressive": saved(scene(64, 48), "JPEG", progressive=True),
    "PNG": saved(scene(40, 30), "PNG"),
    "TIFF": saved(scene(32, 24), "TIFF"),
    "TIFF-LZW": saved(scene(32, 24), "TIFF", compression="tiff_lzw"),
    "WEBP": saved(scene(64, 48), "WEBP"),
    "WEBP-lossless": saved(scene(40, 30), "WEBP", lossless=True),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_anywhere_is_refused_or_lacks_nothing(name: str) -> None:
    data = WHOLE[name]
    complete, refused, reasons = decode(data, PLAIN).image, 0, set()
    for end in range(0, len(data), 10):
        try:
            cut = decode(data[:end], PLAIN).image
        except PictureError as error:
            refused += 1
            reasons.add(error.what)
            continue
        assert distance(cut, complete) == 0, f"{name} cut at byte {end} of {len(data)} lost pixels silently"
    assert refused > len(data) / 10 * 0.8
    assert all(reasons)


def test_the_reason_of_a_cut_is_told() -> None:
    with pytest.raises(PictureError, match="cut short"):
        decode(WHOLE["JPEG"][:-200], PLAIN)


def test_a_copy_that_broke_off_and_was_filled_with_zeros_is_refused() -> None:
    data = saved(scene(200, 200), "JPEG", quality=95)
    with pytest.raises(PictureError, match="only zero bytes"):
        decode(data[: len(data) // 2] + bytes(len(data) // 2), PLAIN)
    assert decode(data + bytes(500), PLAIN).plain, "padding after the end harms nothing"


def test_large_jpegs_that_are_cut_are_found_out_though_they_are_decoded_at_a_fraction() -> None:
    data = saved(scene(1600, 1200), "JPEG", quality=90)
    settings = PictureSettings(longest_side=200)
    assert decode(data, settings).image.size == (200, 150)
    for share in (0.3, 0.6, 0.9, 0.97):
        with pytest.raises(PictureError):
            decode(data[: int(len(data) * share)], settings)


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_whatever_is_done_to_the_bytes_it_is_a_picture_or_a_reason(name: str, draw: st.DataObject) -> None:
    data = bytearray(WHOLE[name])
    for _ in range(draw.draw(st.integers(1, 8))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    with suppress(PictureError):
        assert decode(bytes(data), PictureSettings(max_megapixels=4, longest_side=512)).image.mode == "RGB"


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"RIFF"])
)
def test_noise_is_no_picture(noise: bytes, start: bytes) -> None:
    with pytest.raises(PictureError):
        decode(start + noise, PLAIN)


def test_pillow_is_never_told_to_accept_what_is_cut() -> None:
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


@pytest.mark.parametrize(
    "settings",
    [
        PictureSettings(background="mauvish"),
        PictureSettings(longest_side=0),
        PictureSettings(max_megapixels=-1),
    ],
)
def test_settings_that_mean_nothing_are_said_to_be(settings: PictureSettings) -> None:
    with pytest.raises(InputError):
        decode(WHOLE["PNG"], settings)


def test_a_background_with_its_own_transparency_is_taken_as_opaque() -> None:
    clear = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert pixels(opened(saved(clear, "PNG"), PictureSettings(background="#11223344")).image)[0, 0, 0] == 0x11


def test_a_longest_side_beyond_what_jpeg_can_hold() -> None:
    opened(saved(scene(), "JPEG"), PictureSettings(longest_side=1_000_000))


def verdict(work: Callable[[bytes, PictureSettings], Decoded], data: bytes) -> object:
    try:
        found = work(data, PLAIN)
    except PictureError as error:
        return error.what
    return found.format, found.changes, found.plain, found.image.size


JPEGS = [
    saved(scene(64, 48).convert(mode), "JPEG", quality=90, **options)
    for mode in ("RGB", "L", "CMYK")
    for options in ({}, {"progressive": True}, {"subsampling": 0}, {"subsampling": 1})
]


@pytest.mark.parametrize("data", JPEGS[:8])
def test_the_greys_of_a_plain_jpeg_are_those_of_its_colours(data: bytes) -> None:
    grey = measured(data, PLAIN).image
    assert grey.mode == "L"
    assert distance(grey, decode(data, PLAIN).image.convert("L")) < 1


@pytest.mark.parametrize(
    "data",
    [
        *JPEGS,
        saved(scene(), "PNG"),
        saved(scene().convert("RGBA"), "WEBP"),
        saved(scene(), "JPEG", exif=exif(6)),
        saved(scene(2100, 20), "JPEG"),
        saved(scene(), "JPEG", icc_profile=b"broken"),
        saved(scene(), "JPEG", icc_profile=rgb()),
        saved(
            scene(), "JPEG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        ),
        b"nothing",
        jpeg_header(30_000, 30_000),
    ],
)
def test_what_is_measured_is_judged_like_what_is_decoded(data: bytes) -> None:
    assert verdict(measured, data) == verdict(decode, data)


@given(st.sampled_from(JPEGS), st.data())
def test_a_damaged_jpeg_is_judged_alike_with_and_without_its_colours(
    data: bytes, drawn: st.DataObject
) -> None:
    spoilt = bytearray(data)
    places = st.integers(0, len(data) - 1)
    for place in drawn.draw(st.lists(places, max_size=5)):
        spoilt[place] = drawn.draw(st.integers(0, 255))
    spoilt = spoilt[: drawn.draw(places)] if drawn.draw(st.booleans()) else spoilt
    assert verdict(measured, bytes(spoilt)) == verdict(decode, bytes(spoilt))


def test_colours_that_cannot_be_brought_to_full_size_are_refused_though_the_greys_could_be_read() -> None:
    data = bytearray(saved(scene(64, 48), "JPEG", subsampling=0))
    frame = data.index(b"\xff\xc0") + 10  # of each component: number, sampling factors, table
    data[frame + 1], data[frame + 4] = 0x31, 0x21  # three and two to a block: nothing fits both
    assert "cannot be decoded" in str(verdict(decode, bytes(data)))
    assert verdict(measured, bytes(data)) == verdict(decode, bytes(data))
