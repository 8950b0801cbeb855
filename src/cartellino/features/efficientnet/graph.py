"""EfficientNet-Lite written as an ONNX graph from its published weights.

Tan and Le, *EfficientNet* (ICML 2019), with the Lite changes of the TensorFlow TPU repository
(``efficientnet/lite``): no squeeze-and-excite, ReLU6 for swish, stem, head and end stages not scaled.
Batch normalisation is folded into the convolutions and 'same' padding is written out, so that the graph
holds convolutions, additions and means alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cartellino.features.efficientnet import summaries
from cartellino.features.efficientnet.writer import Weights, Writer

_OPSET, _IR = 17, 8
_STYLE = 5  # stages whose channels are correlated: texture lies in the early ones (Gatys et al. 2015)


@dataclass(frozen=True)
class Stage:
    """One stage: blocks of one kernel and width, of which the first may halve the resolution."""

    repeats: int
    kernel: int
    stride: int
    expansion: int
    channels: int


@dataclass(frozen=True)
class Plan:
    """A network of the family, and the square of pixels that it looks at."""

    size: int
    stages: tuple[Stage, ...]
    stem: int = 32
    head: int = 1280


# EfficientNet-B0's stages (Tan and Le, table 1).
_B0 = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)


def scaled(width: float, depth: float, size: int) -> Plan:
    """Scale B0's stages; the Lite networks leave the depth of the first and last as it is."""
    last = len(_B0) - 1
    stages = tuple(
        Stage(
            stage.repeats if place in (0, last) else math.ceil(stage.repeats * depth),
            stage.kernel,
            stage.stride,
            stage.expansion,
            _round_to_eight(stage.channels * width),
        )
        for place, stage in enumerate(_B0)
    )
    return Plan(size, stages)


def channels(plan: Plan) -> dict[str, int]:
    """Channels of each point of the network: ``stage1`` … ``stage7`` and ``head``."""
    named = {f"stage{place}": stage.channels for place, stage in enumerate(plan.stages, 1)}
    return named | {"head": plan.head}


def layouts(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The parts of a feature by name: points of the network, each with how it is summed up."""
    points = tuple(channels(plan))
    return {
        "all": points,
        "head": ("head",),
        "moments": (*points, *(f"{point}:std" for point in points)),
        "gram": tuple(f"{point}:gram" for point in points[:_STYLE]),
        "texture": tuple(f"{point}:texture" for point in points[:_STYLE]),
    }


def width(plan: Plan, part: str) -> int:
    """Numbers that a part of a feature holds."""
    point, _, kind = part.partition(":")
    return summaries.width(kind, channels(plan)[point])


def build(weights: Weights, plan: Plan, parts: Sequence[str]) -> bytes:
    """Write the network as an ONNX model.

    Parameters
    ----------
    weights : mapping of str to ndarray
        State dict with the names of lukemelas/EfficientNet-PyTorch.
    plan : Plan
        What the weights are of.
    parts : sequence of str
        What a feature holds side by side, in this order (see `layouts`): a point's spatial mean
        (``stage1``), its standard deviation (``stage1:std``), or how its channels go together
        (``stage1:gram``; ``stage1:texture`` without a projection).

    Returns
    -------
    bytes
        A model with input ``pictures``, uint8 (n, size, size, 3) RGB, and output ``features``,
        float32 (n, sum of widths).

    Raises
    ------
    FeatureError
        If the weights are not of this network.
    """
    from onnx import TensorProto, checker, helper

    writer = Writer(weights, plan.size)
    found: dict[str, str] = {}
    for point, value in _points(writer, plan):
        wanted = [part for part in parts if part.partition(":")[0] == point]
        found |= summaries.of(writer, value, wanted, channels(plan)[point])
    writer.add("Concat", [found[part] for part in parts], axis=1, output="features")
    n, size = "n", plan.size
    graph = helper.make_graph(
        writer.nodes,
        "efficientnet-lite",
        [helper.make_tensor_value_info("pictures", TensorProto.UINT8, [n, size, size, 3])],
        [
            helper.make_tensor_value_info(
                "features", TensorProto.FLOAT, [n, sum(width(plan, part) for part in parts)]
            )
        ],
        writer.constants,
    )
    opset = [helper.make_opsetid("", _OPSET)]
    model = helper.make_model(graph, opset_imports=opset, ir_version=_IR, producer_name="cartellino")
    checker.check_model(model)
    return bytes(model.SerializeToString())


def _points(writer: Writer, plan: Plan) -> Iterator[tuple[str, str]]:
    value = writer.normalised()
    value = writer.convolution(value, "_conv_stem", "_bn0", stride=2, clip=True)
    channels, block = plan.stem, 0
    for place, stage in enumerate(plan.stages, 1):
        for repeat in range(stage.repeats):
            stride = stage.stride if repeat == 0 else 1
            value = _block(writer, value, f"_blocks.{block}.", stage, stride, channels)
            channels, block = stage.channels, block + 1
        yield f"stage{place}", value
    yield "head", writer.convolution(value, "_conv_head", "_bn1", clip=True)


def _block(writer: Writer, value: str, name: str, stage: Stage, stride: int, channels: int) -> str:
    inside = value
    if stage.expansion > 1:
        inside = writer.convolution(inside, f"{name}_expand_conv", f"{name}_bn0", clip=True)
    inside = writer.convolution(inside, f"{name}_depthwise_conv", f"{name}_bn1", stride=stride, clip=True)
    inside = writer.convolution(inside, f"{name}_project_conv", f"{name}_bn2")
    if stride == 1 and channels == stage.channels:
        return writer.add("Add", [inside, value])
    return inside


def _round_to_eight(channels: float) -> int:
    rounded = max(8, int(channels + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * channels else rounded
