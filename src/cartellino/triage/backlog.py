"""The backlog: works that wait for a label, and that no rule would be overruling the museum to label."""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue import Catalogue
from cartellino.curate.labelset import LabelSet
from cartellino.curate.reading import spoken
from cartellino.curate.scope import scope

Keys = NDArray[np.int64]


def backlog(catalogue: Catalogue, label_set: LabelSet) -> Keys:
    """Keys of works in its scope with a kept picture but no label, no signature and no value; ascending.

    A work whose value was too rare to become a class has been catalogued by the museum: it is never filed
    otherwise. Neither is one that the set's filters or a curator's hand leave out, or one that is kept aside.
    """
    waiting = np.array(array("q", catalogue.labels.unlabelled(label_set.id)), dtype=np.int64)
    about = scope(catalogue, label_set.definition).works
    valued = spoken(catalogue, label_set.definition).pairs.works
    barred = np.isin(waiting, valued) | np.isin(waiting, label_set.held)
    return waiting[np.isin(waiting, about) & ~barred]
