"""What a whole picture gives at a point of the network: means, deviations, and how channels go together.

All of it is computed inside the graph, in the one pass that gives the means. The names of parts are in the
hash of the features: whatever would give other numbers takes another name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cartellino.features.efficientnet.writer import Writer

_TOGETHER = 32  # channels that are correlated: their covariances take 528 numbers
_PAIRED = ("gram", "texture")
_LEAST = 1e-2  # a shorter one is rounding alone, and is not made longer: a plain ground has no texture


def width(kind: str, channels: int) -> int:
    """Numbers that a point of so many channels gives, by kind: '' (mean), 'std', 'gram' or 'texture'."""
    kept = _kept(kind, channels)
    return kept * (kept + 1) // 2 if kind in _PAIRED else channels


def _kept(kind: str, channels: int) -> int:
    """Channels that are correlated: 'gram' projects many of them to fewer, 'texture' takes them all."""
    return min(channels, _TOGETHER) if kind == "gram" else channels


def of(writer: Writer, value: str, parts: Sequence[str], channels: int) -> dict[str, str]:
    """Add what `parts` ask of a point, and give the output of each, float32 (n, width)."""
    kinds = {part: part.partition(":")[2] for part in parts}
    outputs: dict[str, str] = {}
    pooled = _mean(writer, value) if {"", "std"} & set(kinds.values()) else ""
    for part, kind in kinds.items():
        if kind in _PAIRED:
            kept = _kept(kind, channels)
            outputs[part] = _gram(writer, value, part.partition(":")[0], channels, kept)
        elif kind == "std":
            outputs[part] = _flat(writer, _deviation(writer, value, pooled))
        else:
            outputs[part] = _flat(writer, pooled)
    return outputs


def _mean(writer: Writer, value: str) -> str:
    """The mean over the whole picture, in two steps, (n, channels, 1, 1).

    A single float32 sum of 130 × 130 equal numbers is off by 2e-4 of itself; plain grounds are common.
    """
    side = _side(writer.size)
    if side > 1:
        value = writer.add("AveragePool", [value], kernel_shape=[side, side], strides=[side, side])
    return writer.add("GlobalAveragePool", [value])


def _deviation(writer: Writer, value: str, mean: str) -> str:
    """The standard deviation over the whole picture, around the mean: squares of it would cancel."""
    apart = writer.add("Sub", [value, mean])
    return writer.add("Sqrt", [_mean(writer, writer.add("Mul", [apart, apart]))])


def _gram(writer: Writer, value: str, point: str, channels: int, kept: int) -> str:
    """The covariances of channels: which textures go together, wherever they lie.

    Gatys, Ecker and Bethge, *A Neural Algorithm of Artistic Style* (2015), describe style by the Gram
    matrix of channels; Lin, RoyChowdhury and Maji, *Bilinear CNN Models for Fine-grained Visual
    Recognition* (ICCV 2015), take signed square roots and divide by the length. Many channels are first
    projected to fewer by random signs (Achlioptas, *Database-friendly random projections*, 2003).
    """
    if kept < channels:
        signs = _signs(kept, channels, point).reshape(kept, channels, 1, 1)
        value = writer.add("Conv", [value, writer.constant(f"{point}.signs", signs)])
    rows = _rows(writer, writer.add("Sub", [value, _mean(writer, value)]), point, kept)
    columns = writer.add("Transpose", [rows], perm=[0, 2, 1])
    area = writer.constant(f"{point}.area", np.array(writer.size**2, np.float32))
    covariances = writer.add("Div", [writer.add("MatMul", [rows, columns]), area])
    return _unit(writer, _rooted(writer, _triangle(writer, covariances, kept)))


def _signs(kept: int, channels: int, point: str) -> npt.NDArray[np.float32]:
    """±1 / √kept, from raw bits: numpy promises that these stay the same from version to version."""
    seed = int.from_bytes(point.encode(), "little")
    bits = np.random.PCG64(seed).random_raw(kept * channels) >> np.uint64(63)
    return ((bits.astype(np.float32) * 2 - 1) / np.float32(math.sqrt(kept))).reshape(kept, channels)


def _rows(writer: Writer, value: str, point: str, channels: int) -> str:
    shape = np.array([0, channels, writer.size**2], np.int64)
    return writer.add("Reshape", [value, writer.constant(f"{point}.rows", shape)])


def _triangle(writer: Writer, matrices: str, side: int) -> str:
    """The upper triangle with the diagonal, row by row: the rest says the same again."""
    down, across = np.triu_indices(side)
    flat = writer.constant(f"flat{side}", np.array([0, side * side], np.int64))
    places = writer.constant(f"triangle{side}", (down * side + across).astype(np.int64))
    return writer.add("Gather", [writer.add("Reshape", [matrices, flat]), places], axis=1)


def _rooted(writer: Writer, value: str) -> str:
    root = writer.add("Sqrt", [writer.add("Abs", [value])])
    return writer.add("Mul", [writer.add("Sign", [value]), root])


def _unit(writer: Writer, value: str) -> str:
    length = writer.add("ReduceL2", [value], axes=[1], keepdims=1)
    least = writer.constant("least", np.array(_LEAST, np.float32))
    return writer.add("Div", [value, writer.add("Max", [length, least])])


def _flat(writer: Writer, value: str) -> str:
    return writer.add("Flatten", [value], axis=1)


def _side(size: int) -> int:
    """The largest side of equal tiles of a square of `size` that is not above its root."""
    return max(side for side in range(1, math.isqrt(size) + 1) if size % side == 0)
