"""Summaries of a point of the network: what numpy says about the same maps of features."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto, helper

from cartellino.features.efficientnet import summaries
from cartellino.features.efficientnet.writer import Writer

SIGNS = [-1, -1, -1, 1, 1, -1, -1, -1, -1, 1, -1, 1]


def summed(maps: np.ndarray, kind: str) -> np.ndarray:
    """What the graph gives for maps of float32 (n, channels, size, size)."""
    channels, size = maps.shape[1:3]
    writer = Writer({}, size)
    part = f"stage3:{kind}".rstrip(":")
    found = summaries.of(writer, "maps", [part], channels)
    width = summaries.width(kind, channels)
    graph = helper.make_graph(
        writer.nodes,
        "summary",
        [helper.make_tensor_value_info("maps", TensorProto.FLOAT, ["n", channels, size, size])],
        [helper.make_tensor_value_info(found[part], TensorProto.FLOAT, ["n", width])],
        writer.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"maps": maps})[0]


def maps(channels: int, size: int = 12) -> np.ndarray:
    random = np.random.default_rng(0)
    mixed = np.einsum(
        "cd,ndij->ncij",
        random.normal(size=(channels, channels)),
        random.normal(size=(2, channels, size, size)),
    )
    return (mixed + 5 * random.normal(size=(1, channels, 1, 1))).astype(np.float32)


def test_means_and_deviations_are_those_over_the_picture() -> None:
    given = maps(7)
    np.testing.assert_allclose(summed(given, ""), given.mean((2, 3)), atol=1e-5)
    np.testing.assert_allclose(summed(given, "std"), given.std((2, 3)), atol=1e-4)


def test_a_deviation_is_not_lost_beside_a_large_mean() -> None:
    given = maps(3) + np.float32(4000)
    np.testing.assert_allclose(summed(given, "std"), given.astype(np.float64).std((2, 3)), rtol=1e-2)


def styled(covariances: np.ndarray) -> np.ndarray:
    upper = covariances[:, *np.triu_indices(covariances.shape[1])]
    rooted = np.sign(upper) * np.sqrt(np.abs(upper))
    return rooted / np.linalg.norm(rooted, axis=1, keepdims=True)


def covariances(given: np.ndarray) -> np.ndarray:
    return np.stack([np.cov(each.reshape(len(each), -1), bias=True) for each in given])


def test_textures_correlate_all_channels() -> None:
    given = maps(40)
    got = summed(given, "texture")
    assert got.shape == (2, 820)
    np.testing.assert_allclose(got, styled(covariances(given)), atol=2e-4)


def test_few_channels_are_correlated_as_they_are() -> None:
    given = maps(6)
    told = styled(covariances(given))
    got = summed(given, "gram")
    assert got.shape == (2, 21)
    np.testing.assert_allclose(got, told, atol=1e-4)


def test_many_channels_are_projected_first_by_the_same_signs_everywhere() -> None:
    signs = summaries._signs(32, 48, "stage3")
    assert (np.abs(signs) == np.float32(1 / np.sqrt(32))).all()
    assert abs(np.sign(signs).mean()) < 0.1
    # Were these to change with numpy's version, features of two machines would differ under one hash.
    assert np.sign(signs[0, :12]).astype(int).tolist() == SIGNS
    given = maps(48)
    told = styled(signs @ covariances(given) @ signs.T)
    got = summed(given, "gram")
    assert got.shape == (2, 528)
    np.testing.assert_allclose(got, told, atol=1e-3)


def test_style_does_not_know_where_things_lie() -> None:
    given = maps(6)
    np.testing.assert_allclose(
        summed(given, "gram"), summed(given[:, :, ::-1, ::-1].copy(), "gram"), atol=1e-4
    )


@pytest.mark.parametrize("kind", ["std", "gram"])
def test_a_plain_ground_has_neither_deviation_nor_texture(kind: str) -> None:
    plain = np.full((1, 40, 8, 8), 3, np.float32)
    np.testing.assert_allclose(summed(plain, kind), 0, atol=1e-3)
