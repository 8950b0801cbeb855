"""scikit-learn's own checks of an estimator, every one of them."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest

_FEWEST = 55


def assert_passes_every_check(estimator: Any) -> None:
    """Check it in a process of its own: some checks want what SciPy must be told before it is imported."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCIPY_ARRAY_API", "1")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as own:
            told = own.submit(_outcomes, estimator).result()
    assert [each for each in told if each[1] != "passed"] == []
    assert len(told) > _FEWEST


def _outcomes(estimator: Any) -> list[tuple[str, str, str]]:
    from sklearn.utils.estimator_checks import check_estimator

    made = check_estimator(estimator, on_skip=None, on_fail=None)
    return [(each["check_name"], each["status"], repr(each["exception"])[:400]) for each in made]
