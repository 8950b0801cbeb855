"""Pictures of the desk, by day and by night, for looking at and for the README.

    python -m tests.web.screenshots FOLDER [--data ../shared/data] [--only desk]

It needs Chromium and the real pictures of the data folder, and takes about a minute.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from . import metmuseum, museum
from .browser import Screen, chromium, served

DESK = "/desk/culture?work=437881"


@dataclass(frozen=True)
class View:
    """One page to look at: of the real works, or of the small museum of hard cases."""

    name: str
    page: str
    seen: str
    size: tuple[int, int] = (1440, 900)
    night: bool = False
    keys: tuple[str, ...] = ()
    at: str = "met"


VIEWS = (
    *(
        View(f"desk-{width}{'-night' if night else ''}", DESK, "#neighbours", (width, height), night)
        for width, height in ((1440, 900), (1024, 768))
        for night in (False, True)
    ),
    View("desk-768", DESK, "#neighbours", (768, 1024)),
    View("tags-1440", "/desk/tags?work=436528", "#neighbours", keys=("1", "3")),
    View("tags-1024-night", "/desk/tags?work=436528", "#neighbours", (1024, 768), True),
    View("find-1440", DESK, "#neighbours", keys=("/", "n")),
    View("zoom-1440", DESK, "#neighbours", keys=("z",)),
    View("keys-1440-night", DESK, "#neighbours", night=True, keys=("?",)),
    View("label-sets-1440", "/", ".sets"),
    View("works-1440-night", "/works?q=portrait", ".hang", night=True),
    View("work-1440", "/works/437881", ".label"),
    View("blind-1440", "/desk/culture", "#blind", at="blind"),
    View("handscroll-1440", "/desk/culture?work=b3", "#caption", at="hard"),
    View("hanging-scroll-1024", "/desk/culture?work=b8", "#caption", (1024, 768), at="hard"),
    View("views-1024-night", "/desk/culture?work=b4", "#caption", (1024, 768), True, at="hard"),
    View("long-title-1024", "/desk/culture?work=b6", "#label", (1024, 768), at="hard"),
    View("without-title-1440", "/desk/culture?work=b5", "#label", at="hard"),
    View("miniature-1440", "/desk/culture?work=b7", "#caption", at="hard"),
    View("untriaged-1440", "/desk/subjects", "#state", at="blind"),
)


def collections(scratch: Path, data: Path) -> dict[str, Path]:
    """The museums that the views are of."""
    made = {"met": metmuseum.build(scratch / "met", data)}
    for name in ("hard", "blind"):
        made[name] = museum.hang(scratch / name)
        museum.learn(made[name], blind=name == "blind")
    museum.learn(made["blind"], "subjects", kind="multi", triaged=False)
    return made


def take(view: View, folder: Path, scratch: Path, out: Path) -> None:
    """Open one view and keep its picture."""
    profile = scratch / f"profile-{view.name}"
    with served(folder, "Ada Lovelace") as address, chromium(profile, *view.size, night=view.night) as driver:
        screen = Screen(driver, address).open(view.page).wait(view.seen)
        time.sleep(1)  # pictures and fonts
        screen.press(*view.keys)
        time.sleep(0.5)
        driver.save_screenshot(str(out / f"{view.name}.png"))
        for complaint in screen.complaints():
            print(f"{view.name}: {complaint}")


def main() -> None:
    """Take all views, or those whose name begins as told."""
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("folder", type=Path, help="where the pictures go")
    told.add_argument("--data", type=Path, default=Path(os.environ.get("CARTELLINO_DATA", "../shared/data")))
    told.add_argument("--only", default="", help="the beginning of the names to take")
    options = told.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        made = collections(Path(scratch), options.data)
        for view in VIEWS:
            if view.name.startswith(options.only):
                take(view, made[view.at], Path(scratch), options.folder)


if __name__ == "__main__":
    main()
