"""What a network's head is handed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)
pytest.importorskip("accelerate")

import numpy as np

from cartellino.classify.networks.estimator import NetworkClassifier
from cartellino.classify.networks.handed import handed
from cartellino.classify.networks.scorer import NetworkScorer

from .patterns import Patterns

pytestmark = pytest.mark.train


@pytest.fixture(scope="module")
def scorer(patterns: Patterns) -> NetworkScorer:
    told: dict[str, Any] = {"network": "tiny", "epochs": 1, "batch": 8, "head": (7,)}
    found = NetworkClassifier(**told).fit(patterns.X, patterns.y).scorer_
    assert isinstance(found, NetworkScorer)
    return found


def test_the_head_makes_its_scores_of_it(scorer: NetworkScorer, patterns: Patterns) -> None:
    """Dense layers that were put in the place of the last one are the head's."""
    found = handed(scorer, patterns.X)
    assert (found.shape, found.dtype) == ((30, 16), np.float32)
    with torch.inference_mode():
        told = scorer.module.get_submodule(scorer.head)(torch.from_numpy(found)).numpy()
    np.testing.assert_allclose(told, scorer.scores(patterns.X), atol=1e-5)


def test_of_several_views_it_is_the_mean(scorer: NetworkScorer, patterns: Patterns) -> None:
    def by(*views: str) -> Any:
        look = replace(scorer.look, views=views)
        return handed(NetworkScorer(_network(scorer), scorer.wanted, look), patterns.X[:4])

    np.testing.assert_allclose(by("whole", "mirror"), (by("whole") + by("mirror")) / 2, atol=1e-5)
    assert np.abs(by("whole") - by("mirror")).max() > 1e-4


def test_it_leaves_no_hook_behind(scorer: NetworkScorer, patterns: Patterns) -> None:
    handed(scorer, patterns.X[:2])
    assert not scorer.module.get_submodule(scorer.head)._forward_pre_hooks
    assert handed(scorer, []).shape == (0, 0)


def _network(scorer: NetworkScorer) -> Any:
    from cartellino.classify.networks.architectures import built

    network = built(scorer.wanted)
    network.module.load_state_dict(scorer.module.state_dict())
    return network
