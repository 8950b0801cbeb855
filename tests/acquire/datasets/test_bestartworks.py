"""Works from the layout of 'Best Artworks of All Time'."""

from __future__ import annotations

import pytest

from acquire.builders import remarks, touch, works, write_csv
from cartellino.acquire.datasets.bestartworks import BestArtworksSource
from cartellino.errors import InputError

HEADER = ["id", "name", "years", "genre", "nationality", "bio", "wikipedia", "paintings"]
ARTISTS = [
    [
        "0",
        "Vincent van Gogh",
        "1853 – 1890",
        "Post-Impressionism",
        "Dutch",
        "A painter, once.",
        "http://x",
        "2",
    ],
    ["1", "Albrecht Dürer", "1471 - 1528", "Northern Renaissance,Print", "German, Hungarian", "b", "y", "1"],
    ["2", "Pierre-Auguste Renoir", "1841 - 1919", "Impressionism", "French", "c", "z", "0"],
]


def unpacked(folder, *names):
    folder.mkdir(exist_ok=True)
    write_csv(folder / "artists.csv", [HEADER, *ARTISTS])
    return touch(folder, *names)


def test_pictures_are_joined_to_what_the_table_tells_of_their_painters(tmp_path):
    source = BestArtworksSource(
        unpacked(
            tmp_path / "kaggle",
            "images/images/Vincent_van_Gogh/Vincent_van_Gogh_10.jpg",
            "images/images/Vincent_van_Gogh/Vincent_van_Gogh_2.jpg",
            "images/images/Albrecht_Dürer/Albrecht_Dürer_1.jpg",
            "images/images/Pierre-Auguste_Renoir/Pierre-Auguste_Renoir_1.jpg",
            "resized/resized/Vincent_van_Gogh_2.jpg",
        )
    )
    header = [column.header for column in source.columns]
    assert header == ["id", "artist", "artist id", *HEADER[2:], "file"]
    found = {work.id: dict(zip(header, work.cells, strict=True)) for work in works(source)}
    assert list(found) == [
        "Albrecht_Dürer_1",
        "Pierre-Auguste_Renoir_1",
        "Vincent_van_Gogh_2",
        "Vincent_van_Gogh_10",
    ]
    assert found["Vincent_van_Gogh_2"] == {
        "id": "Vincent_van_Gogh_2",
        "artist": "Vincent van Gogh",
        "artist id": "0",
        "years": "1853 – 1890",
        "genre": "Post-Impressionism",
        "nationality": "Dutch",
        "bio": "A painter, once.",
        "wikipedia": "http://x",
        "paintings": "2",
        "file": "images/images/Vincent_van_Gogh/Vincent_van_Gogh_2.jpg",
    }
    assert found["Pierre-Auguste_Renoir_1"]["artist"] == "Pierre-Auguste Renoir"
    first = works(source)[0]
    assert first.several == ((4, ("Northern Renaissance", "Print")), (5, ("German", "Hungarian")))
    assert first.cells[4] == "Northern Renaissance|Print"
    assert remarks(source) == []


def test_names_that_a_zip_program_spoilt_are_read_as_meant_and_doubles_are_one_work(tmp_path):
    once, twice = "Albrecht_Du╠êrer", "Albrecht_DuΓòá├¬rer"
    names = [f"images/{name}/{name}_{number}.jpg" for name, number in ((once, 1), (twice, 1), (twice, 2))]
    source = BestArtworksSource(unpacked(tmp_path, *names))
    found = works(source)
    assert [(work.id, work.cells[1]) for work in found] == [
        ("Albrecht_Dürer_1", "Albrecht Dürer"),
        ("Albrecht_Dürer_2", "Albrecht Dürer"),
    ]
    assert len(remarks(source)) == 1
    assert "lies in two places" in remarks(source)[0]
    assert all(work.pictures[0].endswith(".jpg") and len(work.pictures) == 1 for work in found)


def test_the_small_pictures_are_taken_when_asked_for_or_alone(tmp_path):
    names = ["images/Vincent_van_Gogh/Vincent_van_Gogh_1.jpg", "resized/Vincent_van_Gogh_1.jpg"]
    both = unpacked(tmp_path / "both", *names)
    assert works(BestArtworksSource(both))[0].cells[-1] == names[0]
    assert works(BestArtworksSource(both, resized=True))[0].cells[-1] == names[1]
    assert works(BestArtworksSource(unpacked(tmp_path / "small", names[1])))[0].cells[-1] == names[1]


def test_a_painter_whom_the_table_lacks_keeps_his_name(tmp_path):
    source = BestArtworksSource(unpacked(tmp_path, "images/El_Greco/El_Greco_3.jpg"))
    (work,) = works(source)
    assert work.cells[:4] == ("El_Greco_3", "El Greco", "", "")
    assert remarks(source) == ["'El_Greco' is not in artists.csv"]


def test_what_is_missing_gets_a_sentence(tmp_path):
    with pytest.raises(InputError, match="no picture in this folder"):
        BestArtworksSource(unpacked(tmp_path / "empty"))
    with pytest.raises(InputError, match="there is no such table"):
        BestArtworksSource(touch(tmp_path / "other", "a.jpg"))
    write_csv(tmp_path / "other" / "artists.csv", [["id", "artist"], ["1", "x"]])
    with pytest.raises(InputError, match="no column 'name'"):
        BestArtworksSource(tmp_path / "other")
