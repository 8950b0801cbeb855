"""Pictures that are not of a work, told from painted works."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from cartellino.acquire.gallery import paint
from cartellino.catalogue.verdicts import OF_THE_WORK
from cartellino.collection import Collection
from cartellino.suspects.looking import look
from cartellino.suspects.measures import measure
from cartellino.suspects.reasons import Kind
from cartellino.suspects.strays import stray, strays
from web.museum import keep

from . import painted


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The photographs of a small painted gallery."""
    gallery = paint(tmp_path_factory.mktemp("gallery"), 3, 60, None)
    return sorted(path for path in gallery.photos.rglob("*") if path.is_file())


def seen(image: Image.Image) -> str:
    return stray(measure(image.convert("RGB")))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("page", "a page of writing"),
        ("chart", "a colour chart or a scale: 2"),
        ("scale", "a colour chart or a scale"),
        ("blank", "shows almost nothing"),
        ("back", "shows almost nothing"),
        ("frame", "a frame around nothing"),
    ],
)
def test_what_is_no_work_is_told_by_what_it_is(kind: str, words: str, seed: int) -> None:
    assert words in seen(getattr(painted, kind)(seed))


@pytest.mark.parametrize("letters", [8, 16, 24])
def test_a_page_is_a_page_in_any_size_of_letters(letters: int) -> None:
    assert "page of writing" in seen(painted.page(1, letters=letters))


def test_painted_works_are_left_alone(works: list[Path]) -> None:
    told = {path.name: _seen(path) for path in works if path.suffix == ".jpg" and _decodes(path)}
    assert len(told) > 50
    assert [name for name, clause in told.items() if clause] == []


def test_small_and_strange_pictures_are_measured_too() -> None:
    for size in ((1, 1), (3, 400), (400, 3), (20, 20), (64, 64)):
        assert isinstance(seen(Image.effect_noise(size, 60)), str)


def test_a_stray_picture_is_a_reason_until_somebody_says_that_it_is_of_the_work(museum: Collection) -> None:
    written = io.BytesIO()
    painted.page(4).save(written, "JPEG", quality=90)
    catalogue = museum.catalogue
    work = catalogue.works.key("c7")
    keep(museum.folder, catalogue, work, [written.getvalue()])
    look(catalogue, museum.pictures)
    ((reason,),) = (reasons for key, reasons in strays(catalogue).items() if key == work)
    assert reason.kind is Kind.PICTURE
    assert reason.sentence.startswith("The picture looks like a page of writing")
    assert reason.picture == catalogue.pictures.of(work)[-1].digest
    catalogue.verdicts.judge(work, reason.picture, OF_THE_WORK, "Ada", "it is a manuscript")
    assert work not in strays(catalogue)


def _seen(path: Path) -> str:
    with Image.open(path) as image:
        return seen(image)


def _decodes(path: Path) -> bool:
    try:
        with Image.open(path) as image:
            image.load()
    except OSError:
        return False
    return True
