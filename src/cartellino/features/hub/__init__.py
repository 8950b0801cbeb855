"""Networks of the Hugging Face hub or of a local folder, as ONNX files that torch is not needed for."""
