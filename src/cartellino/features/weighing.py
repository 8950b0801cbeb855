"""What a network weighs and costs, counted in its graph."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple


class Weighed(NamedTuple):
    """What a network weighs and costs.

    Parameters
    ----------
    parameters : int
        Numbers in its convolutions and matrices.
    multiply_adds : int
        Products that it sums for one square of pixels, half its floating-point operations.
    """

    parameters: int
    multiply_adds: int


def weighed(graph: bytes) -> Weighed:
    """Count the parameters and multiply-adds of an ONNX graph (convolutions, Gemm and MatMul)."""
    import onnx

    model = onnx.shape_inference.infer_shapes(onnx.load_from_string(graph))
    held = {each.name: tuple(each.dims) for each in model.graph.initializer}
    shapes = {each.name: _shape(each) for each in model.graph.value_info} | {
        each.name: _shape(each) for each in model.graph.output
    }
    layers = [node for node in model.graph.node if node.op_type in ("Conv", "Gemm", "MatMul")]
    numbers = sum(math.prod(held[name]) for node in layers for name in node.input if name in held)
    return Weighed(numbers, sum(_products(node, held, shapes) for node in layers))


def _shape(value: Any) -> tuple[int, ...]:
    """Sizes for one picture: a dimension without a size is that of the batch."""
    return tuple(each.dim_value or 1 for each in value.type.tensor_type.shape.dim)


def _products(node: Any, held: Mapping[str, tuple[int, ...]], shapes: Mapping[str, tuple[int, ...]]) -> int:
    """Each number that it gives sums as many products as an output has weights."""
    weights = held.get(node.input[1])
    if weights is None:
        return 0
    each = math.prod(weights[1:]) if node.op_type == "Conv" else math.prod(weights) // weights[-1]
    return math.prod(shapes.get(node.output[0], (0,))) * each
