from __future__ import annotations

import pytest

from cartellino.catalogue.archive import is_safe


@pytest.mark.parametrize(
    "name", ["catalogue.sqlite", "pictures/ab/cd.jpg", "reports/été 2024.html", "a..b/c"]
)
def test_names_below_the_folder_are_safe(name: str) -> None:
    assert is_safe(name)


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "a/../../b",
        "/etc/passwd",
        "C:/a",
        "a\\..\\b",
        "",
        "a//b",
        ".",
        "a/",
        "a/.. ",
        "a\0b",
        "manifest.json",
    ],
)
def test_names_that_may_land_elsewhere_are_not(name: str) -> None:
    assert not is_safe(name)
