from __future__ import annotations

import json
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from cartellino.catalogue import Catalogue
from cartellino.catalogue.backup import backup, restore
from cartellino.errors import CollectionError, InputError
from cartellino.progress import Silent

from .rows import add


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    folder = tmp_path / "museum"
    with Catalogue.open(folder / "catalogue.sqlite", create=True) as catalogue:
        add(catalogue, [{"id": str(number), "title": f"Title {number}"} for number in range(50)])
    for name in (
        "cartellino.toml",
        "pictures/ab/cd.jpg",
        "models/first/model.json",
        "features/x.bin",
        "reports/r.html",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"content of {name}", encoding="utf-8")
    (folder / "pictures" / ".half.jpg.part").touch()
    (folder / "private.txt").touch()
    return folder


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_is_backed_up_comes_back(museum: Path, tmp_path: Path) -> None:
    archive = backup(museum, tmp_path / "backups" / "museum.zip", Silent())
    back = restore(archive, tmp_path / "back", Silent())
    assert files(back) == {
        "catalogue.sqlite",
        "cartellino.toml",
        "pictures/ab/cd.jpg",
        "models/first/model.json",
        "reports/r.html",
    }
    assert (back / "pictures" / "ab" / "cd.jpg").read_text("utf-8") == "content of pictures/ab/cd.jpg"
    with Catalogue.open(back / "catalogue.sqlite") as catalogue:
        assert catalogue.works.count() == 50
        assert catalogue.works.search("title 49")[0][1] == "49"
    assert files(archive.parent) == {"museum.zip"}


def test_features_come_along_when_asked_for(museum: Path, tmp_path: Path) -> None:
    archive = backup(museum, tmp_path / "museum.zip", Silent(), features=True)
    assert "features/x.bin" in files(restore(archive, tmp_path / "back", Silent()))


def test_a_backup_may_lie_in_the_collection_without_holding_itself(museum: Path) -> None:
    archive = backup(museum, museum / "reports" / "backup.zip", Silent())
    backup(museum, archive, Silent())
    with zipfile.ZipFile(archive) as held:
        assert "reports/backup.zip" not in held.namelist()


def test_a_backup_is_one_moment_of_a_collection_in_use(museum: Path, tmp_path: Path) -> None:
    """Each transaction moves a work from one list to the other: in every copy they must add up."""
    stop, errors = threading.Event(), list[BaseException]()

    def work_on() -> None:
        try:
            with Catalogue.open(museum / "catalogue.sqlite") as catalogue:
                number = 0
                while not stop.is_set():
                    with catalogue.transaction():
                        for column in ("accession", "title"):
                            catalogue.connection.execute(f"UPDATE work SET {column} = ?", (str(number),))
                    number += 1
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=work_on)
    thread.start()
    try:
        archives = [backup(museum, tmp_path / f"{number}.zip", Silent()) for number in range(3)]
    finally:
        stop.set()
        thread.join()
    assert not errors
    for archive in archives:
        back = restore(archive, tmp_path / archive.stem, Silent())
        with Catalogue.open(back / "catalogue.sqlite") as catalogue:
            odd = "SELECT count(*) FROM work WHERE accession <> title AND accession <> ''"
            assert catalogue.connection.execute(odd).fetchone() == (0,)
            assert catalogue.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_there_must_be_a_collection(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="no collection here"):
        backup(tmp_path, tmp_path / "museum.zip", Silent())
    assert files(tmp_path) == set()


def test_a_folder_that_holds_something_is_not_restored_into(museum: Path, tmp_path: Path) -> None:
    archive = backup(museum, tmp_path / "museum.zip", Silent())
    with pytest.raises(InputError, match="new or empty"):
        restore(archive, museum, Silent())
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "catalogue.sqlite" in files(restore(archive, empty, Silent()))


def rewritten(archive: Path, to: Path, **changes: bytes | None) -> Path:
    """The archive with files replaced, added or (None) left out."""
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(to, "w") as target:
        for name in source.namelist():
            data = changes.pop(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
        for name, data in changes.items():
            target.writestr(name, data or b"")
    return to


def tampered_manifest(archive: Path, name: str) -> bytes:
    with zipfile.ZipFile(archive) as source:
        manifest = json.loads(source.read("manifest.json"))
    manifest["files"][-1]["name"] = name
    return json.dumps(manifest).encode()


def test_a_damaged_backup_is_refused_by_the_name_of_the_file(museum: Path, tmp_path: Path) -> None:
    archive = backup(museum, tmp_path / "museum.zip", Silent())
    name = "pictures/ab/cd.jpg"
    odd = {
        "changed": rewritten(archive, tmp_path / "changed.zip", **{name: b"other content"}),
        "missing": rewritten(archive, tmp_path / "missing.zip", **{name: None}),
    }
    bits = bytearray(archive.read_bytes())
    bits[bits.index(b"content of pictures")] ^= 1
    odd["bits"] = tmp_path / "bits.zip"
    odd["bits"].write_bytes(bits)
    for path in odd.values():
        with pytest.raises(InputError, match=rf"damaged: {name}.*nothing was restored"):
            restore(path, tmp_path / "back", Silent())
        assert not (tmp_path / "back").exists()
        assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


def test_what_is_no_backup_is_said_to_be_none(museum: Path, tmp_path: Path) -> None:
    archive = backup(museum, tmp_path / "museum.zip", Silent())
    cut, text, plain = tmp_path / "cut.zip", tmp_path / "text.zip", tmp_path / "plain.zip"
    cut.write_bytes(archive.read_bytes()[:-500])
    text.write_text("id,title", encoding="utf-8")
    with zipfile.ZipFile(plain, "w") as other:
        other.writestr("a.txt", "")
    for path, sentence in (
        (cut, "its end is missing"),
        (text, "not a .zip"),
        (plain, "not a backup of a collection"),
    ):
        with pytest.raises(InputError, match=sentence):
            restore(path, tmp_path / "back", Silent())
    with pytest.raises(InputError, match="no such backup"):
        restore(tmp_path / "absent.zip", tmp_path / "back", Silent())
    newer = rewritten(
        archive, tmp_path / "newer.zip", **{"manifest.json": b'{"form": "cartellino-backup-9"}'}
    )
    with pytest.raises(InputError, match="Update Cartellino"):
        restore(newer, tmp_path / "back", Silent())


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt", "pictures/../../outside.txt"])
def test_nothing_lands_outside_the_folder(museum: Path, tmp_path: Path, name: str) -> None:
    archive = backup(museum, tmp_path / "museum.zip", Silent())
    bad = rewritten(
        archive, tmp_path / "bad.zip", **{"manifest.json": tampered_manifest(archive, name), name: b"x"}
    )
    with pytest.raises(InputError, match="outside the folder"):
        restore(bad, tmp_path / "deep" / "back", Silent())
    assert not list(tmp_path.rglob("outside.txt"))


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not locked so on Windows")
def test_files_that_the_manifest_does_not_list_are_refused(museum: Path, tmp_path: Path) -> None:
    archive = backup(museum, tmp_path / "museum.zip", Silent())
    more = rewritten(archive, tmp_path / "more.zip", **{"pictures/more.jpg": b"x"})
    with pytest.raises(InputError, match=r"damaged: pictures/more\.jpg"):
        restore(more, tmp_path / "back", Silent())
