"""The page of a label set: one file, obeying nobody, with a reason for whatever is left out."""

from __future__ import annotations

import html.parser
import json
import re
from pathlib import Path

import pytest

from cartellino.collection import Collection

from .museum import HOSTILE

KEYS = {
    *("format", "headline", "summary", "label_set", "funnel", "left_out", "remarks", "parts", "classes"),
    *("works_in_catalogue", "fields", "values_per_work", "labels_per_work", "centuries", "together"),
    *("pictures", "cues", "absent", "provenance"),
}
CUE = {
    *("cue", "what", "score", "low", "high", "chance", "most_frequent", "shuffled", "by_luck", "clear"),
    "gives_away",
}


class Page(html.parser.HTMLParser):
    """The tags of a page, the attributes that matter, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.alts: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href")]
        self.alts += [value or "" for name, value in attrs if name == "alt"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def rooms_page(museum: Collection) -> Path:
    return museum.labels.report("room")


@pytest.fixture(scope="module")
def tags_page(museum: Collection) -> Path:
    return museum.labels.report("tags", date_field="date", seed=1)


def test_it_is_one_file_and_a_light_one(rooms_page: Path) -> None:
    page = rooms_page.read_text(encoding="utf-8")
    seen = Page(page)
    assert seen.addresses
    for address in seen.addresses:
        assert address.startswith(("#", "data:image/jpeg;base64,")), address[:60]
    assert len(page) < 2_000_000
    assert len(seen.ids) == len(set(seen.ids))


def test_it_lies_where_people_look_with_its_figures_beside_it(rooms_page: Path) -> None:
    assert rooms_page.parts[-3:] == ("reports", "labels-room@1", "report.html")
    names = {path.name for path in (rooms_page.parent / "figures").iterdir()}
    for name in ("funnel", "counts", "coverage", "centuries", "intensities", "shapes", "cues"):
        assert {f"{name}.svg", f"{name}.png"} <= names


def test_the_json_has_its_stable_keys(rooms_page: Path) -> None:
    data = json.loads(rooms_page.with_suffix(".json").read_text(encoding="utf-8"))
    assert set(data) == KEYS
    assert set(data["cues"]["by_cue"][0]) == CUE
    assert data["headline"] == "48 of 48 works in 2 classes"
    assert data["centuries"]["fields"] == ["date"]
    assert data["centuries"]["dated"] == 47
    assert data["pictures"] == {"looked_at": 48, "broken": 0, "most_of_a_class": 24}
    assert data["absent"] == {"Labels that come together": "each work has one label"}


def test_a_giveaway_is_warned_of_on_top_and_by_name(rooms_page: Path) -> None:
    data = json.loads(rooms_page.with_suffix(".json").read_text(encoding="utf-8"))
    cues = {each["cue"]: each for each in data["cues"]["by_cue"]}
    assert cues["background colour"]["clear"]
    assert cues["shape"]["clear"]
    assert [each["label"] for each in cues["shape"]["gives_away"]] == ["Arms", "Paintings"]
    assert any(sentence.startswith("Beware") for sentence in data["summary"])
    text = Page(rooms_page.read_text(encoding="utf-8")).text.replace("\N{NO-BREAK SPACE}", " ")
    for sentence in [*data["summary"], *data["cues"]["warnings"]]:
        assert sentence in text


def test_titles_are_shown_and_not_obeyed(rooms_page: Path) -> None:
    seen = Page(rooms_page.read_text(encoding="utf-8"))
    assert seen.tags.count("script") == 1
    assert HOSTILE in seen.alts
    assert HOSTILE in seen.text


def test_several_labels_show_which_come_together(tags_page: Path) -> None:
    data = json.loads(tags_page.with_suffix(".json").read_text(encoding="utf-8"))
    assert data["cues"]["measure"] == "balanced accuracy"
    assert ["Dark", "Men"] in [each["labels"] for each in data["together"]["pairs"]]
    assert data["labels_per_work"] == [
        {"labels": 1, "works": 8},
        {"labels": 2, "works": 24},
        {"labels": 3, "works": 16},
    ]
    seen = Page(tags_page.read_text(encoding="utf-8"))
    assert "together" in seen.ids
    assert "never filed by rule" in seen.text


def test_the_same_seed_shows_the_same(museum: Collection, rooms_page: Path) -> None:
    at = r'"created_at": "[^"]+"'
    before = re.sub(at, "", rooms_page.with_suffix(".json").read_text(encoding="utf-8"))
    sheets = re.findall(r'alt="Work \d+"', rooms_page.read_text(encoding="utf-8"))
    again = museum.labels.report("room")
    assert re.sub(at, "", again.with_suffix(".json").read_text(encoding="utf-8")) == before
    assert re.findall(r'alt="Work \d+"', again.read_text(encoding="utf-8")) == sheets
