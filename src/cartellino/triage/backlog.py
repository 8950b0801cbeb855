"""The backlog: works that wait for a label, and that no rule would be overruling the museum to label."""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue import Catalogue
from cartellino.curate.labelset import LabelSet

Keys = NDArray[np.int64]


def backlog(catalogue: Catalogue, label_set: LabelSet) -> Keys:
    """Keys of works with a kept picture but no label in the set, no signature and no value; ascending.

    A work whose value was too rare to become a class has been catalogued by the museum: it is never filed
    otherwise.
    """
    waiting = np.array(array("q", catalogue.labels.unlabelled(label_set.id)), dtype=np.int64)
    field = label_set.definition.field
    valued = np.array(array("q", (work for work, _ in catalogue.fields.values(field))), dtype=np.int64)
    return waiting[~np.isin(waiting, valued)]
