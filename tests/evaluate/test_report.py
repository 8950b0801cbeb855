"""Reports: one file, stable keys, nobody's class name obeyed."""

from __future__ import annotations

import html.parser
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from cartellino.evaluate import report
from cartellino.evaluate.drawings import drawings
from cartellino.evaluate.evaluation import _model, assembled

from .labelled import CLASSES, evaluation, label_set, model, said

KEYS = {"format", "headline", "summary", "kind", "part", "part_in_words", "works", "pictures", "figures"} | {
    *("classes", "confusion", "hardest", "calibration", "folds", "label_set", "model", "provenance", "seed"),
    *("rounds", "level", "pictureless"),
}
CLASS_KEYS = {"label", "works", "predicted", "precision", "recall", "f1", "f2", "threshold"}
HOSTILE = ("</style><script>alert(1)</script>", "\"><img src=x onerror='x'>", "{{ 7 * 7 }}", "$\\alpha$ & Co")


class Tags(html.parser.HTMLParser):
    """The tags of a page, and what stands outside them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    return report.write(evaluation(), folder)


def test_the_json_has_its_stable_keys(written: Path) -> None:
    data = json.loads(written.with_suffix(".json").read_text(encoding="utf-8"))
    assert set(data) == KEYS
    assert data["format"] == 1
    assert set(data["classes"][0]) == CLASS_KEYS
    assert set(data["figures"]["top_1"]) == {"value", "low", "high", "count", "of"}
    assert set(data["figures"]["f1_macro"]) == {"value", "low", "high", "of"}
    told = {"error", "by_chance", "by_chance_high", "leaning", "unit", "of", "bins"}
    assert set(data["calibration"]) == told
    assert set(data["label_set"]["parts"]) == {"train", "validation", "calibration", "test"}


def test_the_page_is_one_file(written: Path) -> None:
    page = written.read_text(encoding="utf-8")
    for address in re.findall(r"""(?:src|href)\s*=\s*["']?([^"'\s>]+)""", page):
        assert address.startswith("#"), address
    for address in re.findall(r"url\(([^)]+)\)", page):
        assert address.strip("\"'").startswith(("data:", "#")), address


def test_the_page_says_what_a_director_reads(written: Path) -> None:
    text = Tags(written.read_text(encoding="utf-8")).text.replace("\N{NO-BREAK SPACE}", " ")
    data = evaluation()
    assert data["headline"] in text
    for sentence in data["summary"]:
        assert sentence in text
    for told in ("department@1", "lite2:all", "ab" * 32, "seed of the training", "numpy 2.0"):
        assert told in text


def test_figures_lie_beside_the_page(written: Path) -> None:
    names = {path.name for path in (written.parent / "figures").iterdir()}
    for name in ("classes", "confusion", "reliability", "data"):
        assert {f"{name}.svg", f"{name}.png"} <= names


def test_a_report_of_the_same_data_is_the_same_bytes(written: Path) -> None:
    assert page_of("single", CLASSES, "dep-linear").encode() == written.read_bytes()


def test_several_labels_show_their_thresholds() -> None:
    page = page_of("multi", CLASSES)
    assert 'aria-label="Threshold of each label' in page
    assert "What is taken for what" not in page


@pytest.mark.parametrize("kind", ["single", "multi"])
def test_hostile_class_names_are_shown_and_not_obeyed(kind: str) -> None:
    seen = Tags(page_of(kind, HOSTILE, "<b>model</b>"))
    assert seen.tags.count("script") == 1
    assert not {"img", "b"} & set(seen.tags)
    for label in HOSTILE:
        assert label in seen.text


def test_every_class_name_is_written_out() -> None:
    long = ("A department whose name goes on " * 8).strip()
    assert f">{long}</th>" in page_of("single", (*CLASSES[:3], long))


def page_of(kind: str, classes: tuple[str, ...], name: str = "model") -> str:
    data = evaluation(kind, classes=classes, name=name)
    return report.page(data, drawings(data))


def test_a_model_that_learnt_in_epochs_shows_how(tmp_path: Path) -> None:
    """Measures that the history has; the epoch that was kept; and nothing of it for other models or folds."""
    rows = [
        {"epoch": epoch, "part": part, "loss": 1 / epoch, "accuracy": 0.1 * epoch, "rate": 0.1}
        for epoch in (1, 2, 3)
        for part in ("train", "validation")
    ]
    learnt = replace(model("single", CLASSES), choice={"epoch": 2, "history": rows})
    data = assembled(
        label_set(), said(), learnt, part="test", pictures=80, pictureless=0, seed=0, thresholds=None
    )
    assert data["model"]["history"] == rows
    page = report.write(data, tmp_path).read_text(encoding="utf-8")
    assert "How it learnt" in page
    assert "epoch 2, whose weights were kept" in page
    words = {text.get_text() for text in drawings(data)["curves"].figure.texts}
    assert {"loss", "accuracy", "training", "validation", "epoch 1", "3"} <= words
    assert "right among the first three" not in words
    assert "curves" not in drawings(evaluation())
    folded = _model(learnt, 3)
    assert (folded["history"], folded["epoch"]) == ([], None)
