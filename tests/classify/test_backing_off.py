from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify.backing_off import back_off, backed_off, limits_for, withheld
from cartellino.classify.dataset import assemble
from cartellino.classify.train import train
from cartellino.classify.tree import Tree
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.curate.merges import Edge
from cartellino.errors import LabelError
from cartellino.progress import Silent
from classify.museum import Museum
from classify.world import label_set, recipe

CLASSES = ("Chinese", "Japanese", "French", "Italian", "Egyptian")
TREE = Tree.of(
    CLASSES, {"Chinese": "Asian", "Japanese": "Asian", "French": "European", "Italian": "European"}
)
DEEP = Tree.of(
    tuple(range(8)), {**{n: 100 + n // 2 for n in range(8)}, **{100 + n: 200 + n // 2 for n in range(4)}}
)


def said(*chances: float, sure: float = 0.9) -> str | None:
    place = back_off(np.array([chances]), TREE, sure)[0]
    name: str | None = TREE.nodes[place].name
    return name


def test_it_stops_at_the_level_it_is_sure_of() -> None:
    assert said(0.95, 0.03, 0.01, 0.01, 0.0) == "Chinese"
    assert said(0.55, 0.40, 0.03, 0.02, 0.0) == "Asian"
    assert said(0.45, 0.05, 0.45, 0.05, 0.0) is None
    assert said(0.02, 0.02, 0.02, 0.02, 0.92) == "Egyptian"
    assert said(0.55, 0.40, 0.03, 0.02, 0.0, sure=0.5) == "Chinese"


def test_levels_may_have_limits_of_their_own_and_names_may_be_withheld() -> None:
    chances = np.array([[0.8, 0.15, 0.03, 0.02, 0.0]])
    names = [
        TREE.nodes[back_off(chances, TREE, limits)[0]].name for limits in ((0.9, 0.75), (0.9, 0.85), (1, 1))
    ]
    assert names == ["Chinese", "Asian", None]
    assert TREE.nodes[back_off(chances, TREE, 0.5, {"Chinese"})[0]].name == "Asian"


@settings(max_examples=80)
@given(st.lists(st.floats(0.001, 1), min_size=8, max_size=8), st.floats(0.51, 1), st.floats(0.51, 1))
def test_to_be_surer_is_to_say_less(parts: list[float], one: float, other: float) -> None:
    chances = np.array([parts]) / np.sum(parts)
    low, high = sorted((one, other))
    bold, careful = (DEEP.nodes[back_off(chances, DEEP, limit)[0]] for limit in (low, high))
    assert set(bold.leaves) <= set(careful.leaves), "the careful answer holds what the bold one says"
    for node, limit in ((bold, low), (careful, high)):
        assert chances[0, list(node.leaves)].sum() >= limit - 1e-5


def planted(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Calibrated probabilities of a hierarchy whose pairs are hard to tell apart, its fours easily."""
    random = np.random.default_rng(seed)
    blurred = np.kron(np.eye(2), np.full((4, 4), 0.2)) + np.kron(np.eye(4), np.full((2, 2), 1.5)) + 0.01
    chances = np.array([random.dirichlet(blurred[n % 8] + 2.0 * (np.arange(8) == n % 8)) for n in range(n)])
    truth = np.array([random.choice(8, p=row) for row in chances])
    return chances, truth


def test_limits_keep_the_error_they_are_chosen_for() -> None:
    chances, truth = planted(6000, 0)
    limits = limits_for(chances, truth, DEEP, 0.1)
    assert len(limits) == 3
    fresh, right = planted(6000, 1)
    places = back_off(fresh, DEEP, limits)
    wrong = [right[row] not in DEEP.nodes[place].leaves for row, place in enumerate(places)]
    levels = np.array([DEEP.nodes[place].level for place in places])
    assert np.mean(np.array(wrong)[levels > 0]) < 0.115
    plain = fresh.max(axis=1) >= limits[-1]
    assert (levels > 0).mean() > plain.mean() + 0.2, "backing off answers for many more works"
    stricter = limits_for(chances, truth, DEEP, 0.02)
    assert all(strict >= loose for strict, loose in zip(stricter[-1:], limits[-1:], strict=True))


def test_few_works_open_no_level() -> None:
    chances, truth = np.eye(8)[[0, 1, 2]], np.array([0, 1, 2])
    assert limits_for(chances, truth, DEEP, 0.05) == (np.inf,) * 3
    assert not back_off(chances, DEEP, (np.inf,) * 3).any()


def test_works_of_a_collection_are_answered_for(tmp_path_factory: pytest.TempPathFactory) -> None:
    museum = Museum(tmp_path_factory.mktemp("museum"), works=120)
    frozen = freeze(museum.catalogue, LabelDefinition("school", "school"), Silent())
    model = train(assemble(museum.catalogue, museum.store, frozen), recipe())
    edges = [Edge("Dutch", "European"), Edge("Italian", "European")]
    keys = list(museum.keys.values())
    told = (museum.catalogue, museum.store, model, [*keys, 999_999], edges)
    found = backed_off(*told, sure=0.99)
    labels = [each.label if each else None for each in found.values()]
    assert {"Dutch", "Chinese", "European", None} <= set(labels)
    assert found[999_999] is None
    assert all(each is None or each.probability > 0.989 for each in found.values())
    assert "Dutch" not in [each.label for each in backed_off(*told, 0.9, {"Dutch"}).values() if each]
    with pytest.raises(LabelError, match="do not add up"):
        backed_off(museum.catalogue, museum.store, replace(model, kind="multi"), keys, edges)


def test_what_is_sensitive_is_withheld_on_every_level() -> None:
    edges = [Edge("Asian Art", "Women"), Edge("Arms and Armor", "Metal")]
    silent = withheld(label_set(policies={"Arms and Armor": "audit only", "women": "audit only"}), edges)
    assert silent == {"Arms and Armor", "women", "Women"}
    assert withheld(label_set(policies={"Women": "file"}), edges) == frozenset()
