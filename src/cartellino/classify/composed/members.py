"""Members by name, as parameters that scikit-learn can get, set and clone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

Member = tuple[str, Any, Any]


class Members:
    """For estimators with a parameter `members`: a list of name, estimator and columns."""

    members: Sequence[Member]

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Parameters by name; with `deep` members too, and their parameters as ``name__parameter``."""
        found: dict[str, Any] = super().get_params(deep=False)  # type: ignore[misc]
        if deep:
            for name, estimator, _ in self._told():
                found[name] = estimator
                found |= {f"{name}__{key}": value for key, value in estimator.get_params(deep=True).items()}
        return found

    def set_params(self, **params: Any) -> Self:
        """Set parameters by the names of `get_params`."""
        if "members" in params:
            self.members = params.pop("members")
        names = [name for name, _, _ in self._told()]
        replaced = {name: params.pop(name) for name in names if name in params}
        if replaced:
            self.members = [
                (name, replaced.get(name, estimator), columns) for name, estimator, columns in self.members
            ]
        super().set_params(**params)  # type: ignore[misc]
        return self

    def _made_of(self) -> list[Any]:
        return [estimator for _, estimator, _ in self._told()]

    def _told(self) -> Sequence[Member]:
        """The members; none where they were set to something else, which `fit` refuses."""
        told = self.members if isinstance(self.members, (list, tuple)) else ()
        return told if all(isinstance(each, tuple) and len(each) == 3 for each in told) else ()
