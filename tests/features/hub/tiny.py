"""A network of a hub, a few numbers large: what transformers' exporters write, and nothing to learn."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

TOKENS, WIDTH, SIZE = 5, 6, 16
CONFIG: dict[str, Any] = {
    "do_normalize": True,
    "image_mean": [0.485, 0.456, 0.406],
    "image_std": [0.229, 0.224, 0.225],
    "resample": 3,
    "size": {"height": SIZE, "width": SIZE},
}


def graph(outputs: tuple[str, ...] = ("last_hidden_state",), *, seed: int = 0, text: bool = False) -> bytes:
    """An ONNX file: pictures (n, 3, 16, 16) to tokens (n, 5, 6), a pooled vector, or both."""
    return model(outputs, seed=seed, text=text).SerializeToString()


def model(outputs: tuple[str, ...], *, seed: int = 0, text: bool = False) -> Any:
    weights = np.random.default_rng(seed).normal(size=(3 * SIZE * SIZE, TOKENS * WIDTH)).astype(np.float32)
    nodes = [
        helper.make_node("Flatten", ["pixel_values"], ["flat"], axis=1),
        helper.make_node("MatMul", ["flat", "weights"], ["all"]),
        helper.make_node("Reshape", ["all", "tokens"], ["last_hidden_state"]),
        helper.make_node("ReduceMax", ["last_hidden_state"], ["pooler_output"], axes=[1], keepdims=0),
        helper.make_node("Neg", ["pooler_output"], ["image_embeds"]),
    ]
    shapes = {
        "last_hidden_state": ["n", TOKENS, "width"],
        "pooler_output": ["n", "width"],
        "image_embeds": ["n", WIDTH],
    }
    inputs = [helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["n", 3, "h", "w"])]
    if text:
        inputs.append(helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "length"]))
    constants = [
        numpy_helper.from_array(weights, "weights"),
        numpy_helper.from_array(np.array([0, TOKENS, WIDTH], np.int64), "tokens"),
    ]
    told = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shapes[name]) for name in outputs]
    whole = helper.make_graph(nodes, "tiny", inputs, told, constants)
    return helper.make_model(whole, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def files(**changes: Any) -> dict[str, bytes]:
    """What a repository of onnx-community holds."""
    return {"onnx/model.onnx": graph(**changes), "preprocessor_config.json": json.dumps(CONFIG).encode()}
