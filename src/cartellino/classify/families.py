"""The families of classifiers by name; packages add theirs by the entry point ``cartellino.recipes``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartellino.registry import Registry

if TYPE_CHECKING:
    from cartellino.classify.family import Family

FAMILIES = Registry(
    "family of recipes",
    {
        "average": "cartellino.classify.composed.family:AverageFamily",
        "bagging": "cartellino.classify.composed.family:BaggingFamily",
        "cascade": "cartellino.classify.composed.cascading:CascadeFamily",
        "chain": "cartellino.classify.composed.chaining:ChainFamily",
        "folds": "cartellino.classify.composed.family:FoldsFamily",
        "kernel": "cartellino.classify.heads.families:KernelFamily",
        "knn": "cartellino.classify.heads.families:KnnFamily",
        "linear": "cartellino.classify.heads.linear.family:LinearFamily",
        "mlp": "cartellino.classify.heads.families:MlpFamily",
        "network": "cartellino.classify.networks.family:NetworkFamily",
        "stacking": "cartellino.classify.composed.family:StackingFamily",
        "svm": "cartellino.classify.heads.families:SvmFamily",
        "views": "cartellino.classify.composed.family:ViewsFamily",
        "words": "cartellino.classify.words.family:WordsFamily",
    },
    extras={"network": "train", "words": "classical"},
    group="cartellino.recipes",
)


def family(name: str) -> Family:
    """The family called `name`.

    Raises
    ------
    InputError
        If there is none.
    """
    found: Family = FAMILIES.load(name)()
    return found
