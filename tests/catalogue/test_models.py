from __future__ import annotations

import pytest

from cartellino.catalogue import Catalogue
from cartellino.errors import ModelError

from .rows import label_set, model


def test_models_come_back_the_newest_first(catalogue: Catalogue) -> None:
    culture, period = label_set(catalogue), label_set(catalogue, "period")
    keys = [model(catalogue, culture, "a"), model(catalogue, period, "b"), model(catalogue, culture, "c")]
    assert [row.id for row in catalogue.models.list()] == keys[::-1]
    assert [row.name for row in catalogue.models.list(culture)] == ["c", "a"]
    assert catalogue.models.newest(culture).name == "c"
    found = catalogue.models.find("b")
    assert (found.label_set, found.recipe, found.backbone, found.card) == (
        period,
        "linear",
        "lite2:all",
        {"seed": 7},
    )


def test_errors_are_sentences(catalogue: Catalogue) -> None:
    culture = label_set(catalogue)
    with pytest.raises(ModelError, match=r"no model.*'culture'.*cartellino train culture"):
        catalogue.models.newest(culture)
    with pytest.raises(ModelError, match=r"no model 'a'.*cartellino train"):
        catalogue.models.find("a")
    model(catalogue, culture, "first")
    with pytest.raises(ModelError, match=r"no model 'furst'.*first"):
        catalogue.models.find("furst")
    with pytest.raises(ModelError, match="called 'first' already"):
        model(catalogue, culture, "first")
