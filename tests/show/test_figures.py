"""Figures: nothing cut, nothing left to chance, and drawings that other programs can read."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image

from cartellino.show import figures
from cartellino.show.charts import letters, style
from cartellino.show.charts.architecture import Stage
from cartellino.show.charts.captioned import Captioned
from cartellino.show.charts.hanging import Hung
from cartellino.show.charts.order import by_similarity
from cartellino.show.charts.pairs import Confused
from cartellino.show.charts.spoken import Word

HOSTILE = [
    "European Sculpture and Decorative Arts, including the Robert Lehman Collection and all beside it",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkunde",
    '<script>alert("x")</script> & $\\frac{1}{2}$ _under_ ^over^',
    "two\nlines\tand \x1b[31m control\x00 characters",
    "Łódź, Žemaitija – ‘São Paulo’",
]

SHAPES = [(), (3, 224, 224), (2048, 7, 7), (25088,), (11,)]
PICTURES = [(40, 30, 3), (30, 600, 3), (600, 30, 1), (8, 8, 3), (1, 1, 3)]
CENTURIES = ["to 12th BC", *(f"{place}th" for place in range(4, 21))]
NAMES = (
    *("counts", "scores", "confusion", "thresholds"),
    *("funnel", "coverage", "spread", "together", "intensities", "shapes", "chance", "vocabulary"),
    *("architecture", "pareto", "hangings", "look-alikes", "spoken"),
    *("apart", "chord"),
)


def figure_of(name: str, names: list[str]) -> Figure:
    """One of the figures, with hostile names or others; the others are not drawn."""
    n = len(names)
    random = np.random.default_rng(3)
    shares = [random.random(n).tolist() for _ in range(3)]
    counts = random.integers(0, 40, n).tolist()
    pictures = [random.integers(0, 255, shape, np.uint8) for shape in PICTURES]
    alike, first = np.triu(random.random((n, n)), 1), np.arange(n) < 2
    between = (alike, alike > 0.5, first[:, None] & first)
    made = {
        "counts": lambda: figures.class_counts(names, {"train": counts, "test": counts}),
        "scores": lambda: figures.class_scores(names, shares[0], [0.0] * n, [1.0] * n, counts, mean=0.5),
        "confusion": lambda: figures.confusion(names, random.integers(0, 9, (n, n))),
        "thresholds": lambda: figures.tag_thresholds(names, *shares, counts),
        "funnel": lambda: figures.funnel(
            [(name, 90 - 9 * place) for place, name in enumerate(names)], {"train": 40}
        ),
        "coverage": lambda: figures.coverage(names, shares[0], 40, "share", names[:1]),
        "spread": lambda: figures.spread(names, CENTURIES, random.integers(0, 2000, (n, len(CENTURIES)))),
        "together": lambda: figures.together(
            names, random.integers(0, 2000, (n, n)), random.normal(0, 3, (n, n))
        ),
        "intensities": lambda: figures.intensities(names, random.random((n, 32)), counts),
        "shapes": lambda: figures.shapes(names, np.sort(random.random((n, 5)) * 9 + 0.01).tolist(), counts),
        "vocabulary": lambda: figures.word_histograms(names, random.random((n, 50)), counts),
        "architecture": lambda: figures.architecture(
            [Stage(name, name, SHAPES[place % 5], 9**place) for place, name in enumerate(names)]
        ),
        "pareto": lambda: figures.pareto(
            names,
            [(share, share - 0.1, share + 0.1) for share in shares[0]],
            [0.02 * 3**place for place in range(n)],
            [place % 2 == 0 for place in range(n)],
            measure="right label",
            cost="seconds",
        ),
        "apart": lambda: figures.apart(
            names, random.normal(size=(n, 2)), counts, *between, (0.5, "half of it")
        ),
        "chord": lambda: figures.chord(names, *between),
        "hangings": lambda: figures.hangings([Hung(name, "3,210 works", pictures) for name in names]),
        "look-alikes": lambda: figures.look_alikes(
            [
                Confused(name, name, [(Captioned(picture, names[:2]),) * 2])
                for name, picture in zip(names, pictures, strict=True)
            ]
        ),
        "spoken": lambda: figures.spoken(
            [Captioned(picture, (name, name)) for name, picture in zip(names, pictures, strict=True)],
            [Word("word 17", "1 time above", style.GREEN, pictures[:2])],
        ),
        "chance": lambda: figures.beside_chance(
            names, [(0.5, 0.4, 0.6)] * n, shares[0], "accuracy", [True] * n
        ),
    }
    return made[name]()


def words_of(figure: Figure) -> str:
    return " ".join(text.get_text() for text in figure.texts)


@pytest.mark.parametrize("name", NAMES)
def test_names_are_never_cut(name: str) -> None:
    figure = figure_of(name, HOSTILE)
    drawn = words_of(figure).replace(" ", "")
    for label in HOSTILE:
        letters_kept = "".join(letter for letter in label if letter.isprintable() and letter != " ")
        assert letters_kept in drawn


@pytest.mark.parametrize("name", NAMES)
def test_every_word_lies_on_the_sheet(name: str) -> None:
    with style.house():
        figure = figure_of(name, HOSTILE)
        figure.canvas.draw()
        sheet = figure.bbox
        for text in figure.texts:
            box = text.get_window_extent()
            assert box.x0 >= sheet.x0 - 1, text.get_text()
            assert box.x1 <= sheet.x1 + 1, text.get_text()
            assert box.y0 >= sheet.y0 - 1, text.get_text()
            assert box.y1 <= sheet.y1 + 1, text.get_text()


def test_no_two_names_of_a_column_overlap() -> None:
    with style.house():
        names = [f"{HOSTILE[place % 2]} {place}" for place in range(12)]
        figure = figures.class_counts(names, {"train": [5] * 12})
    _, height = style.sides(figure)
    lines = sorted(text.get_position()[1] * height for text in figure.texts if text.get_ha() == "right")
    assert all(above - below >= 1.1 * style.SIZE for below, above in pairwise(lines))


@given(st.text(max_size=60), st.floats(20, 300))
@settings(max_examples=40, deadline=None)
def test_folding_keeps_every_letter_and_the_room(name: str, room: float) -> None:
    with style.house():
        lines = letters.folded(name, room)
        printable = "".join(letter for letter in name if letter.isprintable() and not letter.isspace())
        assert "".join(lines).replace(" ", "") == printable
        assert all(letters.width(line) <= room or len(line) == 1 for line in lines)


@pytest.mark.parametrize("name", NAMES)
def test_an_svg_is_xml_with_text_as_text(name: str) -> None:
    drawing = figures.svg(figure_of(name, HOSTILE))
    root = ElementTree.fromstring(drawing.encode("utf-8"))
    said = "".join("".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text"))
    assert '<script>alert("x")</script>' in said.replace("</script>&", "</script> &")
    assert root.find(".//{http://www.w3.org/2000/svg}script") is None
    assert "$\\frac{1}{2}$" in said
    assert "data:font/woff2" in drawing


def test_figures_are_the_same_bytes_in_every_process_and_need_no_pyplot(tmp_path: Path) -> None:
    told = (
        "import sys; from pathlib import Path; from cartellino.show import figures as f; "
        "f.save(f.class_scores(['a', 'b & c'], [0.5, 0.7], [0.2, 0.6], [0.9, 0.8], [12, 3]), "
        "Path(sys.argv[1])); "
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", told, str(tmp_path / "one")], check=True)
    figure = figures.class_scores(["a", "b & c"], [0.5, 0.7], [0.2, 0.6], [0.9, 0.8], [12, 3])
    figures.save(figure, tmp_path / "two")
    for ending in (".svg", ".png"):
        assert (tmp_path / f"one{ending}").read_bytes() == (tmp_path / f"two{ending}").read_bytes()


def test_a_png_has_twice_the_pixels(tmp_path: Path) -> None:
    figure = figures.class_scores(["a", "b & c"], [0.5, 0.7], [0.2, 0.6], [0.9, 0.8], [12, 3])
    _, picture = figures.save(figure, tmp_path / "scores")
    with Image.open(picture) as image:
        across, down = style.sides(figure)
        assert image.size == (round(2 * across), round(2 * down))
    assert "b & c" in words_of(figure)


def test_a_figure_in_a_page_takes_its_colours_from_it_and_keeps_its_ids_apart() -> None:
    figure = figures.class_scores(["#22201c fill: #22201c"], [0.5], [0.2], [0.8], [4])
    drawn = figures.inline(figure, "classes", 'F1 by "class"')
    root = ElementTree.fromstring(drawn)
    assert root.get("aria-label") == 'F1 by "class"'
    assert "fill: var(--ink)" in drawn
    assert "fill: #22201c</text>" in drawn
    ids = [each.get("id", "") for each in root.iter() if each.get("id")]
    assert ids
    assert all(each.startswith("classes-") for each in ids)
    assert "url(#classes-" in drawn or "url(#" not in drawn
    assert "<metadata>" not in drawn


def test_the_figures_of_a_class_without_works_are_left_blank() -> None:
    figure = figures.class_scores(["seen", "unseen"], [0.5, None], [0.2, None], [0.8, None], [12, 0])
    assert "–" in [text.get_text() for text in figure.texts]


def test_dots_outside_the_band_are_counted() -> None:
    empty = [np.nan] * 8
    figure = figures.reliability(
        [*empty, 0.85, 0.95],
        [*empty, 0.5, 0.95],
        [0] * 8 + [20, 40],
        [*empty, 0.7, 0.9],
        [*empty, 0.95, 1.0],
    )
    assert "outside it: 1" in words_of(figure)
    assert "n = 60 works" in words_of(figure)


def test_classes_that_are_confused_stand_together() -> None:
    matrix = np.diag([20] * 6)
    matrix[0, 5], matrix[5, 0], matrix[1, 3] = 6, 4, 5
    order = by_similarity(matrix)
    assert sorted(order) == list(range(6))
    assert abs(order.index(0) - order.index(5)) == 1
    assert abs(order.index(1) - order.index(3)) == 1


def test_branches_are_turned_so_that_neighbours_are_alike() -> None:
    strong, weak = 8, 2
    matrix = np.diag([20] * 6)
    for one, other, works in ((0, 3, strong), (1, 4, strong), (2, 5, strong), (3, 1, weak), (4, 5, weak)):
        matrix[one, other] = works
    order = by_similarity(matrix)
    assert order in ([0, 3, 1, 4, 5, 2], [2, 5, 4, 1, 3, 0])


@pytest.mark.parametrize("n", [1, 2, 5])
def test_a_matrix_without_confusions_keeps_its_order(n: int) -> None:
    assert by_similarity(np.diag([3] * n)) == list(range(n))


def test_the_settings_of_the_process_are_left_alone() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    figures.svg(figures.class_counts(["a"], {"train": [1]}))
    assert dict(mpl.rcParams) == before
