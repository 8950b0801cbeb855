"""The families of classifiers by name; packages add theirs by the entry point ``cartellino.recipes``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartellino.registry import Registry

if TYPE_CHECKING:
    from cartellino.classify.family import Family

FAMILIES = Registry(
    "family of recipes",
    {
        "knn": "cartellino.classify.heads.families:KnnFamily",
        "linear": "cartellino.classify.heads.linear.family:LinearFamily",
        "mlp": "cartellino.classify.heads.families:MlpFamily",
        "svm": "cartellino.classify.heads.families:SvmFamily",
    },
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
