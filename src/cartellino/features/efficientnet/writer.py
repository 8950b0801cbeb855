"""Convolutions and constants of an EfficientNet-Lite as ONNX nodes, one after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from cartellino.errors import FeatureError

_EPSILON = 1e-3  # batch normalisation's, as trained in TensorFlow

Weights = Mapping[str, npt.NDArray[Any]]


@dataclass
class Writer:
    """Nodes and constants as they are added, and the resolution reached.

    Parameters
    ----------
    weights : mapping of str to ndarray
        State dict with the names of lukemelas/EfficientNet-PyTorch.
    size : int
        Side of the square of pixels; then of what the last convolution gives.
    """

    weights: Weights
    size: int
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)
    _named: set[str] = field(default_factory=set)

    def add(self, operation: str, inputs: list[str], *, output: str = "", **attributes: Any) -> str:
        """Add a node and give the name of its output."""
        from onnx import helper

        output = output or f"{operation.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, inputs, [output], output, **attributes))
        return output

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        """Add a constant, unless there is one of that name, and give its name."""
        if name in self._named:
            return name
        self._named.add(name)
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
        """A convolution with its batch normalisation folded in, and ReLU6 after it if `clip`."""
        kernel, bias = _folded(self.weights, name, norm)
        groups = kernel.shape[0] if "depthwise" in name else 1
        pads = same_padding(self.size, kernel.shape[2], stride)
        self.size = -(-self.size // stride)
        inputs = [value, self.constant(f"{name}.weight", kernel), self.constant(f"{name}.bias", bias)]
        result = self.add("Conv", inputs, pads=pads, strides=[stride, stride], group=groups)
        return self._clipped(result) if clip else result

    def _clipped(self, value: str) -> str:
        zero = self.constant("zero", np.array(0, np.float32))
        return self.add("Clip", [value, zero, self.constant("six", np.array(6, np.float32))])


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
