"""What a classifier is made of adds up, whole or grouped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cartellino.classify.families import family
from cartellino.classify.outline import Layer, Outline
from cartellino.classify.recipe import load
from cartellino.classify.train import train
from classify.world import dataset, recipe

NAMES = st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(".".join)


def test_the_linear_head_weighs_what_it_learns() -> None:
    data = dataset()
    told = family("linear").outline(load("linear"), data.X.shape[1], 3)
    assert told.parameters == train(data, recipe()).scorer.tensors()["coefficients"].size
    assert told.multiply_adds == 12 * 3
    assert told.layers[-1].shape == (3,)


def test_what_depends_on_the_data_is_not_made_up() -> None:
    told = Outline.of(Layer("a", "map", (4,), 8, 16), Layer("b", "neighbours", (2,), None, None))
    assert told.parameters is None
    assert told.multiply_adds is None


@given(st.lists(st.tuples(NAMES, st.integers(0, 9)), min_size=1, max_size=60))
def test_grouping_loses_no_parameter_and_keeps_what_comes_out(drawn: list[tuple[str, int]]) -> None:
    layers = tuple(Layer(name, "conv", (place,), weight) for place, (name, weight) in enumerate(drawn))
    whole = Outline.of(*layers)
    grouped = whole.grouped(8)
    assert sum(layer.parameters or 0 for layer in grouped.layers) == whole.parameters
    assert grouped.layers[-1].shape == layers[-1].shape
    if len(layers) <= 8:
        assert grouped.layers == layers


def test_blocks_of_a_network_become_one_line_each() -> None:
    layers = [
        Layer(f"layer{block}.{part}.{kind}", kind, (8,), 3)
        for block in (1, 2)
        for part in range(9)
        for kind in ("conv", "norm")
    ]
    grouped = Outline.of(*layers).grouped(24).layers
    assert [layer.name for layer in grouped][:2] == ["layer1.0", "layer1.1"]
    assert [layer.name for layer in Outline.of(*layers).grouped(4).layers] == ["layer1", "layer2"]
    assert grouped[0].kind == "conv, norm"
    assert grouped[0].parameters == 6


def test_plain_tuples_are_layers_too() -> None:
    told = Outline((("a.b", "conv", (2,), 4), ("a.c", "conv", (3,), 5)), 9, None)  # type: ignore[arg-type]
    assert told.grouped(1).layers == (Layer("a", "2 × conv", (3,), 9, 0),)
