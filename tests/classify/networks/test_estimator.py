"""Networks as scikit-learn's estimators over pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)
pytest.importorskip("accelerate")

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.ensemble import BaggingClassifier
from sklearn.model_selection import GridSearchCV, cross_val_score

from cartellino.classify.networks.estimator import NetworkClassifier, NetworkTagger
from cartellino.classify.networks.scorer import NetworkScorer
from cartellino.errors import InputError, ModelError, PictureError
from cartellino.features.preprocessing import Shown
from cartellino.records import Trim

from .patterns import Patterns

pytestmark = pytest.mark.train

QUICK: dict[str, Any] = {"network": "tiny", "epochs": 6, "batch": 8, "learning_rate": 0.02}


@pytest.fixture(scope="module")
def fitted(patterns: Patterns) -> NetworkClassifier:
    return NetworkClassifier(**QUICK).fit(patterns.X, patterns.y)


def test_it_learns_what_is_easily_told_apart(fitted: NetworkClassifier, patterns: Patterns) -> None:
    assert fitted.score(patterns.X, patterns.y) > 0.9
    chances = fitted.predict_proba(patterns.X)
    assert chances.shape == (30, 3)
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert (fitted.classes_[chances.argmax(axis=1)] == fitted.predict(patterns.X)).all()


def test_the_history_tells_each_epoch_and_the_best_one_is_kept(
    fitted: NetworkClassifier, patterns: Patterns
) -> None:
    rows = [row for row in fitted.history_ if row["part"] == "validation"]
    assert len(rows) == len(fitted.history_) / 2 == 6
    assert {"loss", "accuracy", "top-3", "top-5", "rate", "seconds"} < set(rows[0])
    best = min(rows, key=lambda row: row["loss"])
    assert fitted.choice_["epoch"] == best["epoch"]
    kept = json.loads(json.dumps(fitted.choice_["history"]))
    assert [row["part"] for row in kept] == ["train", "validation"] * 6
    assert {"epoch", "part", "loss", "accuracy", "top-3", "top-5", "rate"} == set(kept[0])
    assert kept[2 * best["epoch"] - 1]["loss"] == pytest.approx(best["loss"], rel=1e-4)
    said = fitted.out_of_sample_
    place = np.searchsorted(fitted.classes_, patterns.y[said.rows])
    logs = said.logits - np.log(np.exp(said.logits).sum(axis=1, keepdims=True))
    assert -logs[np.arange(len(place)), place].mean() == pytest.approx(best["loss"], rel=1e-3, abs=1e-5)


def test_saved_and_restored_it_says_the_same(fitted: NetworkClassifier, patterns: Patterns) -> None:
    scorer = fitted.scorer_
    again = NetworkScorer.restored(scorer.tensors(), scorer.about())
    np.testing.assert_allclose(again.scores(patterns.X), scorer.scores(patterns.X), atol=1e-6)
    assert (scorer.sees, scorer.width, scorer.columns) == ("pictures", 0, 3)
    with pytest.raises(ValueError, match="not those of 'tiny'"):
        NetworkScorer.restored({}, scorer.about())


def test_the_same_seed_gives_the_same_weights_and_another_gives_others(
    fitted: NetworkClassifier, patterns: Patterns
) -> None:
    same = clone(fitted).fit(patterns.X, patterns.y)
    other = clone(fitted).set_params(random_state=1).fit(patterns.X, patterns.y)
    first = fitted.scorer_.tensors()["0.weight"]
    assert (same.scorer_.tensors()["0.weight"] == first).all()
    assert (other.scorer_.tensors()["0.weight"] != first).any()


def test_scikit_learn_searches_validates_and_bags(patterns: Patterns) -> None:
    quick = NetworkClassifier(**{**QUICK, "epochs": 3})
    search = GridSearchCV(quick, {"optimiser": ["sgd", "adam"]}, cv=2).fit(patterns.X, patterns.y)
    assert search.best_params_["optimiser"] in ("sgd", "adam")
    assert len(cross_val_score(quick, patterns.X, patterns.y, cv=2, error_score="raise")) == 2
    bag = BaggingClassifier(quick, n_estimators=2, random_state=0).fit(patterns.X[:, None], patterns.y)
    assert bag.predict_proba(patterns.X[:, None]).shape == (30, 3)


def test_rows_of_no_weight_take_no_part(patterns: Patterns, broken: Path) -> None:
    X, y = np.append(patterns.X, str(broken)), np.append(patterns.y, "strange")
    weights = np.append(np.ones(30), 0)
    told = NetworkClassifier(**{**QUICK, "epochs": 1}).fit(X, y, sample_weight=weights)
    assert "strange" not in told.classes_


def test_validation_rows_choose_and_are_not_learnt_from(patterns: Patterns) -> None:
    mask = np.arange(30) < 9
    told = NetworkClassifier(**{**QUICK, "epochs": 1}).fit(patterns.X, patterns.y, validation=mask)
    assert told.out_of_sample_.rows.tolist() == list(range(9))


def test_kin_are_not_both_learnt_from_and_asked_about(patterns: Patterns) -> None:
    groups = np.arange(30) // 6
    told = NetworkClassifier(**{**QUICK, "epochs": 1}).fit(patterns.X, patterns.y, groups=groups)
    asked = told.out_of_sample_.rows
    assert not set(groups[asked]) & set(np.delete(groups, asked))


def test_a_broken_picture_is_neither_left_out_nor_replaced(patterns: Patterns, broken: Path) -> None:
    X = patterns.X.copy()
    X[4] = str(broken)
    with pytest.raises(PictureError, match=r"broken\.png"):
        NetworkClassifier(**QUICK).fit(X, patterns.y)
    X[4] = str(broken.parent / "gone.png")
    with pytest.raises(PictureError, match=r"gone\.png"):
        NetworkClassifier(**QUICK).fit(X, patterns.y)


def test_only_what_lies_inside_the_border_is_seen(fitted: NetworkClassifier, patterns: Patterns) -> None:
    whole = fitted.scorer_.scores(patterns.X[:1])
    X = np.empty(2, object)
    X[0], X[1] = Shown(Path(patterns.X[0])), Shown(Path(patterns.X[0]), Trim(10, 10, 30, 30))
    told = fitted.scorer_.scores(X)
    np.testing.assert_allclose(told[0], whole[0], atol=1e-6)
    assert (told[1] != whole[0]).any()


def test_several_views_are_averaged_as_probabilities(fitted: NetworkClassifier, patterns: Patterns) -> None:
    views = clone(fitted).set_params(views=("whole", "mirror", "crops"), epochs=2).fit(patterns.X, patterns.y)
    scorer = views.scorer_
    from cartellino.classify.networks.looking import scores
    from cartellino.classify.networks.looking import views as shown
    from cartellino.classify.networks.pictures import listed, squares

    held = squares(listed(patterns.X[:4]), 32, 3)
    each = [scores(scorer._asked, [one], "single") for one in shown(held, 32, scorer.look.views)]
    assert len(each) == 6
    chances = np.mean([np.exp(one) / np.exp(one).sum(axis=1, keepdims=True) for one in each], axis=0)
    told = np.exp(scorer.scores(patterns.X[:4]))
    np.testing.assert_allclose(told / told.sum(axis=1, keepdims=True), chances, atol=1e-5)


@pytest.mark.parametrize("loss", ["bce", "focal", "asymmetric", "softmax"])
def test_taggers_learn_several_labels(loss: str, patterns: Patterns, several: NDArray[np.int64]) -> None:
    told = NetworkTagger(**{**QUICK, "epochs": 8}, loss=loss).fit(patterns.X, several[:, :3])
    given = told.predict(patterns.X)
    assert (given == several[:, :3]).mean() > 0.85
    assert told.history_[-1].keys() > {"loss", "accuracy", "f2", "macro-f1"}


def test_softmax_with_a_threshold_gives_labels_by_the_share_of_belief(
    patterns: Patterns, several: NDArray[np.int64]
) -> None:
    told = NetworkTagger(**QUICK, loss="softmax", threshold=0.2).fit(patterns.X, several)
    odds = told.scorer_.scores(patterns.X).astype(np.float64)
    believed = 1 / (1 + np.exp(-odds))
    np.testing.assert_allclose(believed.sum(axis=1), 1, atol=1e-5)
    assert (told.predict(patterns.X) == (believed >= 0.2)).all()


def test_grey_pictures_parts_of_them_and_their_own_normalisation(patterns: Patterns) -> None:
    told = NetworkClassifier(**QUICK, colour="grey", resize=40, normalise="training").fit(
        patterns.X, patterns.y
    )
    assert told.score(patterns.X, patterns.y) > 0.8
    look = told.scorer_.look
    assert (look.size, look.resize, len(look.mean)) == (32, 40, 1)
    assert 0.3 < look.mean[0] < 0.6


def test_half_precision_where_the_machine_has_it(patterns: Patterns) -> None:
    told = NetworkClassifier(**{**QUICK, "epochs": 3}, precision="bfloat16").fit(patterns.X, patterns.y)
    assert np.isfinite(told.out_of_sample_.logits).all()
    if not torch.cuda.is_available():
        with pytest.raises(InputError, match="float16"):
            NetworkClassifier(**QUICK, precision="float16").fit(patterns.X, patterns.y)


def test_gradients_of_two_batches_make_the_step_of_one_twice_as_large(patterns: Patterns) -> None:
    X, y = patterns.X[:28], patterns.y[:28]  # 24 to learn from, in whole batches either way
    told = {**QUICK, "epochs": 2, "optimiser": "sgd"}
    whole = NetworkClassifier(**told).fit(X, y).scorer_.tensors()
    halves = NetworkClassifier(**{**told, "batch": 4}, accumulate=2).fit(X, y).scorer_.tensors()
    quarters = NetworkClassifier(**{**told, "batch": 4}).fit(X, y).scorer_.tensors()
    np.testing.assert_allclose(halves["0.weight"], whole["0.weight"], atol=1e-5)
    assert np.abs(quarters["0.weight"] - whole["0.weight"]).max() > 1e-4


def test_a_clipped_gradient_makes_a_short_step(patterns: Patterns) -> None:
    told = {**QUICK, "epochs": 1, "optimiser": "sgd", "momentum": 0.0, "learning_rate": 1.0}
    start = (
        NetworkClassifier(**{**told, "learning_rate": 1e-12}).fit(patterns.X, patterns.y).scorer_.tensors()
    )
    clipped = NetworkClassifier(**told, clip=0.01).fit(patterns.X, patterns.y).scorer_.tensors()
    gone = np.sqrt(sum(((clipped[name] - start[name]) ** 2).sum() for name in start))
    assert 0 < gone <= 4 * 0.01 * 1.001  # four steps


def test_a_rate_is_found(patterns: Patterns) -> None:
    told = NetworkClassifier(**{**QUICK, "learning_rate": "find"}).fit(patterns.X, patterns.y)
    assert 1e-6 < told.choice_["rate"] < 1
    assert told.history_[0]["rate"] == told.choice_["rate"]


def test_patience_ends_a_run_that_gets_no_better(patterns: Patterns) -> None:
    told = NetworkClassifier(**{**QUICK, "epochs": 40, "learning_rate": 1e-9}, patience=2, stop_on="accuracy")
    assert told.fit(patterns.X, patterns.y).choice_["epochs"] == 3


def test_what_cannot_be_is_said(patterns: Patterns, several: NDArray[np.int64]) -> None:
    with pytest.raises(InputError, match="a loss for one label is not 'bce'"):
        NetworkClassifier(**QUICK, loss="bce").fit(patterns.X, patterns.y)
    with pytest.raises(InputError, match="cannot choose the epoch"):
        NetworkTagger(**QUICK, stop_on="top-3").fit(patterns.X, several)
    with pytest.raises(InputError, match="'resize' should be at least"):
        NetworkClassifier(**QUICK, resize=20).fit(patterns.X, patterns.y)
    with pytest.raises(InputError, match="'alexnet' cannot look at pictures of 32 pixels"):
        NetworkClassifier(network="alexnet", size=32).fit(patterns.X, patterns.y)
    with pytest.raises(ValueError, match="only one class"):
        NetworkClassifier(**QUICK).fit(patterns.X, np.zeros(30))
    with pytest.raises(ModelError, match="no longer a number"):
        NetworkClassifier(**{**QUICK, "learning_rate": 1e30, "optimiser": "sgd"}).fit(patterns.X, patterns.y)


@pytest.mark.slow
def test_the_small_cnn_reads_the_painted_gallery(tmp_path: Path) -> None:
    from cartellino.acquire.gallery import paint
    from cartellino.acquire.gallery.plan import plan

    painted = paint(tmp_path, works=160)
    works = [work for work in plan(7, 160) if work.subject and work.views and work.views[0].written == "jpeg"]
    X = np.array([str(painted.photos / work.views[0].file) for work in works], object)
    y = np.array([work.subject for work in works])
    learn = np.random.default_rng(0).permutation(len(X)) < 0.7 * len(X)
    told = NetworkClassifier(
        network="p3-cnn", size=48, batch_norm=True, epochs=8, batch=16, learning_rate=1e-3, augment="flip"
    ).fit(X[learn], y[learn])
    chance = max(np.mean(y == label) for label in np.unique(y))
    assert told.score(X[~learn], y[~learn]) > chance + 0.2
