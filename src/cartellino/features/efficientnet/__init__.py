"""EfficientNet-Lite as an ONNX graph, built from the published weights without PyTorch."""
