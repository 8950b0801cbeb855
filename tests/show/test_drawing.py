from __future__ import annotations

from pathlib import Path

from cartellino.show import figures
from cartellino.show.drawing import Drawing, save


def drawing() -> Drawing:
    return Drawing(
        "counts", figures.class_counts(["a", "b"], {"train": [3, 4]}), "See <this>.", "Two classes."
    )


def test_a_drawing_says_to_a_screen_reader_what_stands_below_it() -> None:
    inline = str(drawing().inline)
    assert inline.startswith("<svg")
    assert 'aria-label="Two classes. See &lt;this&gt;."' in inline
    assert drawing().across == 880


def test_drawings_are_saved_under_their_names(tmp_path: Path) -> None:
    save([drawing()], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"counts.svg", "counts.png"}
