"""What a recipe of visual words may be told."""

from __future__ import annotations

from collections.abc import Mapping

from cartellino.classify import setting
from cartellino.classify.setting import Setting

# Names are those of the estimators' parameters, where each is explained. What the modules that do the work
# know of detectors, norms and kernels stands here again, so that recipes are read in no time; a test
# holds the two together.
SETTINGS: Mapping[str, Setting] = {
    "detector": setting.one_of("kaze", "sift", "orb"),
    "side": setting.whole(448, 32),
    "keypoints": setting.whole(500, 1),
    "weakest": setting.number(0.0, 0),
    "words": setting.whole(100, 2),
    "sampled": setting.whole(200_000, 100),
    "levels": Setting(
        1, "a whole number from 1 to 4", lambda value: type(value) is int and 1 <= value <= 4, int
    ),
    "tf_idf": setting.yes_or_no(False),
    "norm": setting.one_of("hellinger", "l1", "l2"),
    "kernel": setting.one_of("rbf", "linear", "additive-chi2", "chi2", "intersection"),
    "strengths": setting.numbers((1.0, 3.0, 10.0, 30.0)),
    "gammas": setting.numbers((0.5, 1.0, 2.0)),
}
