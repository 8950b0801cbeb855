"""Every scale of every study changes what its recipes have, to what their networks can look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cartellino.classify import recipe as recipes
from cartellino.classify.recipe import Recipe
from cartellino.studies import study
from cartellino.studies.run import scaled

STUDIES = ("p1", "p2", "p3", "p4", "p5")


def smaller(name: str, scale: str) -> Iterator[Recipe]:
    told = study.load(name)
    for run in (run for table in told.tables for run in table.runs):
        wanted = recipes.load(run.recipe).changed(run.change)
        yield wanted.changed(scaled(wanted.to_dict(), told.scale(scale, run)))


@pytest.mark.parametrize("scale", ["laptop", "glance"])
@pytest.mark.parametrize("name", STUDIES)
def test_scales_are_settings_that_recipes_accept(name: str, scale: str) -> None:
    least = study.load(name).scale("glance")["epochs"]
    for made in smaller(name, scale):
        if made.family == "network":
            assert made.settings["epochs"] == least if scale == "glance" else made.settings["epochs"] <= 6
            assert made.settings["stages"] == ()


def test_a_scale_reaches_the_recipes_that_a_recipe_is_made_of() -> None:
    (two_steps,) = [
        made
        for made in smaller("p5", "glance")
        if made.family == "cascade" and "network" in made.settings["then"]
    ]
    for step in ("first", "then"):
        assert (two_steps.settings[step]["epochs"], two_steps.settings[step]["weights"]) == (1, "none")
    assert two_steps.settings["then"]["class_weight"] == "balanced"


@pytest.mark.train
@pytest.mark.parametrize("scale", ["laptop", "glance"])
@pytest.mark.parametrize("name", STUDIES)
def test_networks_can_learn_from_pictures_of_that_size(name: str, scale: str) -> None:
    """From a single one too: a last batch may hold no more, and batch norm wants two places of it."""
    torch: Any = pytest.importorskip("torch")
    from cartellino.classify.networks.architectures import built
    from cartellino.classify.networks.fitting import wanted
    from cartellino.classify.networks.settings import NetworkSettings

    seen = {
        repr(asked): asked
        for asked in (
            wanted(NetworkSettings(**made.settings), 6)
            for made in smaller(name, scale)
            if made.family == "network"
        )
    }
    for asked in seen.values():
        with torch.device("meta"):
            network = built(asked)
            network.module.train()(torch.zeros(1, asked.channels, network.size, network.size))
