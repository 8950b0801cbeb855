"""What was said of rows that were not learnt from: all that may be believed of a classifier's scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class OutOfSample:
    """What was said of rows by models that had not learnt from them.

    Parameters
    ----------
    rows : ndarray (m,) of int64
        Places of the rows, ascending.
    logits : ndarray (m, k)
        Scores, before the temperature.
    """

    rows: NDArray[np.int64]
    logits: NDArray[Any]
