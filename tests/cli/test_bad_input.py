"""Bad input gets a sentence: what, where, what to do. Never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from cartellino import collection
from cartellino.cli.program import program

pytestmark = pytest.mark.slow


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    collection.create(tmp_path / "museum").close()
    return tmp_path / "museum"


def refused(museum: Path, *told: str) -> str:
    done = CliRunner().invoke(program, list(told), env={"CARTELLINO_COLLECTION": str(museum)})
    assert done.exit_code == 1, done.output
    assert "Traceback" not in done.output
    return done.stderr


def table(folder: Path, rows: int = 12, *, kinds: int = 2, pictures: bool = True) -> Path:
    photos = folder / "photos"
    photos.mkdir()
    lines = ["id,file,kind"]
    for number in range(rows):
        shade = (number * 53 % 256, number * 91 % 256, number * 17 % 256)
        if pictures:
            Image.new("RGB", (40, 30), shade).save(photos / f"{number}.jpg")
        else:
            (photos / f"{number}.jpg").write_bytes(b"<html>")
        lines.append(f"w{number},{number}.jpg,kind {number % kinds}")
    (folder / "works.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder / "works.csv"


def add(museum: Path, path: Path) -> None:
    done = CliRunner().invoke(
        program,
        ["add", "table", str(path), "--images", str(path.parent / "photos")],
        env={"CARTELLINO_COLLECTION": str(museum)},
    )
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no such table"),
        (b"", "the table is empty"),
        (b"id,title\n", "no rows"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n", "pointer of Git LFS"),
    ],
)
def test_tables_that_are_none(content: bytes | None, words: str, museum: Path, tmp_path: Path) -> None:
    path = tmp_path / "works.csv"
    if content is not None:
        path.write_bytes(content)
    assert words in refused(museum, "add", "table", str(path))


def test_a_column_that_is_not_there(museum: Path, tmp_path: Path) -> None:
    path = table(tmp_path)
    said = refused(museum, "add", "table", str(path), "--id-column", "Object")
    assert "Object" in said
    assert "id" in said
    add(museum, path)
    assert "cultur" in refused(museum, "labels", "define", "x", "--field", "cultur")
    assert "cultur" in refused(museum, "fields", "cultur")


def test_one_class_only(museum: Path, tmp_path: Path) -> None:
    add(museum, table(tmp_path, kinds=1))
    assert "one" in refused(museum, "labels", "define", "kind")


def test_no_picture_readable(museum: Path, tmp_path: Path) -> None:
    add(museum, table(tmp_path, pictures=False))
    assert "picture" in refused(museum, "labels", "define", "kind")


def test_names_that_lead_nowhere(museum: Path) -> None:
    for told in (
        ["train", "x"],
        ["triage", "x"],
        ["labels", "show", "x"],
        ["predict", "x", "1"],
        ["evaluate", "x"],
        ["similar", "1"],
    ):
        assert refused(museum, *told)


def test_a_backup_that_is_none(museum: Path, tmp_path: Path) -> None:
    (tmp_path / "safe.zip").write_bytes(b"not a zip")
    assert "safe.zip" in refused(museum, "restore", str(tmp_path / "safe.zip"), str(tmp_path / "again"))
    assert not (tmp_path / "again" / "catalogue.sqlite").exists()
