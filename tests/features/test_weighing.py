"""Parameters and multiply-adds of small graphs, counted by hand."""

from __future__ import annotations

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from cartellino.features.weighing import weighed


def test_a_convolution_and_a_matrix() -> None:
    kernel = numpy_helper.from_array(np.zeros((8, 3, 5, 5), np.float32), "kernel")
    bias = numpy_helper.from_array(np.zeros(8, np.float32), "bias")
    matrix = numpy_helper.from_array(np.zeros((8, 4), np.float32), "matrix")
    nodes = [
        helper.make_node("Conv", ["x", "kernel", "bias"], ["c"], strides=[2, 2], pads=[2, 2, 2, 2]),
        helper.make_node("GlobalAveragePool", ["c"], ["p"]),
        helper.make_node("Flatten", ["p"], ["f"]),
        helper.make_node("MatMul", ["f", "matrix"], ["y"]),
    ]
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, 16, 16])
    answer = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 4])
    graph = helper.make_graph(nodes, "small", [given], [answer], [kernel, bias, matrix])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    told = weighed(model.SerializeToString())
    assert told.parameters == 8 * 3 * 5 * 5 + 8 + 8 * 4
    assert told.multiply_adds == 8 * 8 * 8 * (3 * 5 * 5) + 8 * 4
