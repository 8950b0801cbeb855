"""What recipes of networks may be told; none of it needs torch."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from typing import Any

import pytest

from cartellino.classify.networks.settings import SETTINGS, NetworkSettings
from cartellino.classify.setting import checked
from cartellino.errors import InputError


def test_every_setting_of_the_estimators_can_be_told_but_the_callers() -> None:
    ours = {each.name for each in fields(NetworkSettings)}
    assert ours - set(SETTINGS) == {"folder", "random_state", "class_weight", "beta", "threshold"}
    assert set(SETTINGS) <= ours


def test_every_default_is_the_estimators_and_fits() -> None:
    plain = NetworkSettings()
    for name, each in SETTINGS.items():
        assert each.default == getattr(plain, name), name
        assert each.checked(name, each.default, "here") == each.default, name


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("learning_rate", [1e-3, 1e-2], (1e-3, 1e-2)),
        ("learning_rate", "find", "find"),
        ("patience", "none", None),
        ("patience", 3, 3),
        ("size", 200, 200),
        ("trained", 0.2, 0.2),
        ("head", [512, 256], (512, 256)),
        ("views", ["whole", "mirror"], ("whole", "mirror")),
        ("augment", {"rotation": 10}, {"rotation": 10}),
        ("augment_only", ["Asian Art"], ("Asian Art",)),
        ("stages", [{"epochs": 1, "trained": "head", "learning_rate": 0.055}], None),
    ],
)
def test_values_that_fit_are_kept(name: str, value: Any, kept: Any) -> None:
    found = checked(SETTINGS, {name: value}, "here")[name]
    assert found == (tuple(value) if name == "stages" else kept)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("learning_rate", value) for value in (0, -1, [1e-3], [1, 2, 3], "quick", True)),
        *(("trained", value) for value in (0, 1.5, "some", True)),
        *(("patience", value) for value in (0, 1.5, "never")),
        *(("stages", value) for value in ({"epochs": 1}, [{"epochs": 0}], [{"speed": 1}], [3])),
        *(("augment", value) for value in ("p7", {"turn": 1}, 3)),
        *(("views", value) for value in ([], ["back"], "whole")),
        *(("asymmetry", value) for value in ([1, 2], [1, 2, -3])),
        *(("augment_only", value) for value in ("some", [], 3)),
        ("size", 4),
        ("head", [0]),
        ("optimiser", "lamb"),
    ],
)
def test_values_that_do_not_fit_are_refused(name: str, value: Any) -> None:
    with pytest.raises(InputError, match=f"'{name}' should be"):
        checked(SETTINGS, {name: value}, "here")


def test_settings_and_family_are_light() -> None:
    light = (
        "import sys, cartellino.classify.networks.family\n"
        "heavy = {'torch', 'torchvision', 'timm', 'sklearn', 'accelerate'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", light], capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert done.returncode == 0, done.stderr
