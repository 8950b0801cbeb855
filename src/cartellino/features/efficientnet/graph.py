"""EfficientNet-Lite written as an ONNX graph from its published weights.

Tan and Le, *EfficientNet* (ICML 2019), with the Lite changes of the TensorFlow TPU repository
(``efficientnet/lite``): no squeeze-and-excite, ReLU6 for swish, stem, head and end stages not scaled.
Batch normalisation is folded into the convolutions and 'same' padding is written out, so that the graph
holds convolutions, additions and means alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from cartellino.errors import FeatureError

_EPSILON = 1e-3  # batch normalisation's, as trained in TensorFlow
_OPSET, _IR = 17, 8

Weights = Mapping[str, npt.NDArray[Any]]


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


def widths(plan: Plan) -> dict[str, int]:
    """Numbers that each point of the network gives: ``stage1`` … ``stage7`` and ``head``."""
    named = {f"stage{place}": stage.channels for place, stage in enumerate(plan.stages, 1)}
    return named | {"head": plan.head}


def build(weights: Weights, plan: Plan, points: Sequence[str]) -> bytes:
    """Write the network as an ONNX model.

    Parameters
    ----------
    weights : mapping of str to ndarray
        State dict with the names of lukemelas/EfficientNet-PyTorch.
    plan : Plan
        What the weights are of.
    points : sequence of str
        Points (see `widths`) whose spatial means are given, side by side, in this order.

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

    writer = _Writer(weights, plan.size)
    means = [writer.mean(value) for name, value in _points(writer, plan) if name in points]
    writer.add("Concat", means, axis=1, output="features")
    n, size = "n", plan.size
    width = sum(widths(plan)[point] for point in points)
    graph = helper.make_graph(
        writer.nodes,
        "efficientnet-lite",
        [helper.make_tensor_value_info("pictures", TensorProto.UINT8, [n, size, size, 3])],
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [n, width])],
        writer.constants,
    )
    opset = [helper.make_opsetid("", _OPSET)]
    model = helper.make_model(graph, opset_imports=opset, ir_version=_IR, producer_name="cartellino")
    checker.check_model(model)
    return bytes(model.SerializeToString())


def _points(writer: _Writer, plan: Plan) -> Iterator[tuple[str, str]]:
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


def _block(writer: _Writer, value: str, name: str, stage: Stage, stride: int, channels: int) -> str:
    inside = value
    if stage.expansion > 1:
        inside = writer.convolution(inside, f"{name}_expand_conv", f"{name}_bn0", clip=True)
    inside = writer.convolution(inside, f"{name}_depthwise_conv", f"{name}_bn1", stride=stride, clip=True)
    inside = writer.convolution(inside, f"{name}_project_conv", f"{name}_bn2")
    if stride == 1 and channels == stage.channels:
        return writer.add("Add", [inside, value])
    return inside


@dataclass
class _Writer:
    """Nodes and constants as they are added, and the resolution reached."""

    weights: Weights
    size: int
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def add(self, operation: str, inputs: list[str], *, output: str = "", **attributes: Any) -> str:
        from onnx import helper

        output = output or f"{operation.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, inputs, [output], output, **attributes))
        return output

    def constant(self, name: str, value: npt.NDArray[np.float32]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def normalised(self) -> str:
        """(x / 255 − 0.5) / 0.5 in channels-first order, from the bytes of a picture."""
        value = self.add("Cast", ["pictures"], to=1)
        value = self.add("Mul", [value, self.constant("scale", np.array([1 / 127.5], np.float32))])
        value = self.add("Sub", [value, self.constant("centre", np.array([1], np.float32))])
        return self.add("Transpose", [value], perm=[0, 3, 1, 2])

    def convolution(self, value: str, name: str, norm: str, *, stride: int = 1, clip: bool = False) -> str:
        kernel, bias = _folded(self.weights, name, norm)
        groups = kernel.shape[0] if "depthwise" in name else 1
        pads = same_padding(self.size, kernel.shape[2], stride)
        self.size = -(-self.size // stride)
        inputs = [value, self.constant(f"{name}.weight", kernel), self.constant(f"{name}.bias", bias)]
        result = self.add("Conv", inputs, pads=pads, strides=[stride, stride], group=groups)
        return self._clipped(result) if clip else result

    def mean(self, value: str) -> str:
        """The mean over the whole picture, in two steps.

        A single float32 sum of 130 × 130 equal numbers is off by 2e-4 of itself; plain grounds are common.
        """
        side = _side(self.size)
        if side > 1:
            value = self.add("AveragePool", [value], kernel_shape=[side, side], strides=[side, side])
        return self.add("Flatten", [self.add("GlobalAveragePool", [value])], axis=1)

    def _clipped(self, value: str) -> str:
        if not any(constant.name == "six" for constant in self.constants):
            self.constant("zero", np.array(0, np.float32))
            self.constant("six", np.array(6, np.float32))
        return self.add("Clip", [value, "zero", "six"])


def _folded(
    weights: Weights, name: str, norm: str
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    try:
        kernel = weights[f"{name}.weight"].astype(np.float64)
        gain, bias, mean, variance = (
            weights[f"{norm}.{part}"].astype(np.float64)
            for part in ("weight", "bias", "running_mean", "running_var")
        )
    except KeyError as error:
        raise FeatureError(
            f"the weights are of another network: they have no {error}", "", "Install the package anew."
        ) from error
    factor = gain / np.sqrt(variance + _EPSILON)
    return (kernel * factor[:, None, None, None]).astype(np.float32), (bias - mean * factor).astype(
        np.float32
    )


def same_padding(size: int, kernel: int, stride: int) -> list[int]:
    """TensorFlow's 'same' padding, as ONNX's [top, left, bottom, right]; the odd pixel goes after."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return [total // 2, total // 2, total - total // 2, total - total // 2]


def _side(size: int) -> int:
    """The largest side of equal tiles of a square of `size` that is not above its root."""
    return max(side for side in range(1, math.isqrt(size) + 1) if size % side == 0)


def _round_to_eight(channels: float) -> int:
    rounded = max(8, int(channels + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * channels else rounded
