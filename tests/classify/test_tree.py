from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify.tree import Tree, parents_of
from cartellino.curate.merges import Edge
from cartellino.errors import InputError

CLASSES = ("Chinese", "Japanese", "Asian", "French", "Egyptian")
PARENTS = {"Chinese": "East Asian", "Japanese": "East Asian", "East Asian": "Asian", "French": "European"}


def test_nodes_hold_what_lies_within_them() -> None:
    tree = Tree.of(CLASSES, {**PARENTS, "Asian": "World"})
    told = {(node.name, node.inner): (node.level, node.leaves) for node in tree.nodes}
    assert told[None, True] == (0, (0, 1, 2, 3, 4))
    assert told["Asian", True] == (2, (0, 1, 2))
    assert told["Asian", False] == (3, (2,)), "a class that others lie within is a leaf inside itself"
    assert told["East Asian", True] == (3, (0, 1))
    assert told["Chinese", False] == (4, (0,))
    assert told["Egyptian", False] == (1, (4,)), "what lies in nothing is right below the root"


def test_a_tree_has_one_way_up() -> None:
    edges = [Edge("Chinese", "Asian"), Edge("Chinese", "Red")]
    with pytest.raises(InputError, match="'Chinese' lies in both 'Asian' and 'Red'"):
        parents_of(CLASSES, edges)
    with pytest.raises(InputError, match="lies within itself"):
        Tree.of(CLASSES, {"Chinese": "Asian", "Asian": "Chinese"})
    with pytest.raises(InputError, match="no class lies in anything"):
        parents_of(CLASSES, [Edge("Gujarati", "Indian")])


def test_what_leads_to_no_class_is_passed_over() -> None:
    edges = [Edge("Chinese", "Asian"), Edge("Gujarati", "Indian"), Edge("Gujarati", "Asian")]
    assert parents_of(CLASSES, edges) == {"Chinese": "Asian"}


@settings(max_examples=60)
@given(st.dictionaries(st.integers(0, 9), st.integers(5, 14), max_size=10))
def test_children_share_out_the_leaves_of_their_node(told: dict[int, int]) -> None:
    parents = {below: above for below, above in told.items() if above > below}
    tree = Tree.of(tuple(range(6)), parents)
    for place, node in enumerate(tree.nodes):
        leaves = sorted(leaf for child in tree.children(place) for leaf in child.leaves)
        assert leaves == (sorted(node.leaves) if node.inner else [])
        assert node.parent < place
        assert node.level == (tree.nodes[node.parent].level + 1 if place else 0)
