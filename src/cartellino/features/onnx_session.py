"""Sessions of ONNX Runtime with one thread each, which side by side beat one with many."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def one_thread(model: bytes | Path) -> Any:
    """Open a model, or the file of one, on the processor with one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    told = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(told, options, providers=["CPUExecutionProvider"])
