"""Pictures that are not of a work, painted for these tests: pages, charts, scales, blanks, backs, frames."""

from __future__ import annotations

import colorsys
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

WORDS = ("the", "of", "and", "a", "in", "to", "was", "by", "his", "with", "for", "on", "as", "which")


def page(seed: int = 0, size: tuple[int, int] = (420, 560), *, letters: int = 11) -> Image.Image:
    """A printed page with a heading and paragraphs."""
    coin = random.Random(seed)
    paper = tuple(coin.randint(225, 250) - step * coin.randint(0, 6) for step in range(3))
    sheet = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(letters)
    line = round(letters * coin.uniform(1.3, 1.7))
    for number, top in enumerate(range(40, size[1] - 40, line)):
        if number % coin.randint(9, 16) == 5:
            continue
        text = ""
        while draw.textlength(text, font) < size[0] - 110:
            text += f"{coin.choice(WORDS)} "
        draw.text((40, top), text, fill=(30, 28, 26), font=font)
    return _photographed(sheet, coin)


def chart(seed: int = 0, columns: int = 6, rows: int = 4) -> Image.Image:
    """A colour chart: patches on a dark card, the last row grey."""
    coin = random.Random(seed)
    side, gap = 64, 10
    card = Image.new("RGB", (columns * (side + gap) + gap, rows * (side + gap) + gap), (32, 31, 30))
    draw = ImageDraw.Draw(card)
    for row in range(rows):
        for column in range(columns):
            grey = round(245 - 210 * column / (columns - 1))
            hue = colorsys.hsv_to_rgb(
                (row * columns + column) / (rows * columns), coin.uniform(0.4, 0.9), 0.8
            )
            fill = (grey,) * 3 if row == rows - 1 else tuple(round(255 * part) for part in hue)
            left, top = gap + column * (side + gap), gap + row * (side + gap)
            draw.rectangle((left, top, left + side, top + side), fill=fill)
    return _photographed(card, coin)


def scale(seed: int = 0, steps: int = 11) -> Image.Image:
    """A grey scale with the marks of a ruler under it."""
    coin = random.Random(seed)
    strip = Image.new("RGB", (steps * 44 + 20, 96), (238, 236, 230))
    draw = ImageDraw.Draw(strip)
    for step in range(steps):
        grey = round(250 - 240 * step / (steps - 1))
        draw.rectangle((10 + step * 44, 8, 10 + step * 44 + 43, 58), fill=(grey,) * 3)
    for mark in range(0, strip.width - 20, 11):
        draw.line((10 + mark, 68, 10 + mark, 78 if mark % 55 else 88), fill=(20, 20, 20), width=1)
    return _photographed(strip, coin)


def blank(seed: int = 0, size: tuple[int, int] = (400, 300)) -> Image.Image:
    """A sheet or a wall with nothing on it."""
    coin = random.Random(seed)
    return _photographed(Image.new("RGB", size, tuple(coin.randint(90, 240) for _ in range(3))), coin)


def back(seed: int = 0, size: tuple[int, int] = (420, 340)) -> Image.Image:
    """The bare back of a board, with a label of two lines in a corner."""
    coin = random.Random(seed)
    board = Image.new("RGB", size, (142 + coin.randint(-20, 20), 118, 88))
    draw = ImageDraw.Draw(board)
    draw.rectangle((20, 20, 92, 56), fill=(232, 226, 206))
    draw.text((26, 26), "No. 1924", fill=(60, 50, 40), font=ImageFont.load_default(10))
    return _photographed(board, coin)


def frame(seed: int = 0, size: tuple[int, int] = (420, 360)) -> Image.Image:
    """A carved frame around nothing."""
    coin = random.Random(seed)
    image = Image.new("RGB", size, (225, 223, 219))
    draw = ImageDraw.Draw(image)
    for _ in range(2600):
        x, y = coin.randrange(size[0]), coin.randrange(size[1])
        if min(x, y, size[0] - x, size[1] - y) < 58:
            gold = coin.randint(90, 220)
            draw.ellipse((x - 5, y - 5, x + 5, y + 5), fill=(gold, round(gold * 0.8), round(gold * 0.45)))
    draw.rectangle((60, 60, size[0] - 60, size[1] - 60), fill=(225, 223, 219))
    return _photographed(image, coin)


def _photographed(image: Image.Image, coin: random.Random) -> Image.Image:
    """A little unsharp, unevenly lit and noisy, as a photograph is."""
    noise = Image.effect_noise(image.size, 6).convert("RGB")
    lit = Image.linear_gradient("L").rotate(90 * coin.randrange(4)).resize(image.size)
    shade = Image.merge("RGB", [lit.point(lambda level: 255 - level // 14)] * 3)
    shaded = ImageChops.multiply(image, shade)
    return Image.blend(shaded, noise, 0.04).filter(ImageFilter.GaussianBlur(0.4))
