"""The palette, measured; the letters, weighed."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

ASSETS = files("cartellino.show") / "assets"
SHEET = (ASSETS / "cartellino.css").read_text(encoding="utf-8")
_DECLARED = re.compile(r"--([\w-]+): (#[0-9A-Fa-f]{6})")


def palettes() -> dict[str, dict[str, str]]:
    """Colours by the block that declares them."""
    found = {}
    heads = {
        "day": r"^:root \{\n  color-scheme: light",
        "night": r"^  :root:not\(\[data-theme=\"day\"\]\) \{\n    color-scheme: dark",
        "night by choice": r"^:root\[data-theme=\"night\"\] \{",
        "print": r"^  :root, :root\[data-theme=\"night\"\]",
    }
    for name, head in heads.items():
        begun = re.search(head, SHEET, re.MULTILINE)
        assert begun, name
        found[name] = dict(_DECLARED.findall(SHEET[begun.start() : SHEET.index("}", begun.start())]))
    return found


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["day", "night", "print"])
@pytest.mark.parametrize("paper", ["wall", "card"])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent"])
def test_text_is_legible(theme: str, paper: str, ink: str) -> None:
    palette = palettes()[theme]
    assert contrast(palette[ink], palette[paper]) >= 4.5


@pytest.mark.parametrize("theme", ["day", "night", "print"])
def test_the_next_thing_to_do_is_legible_and_edges_are_seen(theme: str) -> None:
    palette = palettes()[theme]
    assert contrast(palette["on-accent"], palette["accent"]) >= 4.5
    assert contrast(palette["edge"], palette["card"]) >= 3
    assert contrast(palette["data"], palette["wall"]) >= 3


def test_the_palette_is_that_of_the_house() -> None:
    day, night = palettes()["day"], palettes()["night"]
    told = ("wall", "ink", "hairline", "card", "accent")
    assert [day[name] for name in told] == ["#F7F4EE", "#22201C", "#DDD6C8", "#FFFDF8", "#B4402B"]
    assert [night[name] for name in told] == ["#171614", "#ECE7DC", "#34312B", "#1F1D1A", "#E0755E"]


def test_night_is_the_same_by_clock_and_by_choice() -> None:
    assert palettes()["night"] == palettes()["night by choice"]


def test_every_variable_that_is_used_is_declared() -> None:
    used = set(re.findall(r"var\(--([\w-]+)\)", SHEET))
    assert used <= set(re.findall(r"--([\w-]+):", SHEET))


def test_braces_are_balanced() -> None:
    assert SHEET.count("{") == SHEET.count("}")


def test_the_letters_weigh_little_and_bring_their_licences() -> None:
    fonts = ASSETS / "fonts"
    weight = sum(
        len((fonts / entry.name).read_bytes()) for entry in fonts.iterdir() if entry.name.endswith(".woff2")
    )
    assert 0 < weight < 120_000
    for name in ("OFL-source-sans-3.txt", "OFL-source-serif-4.txt"):
        assert "SIL OPEN FONT LICENSE" in (fonts / name).read_text(encoding="utf-8")


def test_every_font_that_is_named_is_there() -> None:
    named = re.findall(r'url\("(fonts/[\w.-]+)"\)', SHEET)
    assert len(named) == 3
    for name in named:
        assert (ASSETS / name).read_bytes()[:4] == b"wOF2"


def test_motion_can_be_refused_and_paper_is_thought_of() -> None:
    assert "prefers-reduced-motion: reduce" in SHEET
    assert "@media print" in SHEET
    assert ":focus-visible" in SHEET
